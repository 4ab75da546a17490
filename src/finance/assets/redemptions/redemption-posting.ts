import type { EntityManager } from 'typeorm';
import { newId, type CouponId } from '../../../shared/ids.js';
import { operatorEntry, type Ledger, type MerchantAccount, journalText } from '../../ledger/index.js';
import { RedemptionEntity } from './redemption.entity.js';
import { negated } from '../../../shared/amount.js';

/** What is redeemed, where and for what. Without an id of the storefront's it gets ours. */
export type NewRedemption = Pick<
  RedemptionEntity,
  'storefrontId' | 'merchantId' | 'asset' | 'amount' | 'orderId' | 'redeemedAt'
> & { redemptionId: string | null };

/** Takes points or coupons away for good. `from` says which, where it is not any that are available. */
export async function postRedemption(
  tx: EntityManager,
  ledger: Ledger,
  { redemptionId: theirs, ...redemption }: NewRedemption,
  from: { account?: MerchantAccount; couponId?: CouponId } = {},
): Promise<RedemptionEntity> {
  const id = newId('redemption');
  const redemptionId = theirs ?? id;
  const { storefrontId, merchantId, asset, amount, orderId, redeemedAt } = redemption;
  const used = { asset, amount };
  const journal = await ledger.post(tx, [{ merchantId, asset }], (book) =>
    book.post({
      businessKey: `redemption:${storefrontId}:${redemptionId}`,
      kind: 'redemption',
      description:
        orderId === null
          ? journalText('redeemed', { redemption: redemptionId })
          : journalText('redeemedForOrder', { redemption: redemptionId, order: orderId }),
      occurredAt: redeemedAt,
      cause: { type: 'redemption', id },
      entries: [
        { owner: merchantId, account: 'available', ...negated(used), redeemedAt: storefrontId, ...from },
        operatorEntry('redeemed', used),
      ],
    }),
  );
  const row = { ...redemption, id, redemptionId, reversed: 0n, journalId: journal.id };
  await tx.insert(RedemptionEntity, row);
  return row;
}
