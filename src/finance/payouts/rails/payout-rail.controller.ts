import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/index.js';
import { minorToWire } from '../../../shared/money.js';
import { PayoutRailListDto } from './payout-rail.dto.js';
import { FileRail } from './payout-rail.js';
import { Rails } from './rails.js';

@ApiTags('Payouts')
@Controller('v1/payout-rails')
@Allow('admin', 'finance-maker', 'finance-checker', 'auditor')
export class PayoutRailController {
  constructor(private readonly rails: Rails) {}

  /** The ways for money to leave: which can be used, and what those lack that cannot. */
  @Get()
  listPayoutRails(): PayoutRailListDto {
    return {
      items: this.rails.list().map((rail) => ({
        name: rail.name,
        available: rail.available,
        neededSettings: rail.available ? [] : [...rail.settings],
        fileFormats: rail instanceof FileRail ? [...rail.formats] : [],
        maxPayouts: rail.limits.payouts,
        maxAmount: minorToWire(rail.limits.amount),
      })),
    };
  }
}
