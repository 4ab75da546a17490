import { COUPON_STATES } from '../../../src/finance/assets/coupons/coupon.js';
import type { Tampering } from '../audit-tampering.js';
import { change, first } from './sql.js';

const coupon = (what: string, where: string) => change('coupon', what, where);
const account = (what: string) => `UPDATE account SET ${what} WHERE asset LIKE 'COUPON:%' AND available > 0`;
const inState = (state: string) => `state = '${state}'`;
/** The move that brought a coupon to the state that it has. */
const move = (what: string, state: string) =>
  `UPDATE coupon_move SET ${what} WHERE journal_id <> 'opening' AND target = '${state}'
   AND coupon_id IN (SELECT id FROM coupon WHERE state = '${state}') ORDER BY journal_id LIMIT 1`;

const BALANCES = 'a merchant’s issued and reserved coupons are the balances, and no more are on hold than the balance';
const MOVES = 'every coupon is what its moves say';
const JOURNALS = 'as many coupons are issued, reserved, redeemed and expired as the journal says';
const USES = 'one redemption for each use of a coupon';
const LATE = 'no coupon is issued past its day, or reserved past its time';

const OLD = 'UPDATE journal SET posted_at = posted_at - INTERVAL 1 DAY';
const PAST = 'expires_at = NOW(6) - INTERVAL 1 DAY';
const OVERDUE = 'reserved_until = NOW(6) - INTERVAL 1 DAY';
const movesOf = (state: string) =>
  `id IN (SELECT journal_id FROM coupon_move WHERE target = '${state}' AND coupon_id = (SELECT id FROM coupon WHERE ${first('coupon', inState(state))}))`;

export const couponTamperings: readonly Tampering[] = [
  ...['available', 'reserved'].flatMap((balance): Tampering[] => [
    [`one more is ${balance} than there are coupons`, BALANCES, account(`${balance} = ${balance} + 1`)],
    [`one less is ${balance} than there are coupons`, BALANCES, account(`${balance} = ${balance} - 1`)],
  ]),
  ['a coupon is held that no balance holds', BALANCES, account('held = held - 1')],
  ['an issued coupon is gone', BALANCES, "DELETE FROM coupon WHERE state = 'issued' LIMIT 1"],
  ['an issued coupon is another merchant’s', BALANCES, coupon("merchant_id = 'mer_x'", inState('issued'))],
  ...COUPON_STATES.flatMap((state): Tampering[] => [
    [`a coupon is not ${state} any more`, MOVES, coupon("state = 'x'", inState(state))],
    [`no move brought a coupon to be ${state}`, MOVES, move("target = 'x'", state)],
  ]),
  ['a coupon with moves is gone', MOVES, "DELETE FROM coupon WHERE state = 'expired'"],
  ...['issued', 'reserved', 'redeemed', 'expired'].flatMap((state): Tampering[] => [
    [`one less is ${state} than the journal says`, JOURNALS, move("target = 'x'", state)],
    [
      `one more is ${state} than the journal says`,
      JOURNALS,
      `INSERT INTO coupon_move (journal_id, coupon_id, source, target)
       SELECT m.journal_id, c.id, 'new', '${state}' FROM coupon_move m JOIN coupon c ON c.state = 'held'
       WHERE m.source = 'issued' AND m.target = 'revoked' LIMIT 1`,
    ],
  ]),
  [
    'the journal of a coupon says nothing',
    JOURNALS,
    "DELETE FROM entry WHERE asset LIKE 'COUPON:%' AND account = 'expired'",
  ],
  ['a used coupon has no redemption', USES, "DELETE FROM redemption WHERE asset LIKE 'COUPON:%' LIMIT 1"],
  ['a used coupon is another merchant’s', USES, coupon("merchant_id = 'mer_x'", inState('redeemed'))],
  ['a used coupon is of another template', USES, coupon("template = 'x'", inState('redeemed'))],
  [
    'a used coupon has two redemptions',
    USES,
    `INSERT INTO redemption (storefront_id, redemption_id, id, merchant_id, asset, amount, reversed, journal_id, redeemed_at)
     SELECT 'sto_x', redemption_id, 'x', merchant_id, asset, amount, reversed, journal_id, redeemed_at FROM redemption
     WHERE asset LIKE 'COUPON:%' LIMIT 1`,
  ],
  ['a coupon is issued past its day', LATE, [OLD, coupon(PAST, inState('issued'))]],
  ['a coupon is reserved past its time', LATE, [OLD, coupon(OVERDUE, inState('reserved'))]],
  ['every coupon is past its day', LATE, [OLD, `UPDATE coupon SET ${PAST}`]],
  ['every coupon is past its time', LATE, [OLD, `UPDATE coupon SET ${OVERDUE}`]],
  [
    'one coupon alone was issued long before its day',
    LATE,
    [`${OLD} WHERE ${movesOf('issued')}`, `UPDATE coupon SET ${PAST}`],
  ],
  [
    'one coupon alone was reserved long before its time, and issued just now',
    LATE,
    [`${OLD} WHERE ${movesOf('reserved')}`, `UPDATE coupon SET ${OVERDUE}`],
  ],
];

/** Branches that change nothing, and why. */
export const couponEquivalents = {
  "only <: WHERE m.journal_id <> 'opening'": 'the id of a journal sorts before it',
};
