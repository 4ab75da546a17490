import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import type { Principal } from '../../../access/index.js';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { minorToWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { MerchantPayoutDto } from './merchant-payout.dto.js';
import { waitsForPayee, type PayoutState } from '../payout.js';
import { feePayer } from '../terms/payout-policy.js';
import { PayoutEntity } from '../payouts.entities.js';
import { WechatPayRail } from '../rails/wechat-pay.rail.js';
import { payoutWords } from '../payout-words.js';

/** From the approval on: before, a payout is only a thought of staff. */
const SHOWN: readonly PayoutState[] = [
  'approved',
  'submitting',
  'accepted',
  'unknown',
  'paid',
  'failed',
  'returned',
  'withdrawn',
];

/** A merchant's payouts, as the merchant sees them. */
@Injectable()
export class MerchantPayoutService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRegistry,
    private readonly wechatPay: WechatPayRail,
  ) {}

  /**
   * The latest first. What a transfer's confirmation needs is for the merchant alone: a person who has it could have it
   * shown to the payee. Throws `merchant.not-found`.
   */
  async listPayouts(
    by: Principal,
    merchantId: string,
    { limit, after }: PageRequest,
  ): Promise<Page<MerchantPayoutDto>> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const rows = await reader.find(PayoutEntity, {
      where: { merchantId, state: In(SHOWN), ...(after !== null && { id: LessThan(after) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(
      rows,
      limit,
      ({ id }) => id,
      (payout) => ({
        ...viewOf(payout),
        confirmation: by.kind === 'staff' ? null : this.confirmationOf(payout),
      }),
    );
  }

  private confirmationOf(payout: PayoutEntity) {
    if (payout.rail !== this.wechatPay.name || !waitsForPayee(payout)) return null;
    return this.wechatPay.confirmationRequest(payout.confirmation);
  }
}

function viewOf(payout: PayoutEntity): Omit<MerchantPayoutDto, 'confirmation'> {
  return {
    id: payout.id,
    reference: payout.reference,
    state: payout.state,
    stateAt: payout.stateAt.toISOString(),
    currency: payout.currency,
    amount: minorToWire(payout.amount),
    fee: minorToWire(feePayer(payout) === 'merchant' ? payout.fee : 0n),
    sentAmount: minorToWire(payout.sentAmount),
    rail: payout.rail,
    maskedNumber: `••••${payout.lastFour}`,
    bankName: payout.bankName,
    reasonCode: payout.reasonCode,
    words: payoutWords(payout),
  };
}
