import { AccountNumberVault } from '../../src/database/bank-accounts/account-number-vault.js';
import { insertRows } from './insert-rows.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { creditEntries, operatorEntry } from '../../src/finance/ledger/book.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { newId, type MerchantId } from '../../src/shared/ids.js';
import type { PayoutWorld } from './payouts.js';

export interface CrowdMember {
  id: MerchantId;
  account: string;
}

/** Many active merchants with bank accounts, in a few statements. */
export async function crowd(w: PayoutWorld, count: number): Promise<CrowdMember[]> {
  const vault = w.testApp.app.get(AccountNumberVault, { strict: false });
  const at = new Date();
  const members = Array.from({ length: count }, (_, n) => ({
    id: newId('merchant'),
    account: `62288888${String(n).padStart(8, '0')}`,
  }));
  await w.testApp.app.get(UnitOfWork).run(async (tx) => {
    await insertRows(
      tx,
      'merchant',
      ['id', 'application_id', 'code', 'wechat_id', 'wechat_key', 'display_name', 'state', 'created_at', 'updated_at'],
      members.map(({ id }, n) => {
        const name = `crowd_${n}`;
        return [id, newId('application'), `C${String(n).padStart(7, '0')}`, name, name, name, 'active', at, at];
      }),
    );
    await insertRows(
      tx,
      'bank_account',
      ['id', 'owner_id', 'state', 'current_owner_id', 'holder', 'key_id', 'sealed_number', 'number_hash', 'last_four', 'country', 'filed_by', 'filed_at'], // prettier-ignore
      members.map(({ id, account }) => {
        const bankAccountId = newId('bankAccount');
        const context = { bankAccountId, ownerId: id, holder: 'Somebody', country: 'CN', bic: null };
        const { keyId, sealed } = vault.seal(account, context);
        return [bankAccountId, id, 'current', id, 'Somebody', keyId, sealed, vault.hash(account), account.slice(-4), 'CN', 'stf_x', at]; // prettier-ignore
      }),
    );
  });
  return members;
}

/** Cash for each of them, in one posting. */
export async function creditAll(w: PayoutWorld, members: readonly CrowdMember[], amountOf: (n: number) => bigint) {
  const asset = 'CNY';
  await w.testApp.app.get(UnitOfWork).run((tx) =>
    w.testApp.app.get(Ledger, { strict: false }).post(
      tx,
      members.map(({ id }) => ({ merchantId: id, asset })),
      (book) => {
        members.forEach(({ id: merchantId }, n) => {
          const amount = amountOf(n);
          book.post({
            businessKey: `crowd:${newId('orderEvent')}`,
            kind: 'reward',
            description: 'A test.',
            occurredAt: new Date(),
            cause: { type: 'order-event', id: 'evt_crowd' },
            entries: [
              ...creditEntries(book, { merchantId, asset, amount }),
              operatorEntry('reward-cost', { asset, amount: -amount }),
            ],
          });
        });
      },
    ),
  );
}
