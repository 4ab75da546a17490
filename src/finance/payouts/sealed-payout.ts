import type { AccountNumberVault, SealContext } from '../../database/index.js';
import type { PayoutEntity } from './payouts.entities.js';
import type { PaymentOrder } from './rails/payout-rail.js';

type Sealed = Pick<PayoutEntity, 'id' | 'merchantId' | 'holder' | 'bic' | 'country'>;

/** What a payout's account number is bound to: it opens nowhere else, nor after holder, bank or country were changed. */
export function sealContext({ id, merchantId, holder, bic, country }: Sealed): SealContext {
  return { bankAccountId: id, ownerId: merchantId, holder, bic, country };
}

/** A payout as its rail gets it, with the number in clear. Throws when the number is not the one that was approved. */
export function paymentOrder(vault: AccountNumberVault, payout: PayoutEntity): PaymentOrder {
  const { reference, sentAmount: amount, currency, holder, holderSent, townSent, bankName, bic, country } = payout;
  const number = vault.open({ keyId: payout.keyId, sealed: payout.sealedNumber }, sealContext(payout));
  if (vault.hash(number) !== payout.numberHash) throw new Error(`${payout.id}: not the account that was approved`);
  return { reference, amount, currency, holder, holderSent, townSent, number, bankName, bic, country };
}
