import { overHistory } from '../history.js';
import type { SqlInvariant } from '../invariant.js';
import { BEGINNING } from './closing.repository.js';

/** Without it, or in a LEFT JOIN, MariaDB reads all journals for each stretch, although its range is by index: minutes with years of stretches. */
const BY_MOMENT = 'FORCE INDEX (ix_journal_posted_at)';

/** What is always true of closed stretches of the books: they are what their journals and entries say. */
export const closingInvariants: readonly SqlInvariant[] = [
  {
    invariant: 18,
    title: 'what is closed adds up to the entries of its stretch',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.ends_at, ' ', x.asset, ' ', x.account, ' is off by ', SUM(x.entries), ' entries, ',
        SUM(x.debit), ' debit, ', SUM(x.credit), ' credit') offender FROM (
        SELECT ends_at, asset, account, entries, debit, credit FROM ${of.closingSum} s
        UNION ALL
        SELECT c.ends_at, e.asset, e.account, -COUNT(*), SUM(LEAST(e.amount, 0)), -SUM(GREATEST(e.amount, 0))
        FROM ${of.closing} c STRAIGHT_JOIN journal j ${BY_MOMENT} ON j.posted_at >= c.starts_at AND j.posted_at < c.ends_at
          JOIN entry e ON e.journal_id = j.id
        GROUP BY c.ends_at, e.asset, e.account
      ) x GROUP BY x.ends_at, x.asset, x.account
      HAVING SUM(x.entries) <> 0 OR SUM(x.debit) <> 0 OR SUM(x.credit) <> 0`,
    ),
  },
  {
    invariant: 18,
    title: 'closed stretches follow each other without a gap, and say how many journals they have',
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.ends_at, ' is off by ', SUM(x.journals), ' journals') offender FROM (
        SELECT ends_at, journals FROM ${of.closing} s
        UNION ALL
        SELECT c.ends_at, -COUNT(*)
        FROM ${of.closing} c STRAIGHT_JOIN journal j ${BY_MOMENT} ON j.posted_at >= c.starts_at AND j.posted_at < c.ends_at
        GROUP BY c.ends_at
      ) x GROUP BY x.ends_at HAVING SUM(x.journals) <> 0
      UNION ALL
      SELECT CONCAT(c.ends_at, ' begins at ', c.starts_at) FROM ${of.closing} c
      WHERE c.starts_at <> (
        SELECT COALESCE(MAX(p.ends_at), TIMESTAMP('${BEGINNING}')) FROM book_closing p WHERE p.ends_at < c.ends_at)`,
    ),
  },
];
