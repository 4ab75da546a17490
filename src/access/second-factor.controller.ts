import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentSession } from './allow.decorator.js';
import { SecondFactorService } from './second-factor.service.js';
import { ConfirmPasswordDto, ConfirmTotpDto, NewTotpDto, RecoveryCodesDto, SecondFactorDto } from './staff.dto.js';
import type { LiveSession } from './staff.repository.js';
import type { StaffId } from '../shared/ids.js';
import { STAFF_ID } from './path-ids.js';

@ApiTags('Staff and storefronts')
@Controller('v1/staff')
export class SecondFactorController {
  constructor(private readonly secondFactor: SecondFactorService) {}

  /** A secret for the caller's authenticator app. Nothing changes before it is confirmed. */
  @Post('sessions/current/totp')
  @Allow('staff', 'enrolling')
  startSecondFactor(@CurrentSession() { principal }: LiveSession): Promise<NewTotpDto> {
    return this.secondFactor.start(principal);
  }

  /** Confirms the secret by its first code: from now on the caller signs in with one. */
  @Post('sessions/current/totp/confirm')
  @Allow('staff', 'enrolling')
  @HttpCode(204)
  confirmSecondFactor(@CurrentSession() { principal }: LiveSession, @Body() body: ConfirmTotpDto): Promise<void> {
    return this.secondFactor.confirm(principal, body.totp);
  }

  /** The caller's second factor, and how many recovery codes are left. */
  @Get('sessions/current/totp')
  @Allow('staff', 'enrolling')
  readSecondFactor(@CurrentSession() { principal }: LiveSession): Promise<SecondFactorDto> {
    return this.secondFactor.read(principal);
  }

  /** Ten recovery codes, for when the telephone is lost; those so far end. */
  @Post('sessions/current/recovery-codes')
  @Allow('staff')
  async replaceRecoveryCodes(
    @CurrentSession() { principal }: LiveSession,
    @Body() body: ConfirmPasswordDto,
  ): Promise<RecoveryCodesDto> {
    return { codes: await this.secondFactor.replaceRecoveryCodes(principal, body.password) };
  }

  /** Removes another staff member's second factor, for a lost phone. */
  @Delete(':id/totp')
  @Allow('admin')
  @HttpCode(204)
  removeSecondFactor(@CurrentSession() { principal }: LiveSession, @Param('id', STAFF_ID) id: StaffId): Promise<void> {
    return this.secondFactor.remove(principal, id);
  }
}
