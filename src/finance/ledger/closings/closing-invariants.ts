import type { SqlInvariant } from '../invariant.js';
import { BEGINNING } from './closing.repository.js';

/** What is always true of closed stretches of the books: they are what their journals and entries say. */
export const closingInvariants: readonly SqlInvariant[] = [
  {
    invariant: 18,
    title: 'what is closed adds up to the entries of its stretch',
    sql: `
      SELECT CONCAT(x.ends_at, ' ', x.asset, ' ', x.account, ' is off by ', SUM(x.entries), ' entries, ',
        SUM(x.debit), ' debit, ', SUM(x.credit), ' credit') offender FROM (
        SELECT ends_at, asset, account, entries, debit, credit FROM book_closing_sum
        UNION ALL
        SELECT c.ends_at, e.asset, e.account, -COUNT(*), SUM(LEAST(e.amount, 0)), -SUM(GREATEST(e.amount, 0))
        FROM book_closing c JOIN journal j ON j.posted_at >= c.starts_at AND j.posted_at < c.ends_at
          JOIN entry e ON e.journal_id = j.id
        GROUP BY c.ends_at, e.asset, e.account
      ) x GROUP BY x.ends_at, x.asset, x.account
      HAVING SUM(x.entries) <> 0 OR SUM(x.debit) <> 0 OR SUM(x.credit) <> 0`,
  },
  {
    invariant: 18,
    title: 'closed stretches follow each other without a gap, and say how many journals they have',
    sql: `
      SELECT CONCAT(c.ends_at, ' says ', c.journals, ' journals since ', c.starts_at) offender FROM book_closing c
      WHERE c.starts_at <> (
          SELECT COALESCE(MAX(p.ends_at), TIMESTAMP('${BEGINNING}')) FROM book_closing p WHERE p.ends_at < c.ends_at)
        OR c.journals <> (SELECT COUNT(*) FROM journal j WHERE j.posted_at >= c.starts_at AND j.posted_at < c.ends_at)`,
  },
];
