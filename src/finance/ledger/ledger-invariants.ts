import { MERCHANT_ACCOUNTS } from './account.js';
import type { SqlInvariant } from './invariant.js';

const ACCOUNTS = MERCHANT_ACCOUNTS.map((name) => `'${name}'`).join(', ');
const CREDITS = MERCHANT_ACCOUNTS.filter((name) => name !== 'owed');

/** What is always true of journals, entries and balances. */
export const ledgerInvariants: readonly SqlInvariant[] = [
  {
    invariant: 1,
    title: 'every journal sums to zero per asset',
    // Each journal is added up where it stands; grouped by journal and asset all entries would have to be sorted.
    sql: `
      SELECT CONCAT(x.journal_id, ' is off by ', SUM(x.amount), ' ', x.asset) offender FROM (
        SELECT e.journal_id, e.asset, e.amount FROM entry e WHERE (
          SELECT SUM(f.amount) FROM entry f WHERE f.journal_id = e.journal_id AND f.asset = e.asset) <> 0
      ) x GROUP BY x.journal_id, x.asset`,
  },
  {
    invariant: 1,
    title: 'every journal has two entries or more, none of them zero',
    sql: `
      SELECT CONCAT(j.id, ' has ', COUNT(e.line), ' entries, ', COALESCE(SUM(e.amount = 0), 0), ' of zero') offender
      FROM journal j LEFT JOIN entry e ON e.journal_id = j.id
      GROUP BY j.id HAVING COUNT(e.line) < 2 OR SUM(e.amount = 0) > 0`,
  },
  {
    invariant: 1,
    title: 'every entry belongs to a journal',
    sql: `
      SELECT CONCAT(e.journal_id, ' line ', e.line) offender
      FROM entry e LEFT JOIN journal j ON j.id = e.journal_id WHERE j.id IS NULL`,
  },
  {
    invariant: 2,
    title: 'every balance is the sum of its entries',
    sql: `
      SELECT CONCAT(x.owner, ' ', x.asset, ' ', x.account, ' is off by ', SUM(x.amount)) offender FROM (
        SELECT owner, asset, account, -SUM(amount) amount FROM entry
        WHERE account IN (${ACCOUNTS}) GROUP BY owner, asset, account
        ${MERCHANT_ACCOUNTS.map((name) => `UNION ALL SELECT merchant_id, asset, '${name}', ${name} FROM account WHERE ${name} <> 0`).join('\n        ')}
      ) x GROUP BY x.owner, x.asset, x.account HAVING SUM(x.amount) <> 0`,
  },
  {
    invariant: 2,
    title: 'every entry says the balance that it left behind',
    sql: `
      SELECT CONCAT(x.journal_id, ' line ', x.line, ' says ', COALESCE(x.balance_after, 'nothing'), ' instead of ', x.expected) offender
      FROM (
        SELECT journal_id, line, balance_after,
          SUM(amount) OVER (PARTITION BY owner, asset, account ORDER BY seq ROWS UNBOUNDED PRECEDING) expected
        FROM entry WHERE account IN (${ACCOUNTS})
      ) x WHERE COALESCE(x.balance_after, x.expected + 1) <> x.expected`,
  },
  {
    invariant: 2,
    title: 'every merchant’s entries are numbered without a gap',
    sql: `
      SELECT CONCAT(a.merchant_id, ' ', a.asset, ' counts ', a.version, ', has ', COALESCE(e.entries, 0)) offender
      FROM account a LEFT JOIN (
        SELECT owner, asset, COUNT(*) entries, MAX(seq) last FROM entry WHERE account IN (${ACCOUNTS}) GROUP BY owner, asset
      ) e ON e.owner = a.merchant_id AND e.asset = a.asset
      WHERE a.version <> COALESCE(e.entries, 0) OR a.version <> COALESCE(e.last, 0)`,
  },
  {
    invariant: 3,
    title: 'no negative pending, available, reserved or held, and no positive owed',
    sql: `
      SELECT CONCAT(merchant_id, ' ', asset) offender FROM account
      WHERE ${CREDITS.map((name) => `${name} < 0`).join(' OR ')} OR owed > 0`,
  },
  {
    invariant: 4,
    title: 'one journal per business key',
    sql: 'SELECT business_key offender FROM journal GROUP BY business_key HAVING COUNT(*) > 1',
  },
];
