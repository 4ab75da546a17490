import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CODE_MINUTES, CurrentMerchant, type MerchantPrincipal } from '../../access/index.js';
import { CurrentStaff, type StaffActor } from '../callers/staff-actor.js';
import { MERCHANT_ID } from '../path-ids.js';
import type { MerchantId } from '../../shared/ids.js';
import { ContactService } from './contact.service.js';
import { ContactDto, MerchantContactDto, ReplaceContactDto, SentCodeDto } from './contact.dto.js';

@ApiTags('Merchants’ sign-in')
@Controller('v1/merchants')
export class ContactController {
  constructor(private readonly contacts: ContactService) {}

  /** Sends a code to a new e-mail address or telephone of the merchant's. */
  @Post(':id/contact-codes')
  @HttpCode(202)
  @Allow('merchant')
  async requestContactCode(
    @Param('id', MERCHANT_ID) _id: MerchantId,
    @CurrentMerchant() merchant: MerchantPrincipal,
    @Body() body: ContactDto,
  ): Promise<SentCodeDto> {
    await this.contacts.requestCodeForNew(merchant, body);
    return { expiresInMinutes: CODE_MINUTES };
  }

  /**
   * Gives an e-mail address or a telephone to a merchant who has neither, so that they can sign in by a code: the way back for who missed the first
   * sign-in. Until they have signed in by it, it can be given anew. 409 `contact.present` for everybody else. Who gives it cannot
   * approve a bank account of this merchant.
   */
  @Post(':id/contact')
  @HttpCode(200)
  @Allow('admin', 'reviewer')
  setMerchantContact(
    @Param('id', MERCHANT_ID) id: MerchantId,
    @CurrentStaff() staff: StaffActor,
    @Body() body: ContactDto,
  ): Promise<MerchantContactDto> {
    return this.contacts.give(id, body, staff.staffId);
  }

  /**
   * Takes a new e-mail address or telephone, by the code that was sent to it, and tells the one before. Where there is one, the session
   * must be fresh or `confirmation` hold a code that was sent to it.
   */
  @Put(':id/contact')
  @Allow('merchant')
  replaceMerchantContact(
    @Param('id', MERCHANT_ID) _id: MerchantId,
    @CurrentMerchant() merchant: MerchantPrincipal,
    @Body() body: ReplaceContactDto,
  ): Promise<MerchantContactDto> {
    return this.contacts.replace(merchant, body);
  }
}
