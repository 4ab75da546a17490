import { MERCHANT_ACCOUNTS } from './account.js';
import { ofNew, overHistory } from './history.js';
import type { SqlInvariant } from './invariant.js';

const ACCOUNTS = MERCHANT_ACCOUNTS.map((name) => `'${name}'`).join(', ');
const CREDITS = MERCHANT_ACCOUNTS.filter((name) => name !== 'owed');

/** Every balance is what `entries` say of it, the other way round. */
const balancesAre = (entries: string): string => `
      SELECT CONCAT(x.owner, ' ', x.asset, ' ', x.account, ' is off by ', SUM(x.amount)) offender FROM (${entries}
        ${MERCHANT_ACCOUNTS.map((name) => `UNION ALL SELECT merchant_id, asset, '${name}', ${name} FROM account WHERE ${name} <> 0`).join('\n        ')}
      ) x GROUP BY x.owner, x.asset, x.account HAVING SUM(x.amount) <> 0`;

/** What is always true of journals, entries and balances. */
export const ledgerInvariants: readonly SqlInvariant[] = [
  {
    invariant: 1,
    title: 'every journal sums to zero per asset',
    // Each journal is added up where it stands; grouped by journal and asset all entries would have to be sorted.
    ...overHistory(
      (of) => `
      SELECT CONCAT(x.journal_id, ' is off by ', SUM(x.amount), ' ', x.asset) offender FROM (
        SELECT e.journal_id, e.asset, e.amount FROM ${of.entry} e WHERE (
          SELECT SUM(f.amount) FROM entry f WHERE f.journal_id = e.journal_id AND f.asset = e.asset) <> 0
      ) x GROUP BY x.journal_id, x.asset`,
    ),
  },
  {
    invariant: 1,
    title: 'every journal has two entries or more, none of them zero',
    ...overHistory(
      (of) => `
      SELECT CONCAT(j.id, ' has ', COUNT(e.line), ' entries, ', COALESCE(SUM(e.amount = 0), 0), ' of zero') offender
      FROM ${of.journal} j LEFT JOIN entry e ON e.journal_id = j.id
      GROUP BY j.id HAVING COUNT(e.line) < 2 OR SUM(e.amount = 0) > 0`,
    ),
  },
  {
    invariant: 1,
    title: 'every entry belongs to a journal',
    ...overHistory(
      (of) => `
      SELECT CONCAT(e.journal_id, ' line ', e.line) offender
      FROM ${of.entryByKey} e LEFT JOIN journal j ON j.id = e.journal_id WHERE j.id IS NULL`,
    ),
  },
  {
    invariant: 2,
    title: 'every balance is the sum of its entries',
    sql: balancesAre(`
        SELECT owner, asset, account, -SUM(amount) amount FROM entry
        WHERE account IN (${ACCOUNTS}) GROUP BY owner, asset, account`),
    // Each new entry follows from the one before it, so that the last one left behind what all of them add up to.
    since: () =>
      balancesAre(`
        SELECT e.owner, e.asset, e.account, -COALESCE(e.balance_after, 0) amount
        FROM (SELECT owner, asset, account, MAX(seq) seq FROM entry GROUP BY owner, asset, account) l
        STRAIGHT_JOIN entry e ON e.owner = l.owner AND e.asset = l.asset AND e.seq = l.seq`),
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
    // Without CASE all entries of the operator, which have no number, would be read for each of theirs.
    since: ofNew(
      (of) => `
      SELECT CONCAT(x.journal_id, ' line ', x.line, ' says ', COALESCE(x.balance_after, 'nothing'), ' instead of ', x.expected) offender
      FROM (
        SELECT e.journal_id, e.line, e.balance_after, e.amount + CASE WHEN e.seq IS NULL THEN 0 ELSE COALESCE((
          SELECT p.balance_after FROM entry p FORCE INDEX (ix_entry_account)
          WHERE p.owner = e.owner AND p.asset = e.asset AND p.account = e.account AND p.seq < e.seq
          ORDER BY p.seq DESC LIMIT 1), 0) END expected
        FROM ${of.entry} e WHERE e.account IN (${ACCOUNTS})
      ) x WHERE COALESCE(x.balance_after, x.expected + 1) <> x.expected`,
    ),
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
    since: ofNew(
      (of) => `
      SELECT CONCAT(a.merchant_id, ' ', a.asset, ' counts ', a.version) offender FROM account a WHERE a.version <> COALESCE((
        SELECT MAX(e.seq) FROM entry e WHERE e.owner = a.merchant_id AND e.asset = a.asset), 0)
      UNION ALL
      SELECT CONCAT(e.journal_id, ' line ', e.line, ' has number ', COALESCE(e.seq, 'none')) FROM ${of.entry} e
      LEFT JOIN entry p ON p.owner = e.owner AND p.asset = e.asset AND p.seq = e.seq - 1
      WHERE e.account IN (${ACCOUNTS}) AND (e.seq IS NULL OR e.seq < 1 OR (e.seq > 1 AND p.seq IS NULL))`,
    ),
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
    since: ofNew(
      (of) => `
      SELECT DISTINCT n.business_key offender FROM ${of.journal} n
      JOIN journal j ON j.business_key = n.business_key AND j.id <> n.id`,
    ),
  },
];
