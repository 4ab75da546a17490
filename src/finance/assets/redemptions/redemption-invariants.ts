import { overHistory, type SqlInvariant } from '../../ledger/index.js';

/** No line of the journal is of the merchant whom the redemption names. */
const notOfMerchant = (journal: string) =>
  `NOT EXISTS (SELECT 1 FROM entry m WHERE m.journal_id = ${journal} AND m.owner = r.merchant_id)`;

/** What is always true of points and coupons that were redeemed. */
export const redemptionInvariants: readonly SqlInvariant[] = [
  {
    invariant: 4,
    title: 'every redemption and every reversal has its journal',
    ...overHistory(
      (of) => `
      SELECT r.id offender FROM ${of.redemption} r LEFT JOIN entry e ON e.journal_id = r.journal_id AND e.account = 'redeemed'
      WHERE e.journal_id IS NULL OR e.asset <> r.asset OR e.amount <> r.amount OR ${notOfMerchant('r.journal_id')}
      UNION ALL
      SELECT CONCAT(v.redemption_pk, ' reversal ', v.reversal_id) FROM ${of.reversal} v
      JOIN redemption r ON r.id = v.redemption_pk
      LEFT JOIN entry e ON e.journal_id = v.journal_id AND e.account = 'redeemed'
      WHERE e.journal_id IS NULL OR e.asset <> r.asset OR e.amount <> -v.amount OR ${notOfMerchant('v.journal_id')}
      UNION ALL
      SELECT CONCAT(x.journal_id, ' is named ', COUNT(*), ' times') FROM (
        SELECT journal_id FROM ${of.redemption} r UNION ALL SELECT journal_id FROM ${of.reversal} v
      ) x GROUP BY x.journal_id HAVING COUNT(*) > 1`,
    ),
  },
  {
    invariant: 4,
    title: 'no more of a redemption is reversed than was redeemed',
    ...overHistory(
      (of) => `
      SELECT r.id offender FROM ${of.redemption} r LEFT JOIN redemption_reversal v ON v.redemption_pk = r.id
      GROUP BY r.id, r.reversed, r.amount
      HAVING COALESCE(SUM(v.amount), 0) <> r.reversed OR r.reversed > r.amount`,
    ),
  },
  {
    invariant: 4,
    title: 'all that is redeemed is the redemption of a storefront',
    ...overHistory(
      (of) => `
      SELECT e.journal_id offender FROM ${of.entry} e LEFT JOIN redemption r ON r.journal_id = e.journal_id
      LEFT JOIN redemption_reversal v ON v.journal_id = e.journal_id
      WHERE e.account = 'redeemed' AND r.id IS NULL AND v.redemption_pk IS NULL`,
    ),
  },
];
