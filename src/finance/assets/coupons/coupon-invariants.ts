import { overHistory, type SqlInvariant } from '../../ledger/index.js';
import { COUPON_STATES } from './coupon.js';

/** A column for each state: how many coupons a move brings there, less those that it takes away. */
const NET = COUPON_STATES.map((state) => `(m.target = '${state}') - (m.source = '${state}') ${state}`).join(', ');

/** What is always true of single coupons. `lateSeconds`: a sweep must be over by then. */
export function couponInvariants(lateSeconds: number): readonly SqlInvariant[] {
  const late = `NOW(6) - INTERVAL ${lateSeconds.toString()} SECOND`;
  return [
    {
      invariant: 13,
      title: 'a merchant’s issued and reserved coupons are the balances, and no more are on hold than the balance',
      sql: `
        SELECT CONCAT(x.merchant_id, ' ', x.template) offender FROM (
          SELECT merchant_id, SUBSTRING(asset, 8) template, available, reserved, held FROM account WHERE asset LIKE 'COUPON:%'
          UNION ALL SELECT merchant_id, template, -(state = 'issued'), -(state = 'reserved'), -(state = 'held') FROM coupon
          WHERE state IN ('issued', 'reserved', 'held')
        ) x GROUP BY x.merchant_id, x.template
        HAVING SUM(x.available) <> 0 OR SUM(x.reserved) <> 0 OR SUM(x.held) < 0`,
    },
    {
      invariant: 13,
      title: 'every coupon is what its moves say',
      ...overHistory(
        (of) => `
        SELECT CONCAT(x.coupon_id, ' is off') offender FROM (
          SELECT m.coupon_id, ${NET} FROM ${of.moveOfCoupon} m
          UNION ALL SELECT id, ${COUPON_STATES.map((state) => `-(state = '${state}')`).join(', ')} FROM ${of.coupon} c
        ) x GROUP BY x.coupon_id HAVING ${COUPON_STATES.map((state) => `SUM(x.${state}) <> 0`).join(' OR ')}`,
      ),
    },
    {
      invariant: 13,
      title: 'as many coupons are issued, reserved, redeemed and expired as the journal says',
      ...overHistory(
        (of) => `
        SELECT CONCAT(x.journal_id, ' ', x.template) offender FROM (
          SELECT m.journal_id, c.template, ${NET} FROM ${of.couponMove} m JOIN coupon c ON c.id = m.coupon_id
          WHERE m.journal_id <> 'opening'
          UNION ALL
          SELECT e.journal_id, SUBSTRING(e.asset, 8), -IF(e.account = 'available', e.amount, 0),
            -IF(e.account = 'reserved', e.amount, 0), 0, -IF(e.account = 'redeemed', e.amount, 0),
            -IF(e.account = 'expired', e.amount, 0), 0
          FROM ${of.entry} e WHERE e.asset LIKE 'COUPON:%' AND e.journal_id IN (SELECT journal_id FROM coupon_move)
        ) x GROUP BY x.journal_id, x.template
        HAVING SUM(x.issued) <> 0 OR SUM(x.reserved) <> 0 OR SUM(x.redeemed) <> 0 OR SUM(x.expired) <> 0`,
      ),
    },
    {
      invariant: 13,
      title: 'one redemption for each use of a coupon',
      ...overHistory(
        (of) => `
        SELECT CONCAT(c.id, ' has ', COUNT(r.id), ' redemptions') offender
        FROM ${of.coupon} c JOIN coupon_move m ON m.coupon_id = c.id AND m.target = 'redeemed'
        LEFT JOIN redemption r ON r.journal_id = m.journal_id AND r.merchant_id = c.merchant_id
          AND r.asset = CONCAT('COUPON:', c.template)
        GROUP BY c.id, m.journal_id HAVING COUNT(r.id) <> 1`,
      ),
    },
    {
      invariant: 13,
      title: 'no coupon is issued past its day, or reserved past its time',
      sql: `
        SELECT c.id offender FROM coupon c
        WHERE ((c.state = 'issued' AND c.expires_at <= ${late}) OR (c.state = 'reserved' AND c.reserved_until <= ${late}))
          AND NOT EXISTS (
            SELECT 1 FROM coupon_move m JOIN journal j ON j.id = m.journal_id
            WHERE m.coupon_id = c.id AND m.target = c.state AND j.posted_at > ${late})`,
    },
  ];
}
