import type { DataKeys, SealedTable } from '../core/sealed-tables.js';
import { Table } from '../core/table.js';
import { AccountNumberVault } from './bank-accounts/account-number-vault.js';
import { BankAccountEntity } from './bank-accounts/bank-account.entity.js';
import { sealContextOf } from './bank-accounts/bank-account.repository.js';
import { MerchantApplicationEntity } from './applications/merchant-application.entity.js';
import { ContactVault } from './merchants/contact-vault.js';
import { MerchantEntity } from './merchants/merchant.entity.js';

const ACCOUNTS = new Table(BankAccountEntity);

/** The room's tables with sealed columns. */
export function sealedRegistry(config: DataKeys): SealedTable[] {
  const vault = new AccountNumberVault(config.dataKeys, config.blindIndexKey);
  const contacts = new ContactVault(config);
  const withContacts = (entity: typeof MerchantEntity | typeof MerchantApplicationEntity): SealedTable => {
    const table = new Table<MerchantEntity | MerchantApplicationEntity>(entity);
    return {
      name: table.name,
      key: ['id'],
      keyIds: { column: 'contact_key_id' },
      reads: ['contact_key_id', 'sealed_contact'],
      atOnce: 200,
      reseal: (raw) => {
        const row = table.rowOf(raw);
        const { contactKeyId, sealedContact } = contacts.seal(contacts.open(row), row.id);
        return { contact_key_id: contactKeyId, sealed_contact: sealedContact };
      },
    };
  };
  return [
    {
      name: ACCOUNTS.name,
      key: ['id'],
      keyIds: { column: 'key_id' },
      reads: ['owner_id', 'holder', 'holder_latin', 'town', 'country', 'bic', 'key_id', 'sealed_number'],
      atOnce: 200,
      reseal: (raw) => {
        const account = ACCOUNTS.rowOf(raw);
        const { keyId, sealedNumber } = account;
        const number = vault.reseal({ keyId, sealed: sealedNumber }, sealContextOf(account));
        return { key_id: number.keyId, sealed_number: number.sealed };
      },
    },
    withContacts(MerchantEntity),
    withContacts(MerchantApplicationEntity),
  ];
}
