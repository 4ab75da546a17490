import type { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';
import { CurrentStaff, type StaffActor } from '../callers/staff-actor.js';
import { APPLICATION_ID, MERCHANT_ID } from '../path-ids.js';
import { ErasedDto, EraseMerchantDto } from './personal-data.dto.js';
import { PersonalDataService } from './personal-data.service.js';

const FILE = {
  description: 'A list of rows for each table.',
  content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } },
};

@ApiTags('Merchants')
@Controller('v1')
export class PersonalDataController {
  constructor(private readonly service: PersonalDataService) {}

  /** Everything that is held about the merchant, as a JSON file: a list of rows for each table; numbers of accounts masked. */
  @Get('merchants/:id/personal-data')
  @Allow('merchant', 'admin')
  @ApiOkResponse(FILE)
  async downloadMerchantData(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @CurrentPrincipal() principal: Principal,
  ): Promise<StreamableFile> {
    return fileOf(id, await this.service.exportMerchant(id, principal));
  }

  /** Everything that is held about an applicant, as {@link downloadMerchantData}. */
  @Get('merchant-applications/:id/personal-data')
  @Allow('admin')
  @ApiOkResponse(FILE)
  async downloadApplicantData(
    @Param('id', APPLICATION_ID) id: ApplicationId,
    @CurrentPrincipal() principal: Principal,
  ): Promise<StreamableFile> {
    return fileOf(id, await this.service.exportApplicant(id, principal));
  }

  /**
   * Takes out for good what is personal of a closed merchant of whom nothing is open: at an admin's word, or at their own with a fresh code. Ids, sums
   * and journals stay, and nobody gets the merchant code. A repeat answers the same.
   */
  @Post('merchants/:id/erase')
  @HttpCode(200)
  @Allow('merchant', 'admin')
  async eraseMerchant(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @Body() body: EraseMerchantDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ErasedDto> {
    return { erasedAt: await this.service.eraseAtTheWordOf(principal, id, body.code ?? null) };
  }

  /** Takes out for good what is personal of an application that was rejected. */
  @Post('merchant-applications/:id/erase')
  @HttpCode(200)
  @Allow('admin')
  async eraseApplicant(
    @Param('id', APPLICATION_ID) id: ApplicationId,
    @CurrentStaff() staff: StaffActor,
  ): Promise<ErasedDto> {
    return { erasedAt: await this.service.eraseApplicant(id, staff) };
  }
}

function fileOf(id: string, file: Readable): StreamableFile {
  return new StreamableFile(file, {
    type: 'application/json; charset=utf-8',
    disposition: `attachment; filename="${id}.json"`,
  });
}
