/**
 * Something that is always true (money.md). `sql` returns one row for each offender, whose first column `offender` names
 * it for people (an id, and what is off); no row means that it holds. MariaDB 10.11 and MySQL 8 both run it.
 */
export interface SqlInvariant {
  /** Its number in money.md; several statements may be parts of one. */
  invariant: number;
  title: string;
  sql: string;
}
