import type { EntityManager } from 'typeorm';
import type { ApplicationId, MerchantId } from '../shared/ids.js';

/** Whose data: a merchant with the application that they filed, or an applicant whom it made nobody. */
export interface Person {
  merchantId: MerchantId | null;
  applicationId: ApplicationId;
}

/** What a table holds about a person. */
export interface PersonalTable {
  entity: new () => object;
  /** Which rows are a person's: a condition with `:merchant` and `:application`, by an index. */
  rows: string;
  /** Properties that an export leaves out: what others' secrets, or the program's own, are made of. */
  hidden?: readonly string[];
  /** A row as its export says it, where that is not what stands there: what is sealed is opened. */
  shown?: (row: Record<string, unknown>) => object;
  /**
   * What erasing does: deletes the rows, sets columns (each to an expression of SQL), or keeps them, since they name a person by nothing but an
   * id that nobody can resolve any more. A function changes so many rows at most, and says how many it changed.
   */
  erased: 'deleted' | 'kept' | Readonly<Record<string, string>> | EraseRows;
  /** Which of the rows are still to be changed, where a person may have very many: they are changed in pieces. */
  left?: string;
}

type EraseRows = (tx: EntityManager, person: Person, limit: number) => Promise<number>;

/** What must not be open when a person is erased. */
export interface OpenMatter {
  code: 'erasure.money-open' | 'erasure.work-open';
  /** One sentence: what is open. */
  detail: string;
  /** Finds a row while it is; with `:merchant` and `:application`. */
  sql: string;
}
