export { type MerchantAccount, type MerchantAccountRef, OPERATOR, emptyBalances, isMerchants } from './account.js';
export {
  Book,
  type PostedEntry,
  type PostedJournal,
  clawbackEntries,
  creditEntries,
  insufficientFunds,
  newAccountRow,
  operatorEntry,
} from './book.js';
export { closingInvariants } from './closings/closing-invariants.js';
export { BookCloser } from './closings/book-closer.js';
export { EntryList } from './entry-list.js';
export { ledgerProblems } from './errors.js';
export { ofNew, overHistory } from './history.js';
export { INVARIANTS, type InvariantNumber, type SqlInvariant } from './invariant.js';
export { JOURNAL_NAMES, journalText } from './journal-text.js';
export type { CauseId, EntryDraft, JournalDraft, JournalKind } from './journal.js';
export { ledgerInvariants } from './ledger-invariants.js';
export { Ledger } from './ledger.js';
export { LedgerModule } from './ledger.module.js';
export { LedgerRepository } from './ledger.repository.js';
export { SealRepository } from './seal/seal.repository.js';
export { Sealer } from './seal/sealer.js';
export { entryWords } from './statements/entry-words.js';
export { EntryDto, WordsDto } from './statements/statement.dto.js';
export { type StatementEntry, StatementRepository } from './statements/statement.repository.js';
export { entryView } from './statements/statement.service.js';
export { sumToWire } from './sum-to-wire.js';
export { SubLedger } from './sub-ledger.js';
