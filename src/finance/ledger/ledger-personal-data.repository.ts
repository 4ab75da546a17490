import { Injectable } from '@nestjs/common';
import { type OpenMatter, PersonalDataSource, type PersonalTable } from '../../desk/index.js';
import { AccountEntity } from './account.entity.js';
import { EntryEntity } from './journal.entity.js';

/** What the books hold about people: ids and amounts, for good. */
@Injectable()
export class LedgerPersonalData extends PersonalDataSource {
  readonly tables: readonly PersonalTable[] = [
    { entity: AccountEntity, rows: 'merchant_id = :merchant', erased: 'kept' },
    { entity: EntryEntity, rows: 'owner = :merchant', erased: 'kept' },
  ];

  override readonly openMatters: readonly OpenMatter[] = [
    {
      code: 'erasure.money-open',
      detail: 'A balance of the merchant’s is not zero: pay it out, let it lapse or adjust it first.',
      sql: `SELECT 1 FROM account WHERE merchant_id = :merchant
        AND NOT (pending = 0 AND available = 0 AND reserved = 0 AND held = 0 AND owed = 0)`,
    },
  ];
}
