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
import { Rails } from '../rails/rails.js';
import type { MerchantId, PayoutId } from '../../../shared/ids.js';

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
    private readonly rails: Rails,
  ) {}

  /**
   * The latest first. What a transfer's confirmation needs is for the merchant alone: a person who has it could have it
   * shown to the payee. Throws `merchant.not-found`.
   */
  async listPayouts(
    by: Principal,
    merchantId: MerchantId,
    { limit, after }: PageRequest<PayoutId>,
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
        words: this.rails.find(payout.rail)?.payeeWords(payout) ?? null,
        confirmation: by.kind === 'staff' ? null : this.confirmationOf(payout),
      }),
    );
  }

  private confirmationOf(payout: PayoutEntity) {
    return waitsForPayee(payout)
      ? (this.rails.find(payout.rail)?.confirmationRequest(payout.confirmation) ?? null)
      : null;
  }
}

function viewOf(payout: PayoutEntity): Omit<MerchantPayoutDto, 'confirmation' | 'words'> {
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
  };
}
