import { AccountEntity } from './account.entity.js';
import { EntryEntity, JournalEntity } from './journal.entity.js';

export const ledgerEntities = [AccountEntity, JournalEntity, EntryEntity];
