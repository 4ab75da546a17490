import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { SealHeadDto } from './seal.dto.js';
import { Sealer } from './sealer.js';

@ApiTags('Books')
@Controller('v1/finance/seal')
export class SealController {
  constructor(private readonly sealer: Sealer) {}

  /** The heads of the chains of journals and of the audit log, to be kept out of reach of those with access to the database. */
  @Allow('auditor', 'finance-maker', 'finance-checker', 'admin')
  @Get()
  readSealHead(): Promise<SealHeadDto> {
    return this.sealer.describeHead();
  }
}
