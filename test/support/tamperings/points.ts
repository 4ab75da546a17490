import type { Tampering } from '../audit-tampering.js';
import { change, first } from './sql.js';

const lot = (what: string, where: string) => change('points_lot', what, where);
const SPENT = "state = 'spent'";
const OPEN = "state = 'open'";

const PARTS = 'every lot of points: issued = remaining + redeemed + expired + taken back';
const AVAILABLE = 'what remains of a merchant’s lots of points is what is available';
const MOVES = 'every lot of points is what its moves say';
const LINES = 'what moves between lots of points is what the journal’s line says';
const LATE = 'no points remain past their day';

const OLD = 'UPDATE journal SET posted_at = posted_at - INTERVAL 1 DAY';
const PAST = 'expires_at = NOW(6) - INTERVAL 1 DAY';
/** An open lot that points were used of, and brought back to. */
const USED = "state = 'open' AND redeemed > 0";
const broughtTo = (where: string) =>
  `id IN (SELECT m.journal_id FROM points_lot_move m JOIN points_lot l ON l.id = m.lot_id AND m.target = 'remaining' WHERE l.${first('points_lot', where)})`;

export const pointsTamperings: readonly Tampering[] = [
  ['a lot was of more', PARTS, lot('issued = issued + 1', OPEN)],
  ['a lot was of less', PARTS, lot('issued = issued - 1', OPEN)],
  ['an open lot is called spent', PARTS, lot(SPENT, OPEN)],
  ['a spent lot is called open', PARTS, lot(OPEN, SPENT)],
  ['less than nothing remains', PARTS, lot('remaining = -1, redeemed = redeemed + 1', SPENT)],
  ['less than nothing was redeemed', PARTS, lot('redeemed = -1, expired = expired + 1', 'redeemed = 0')],
  ['less than nothing lapsed', PARTS, lot('expired = -1, redeemed = redeemed + 1', 'expired = 0')],
  ['less than nothing was taken back', PARTS, lot('taken_back = -1, redeemed = redeemed + 1', 'taken_back = 0')],
  [
    'more is available than remains',
    AVAILABLE,
    "UPDATE account SET available = available + 1 WHERE asset = 'POINTS' LIMIT 1",
  ],
  [
    'less is available than remains',
    AVAILABLE,
    "UPDATE account SET available = available - 1 WHERE asset = 'POINTS' LIMIT 1",
  ],
  [
    'less than nothing is available',
    AVAILABLE,
    "INSERT INTO account (merchant_id, asset, available) VALUES ('mer_x', 'POINTS', -1)",
  ],
  ['an open lot is gone', AVAILABLE, "DELETE FROM points_lot WHERE state = 'open' LIMIT 1"],
  ['an open lot is another merchant’s', AVAILABLE, lot("merchant_id = 'mer_x'", OPEN)],
  ...['issued', 'remaining', 'redeemed', 'expired', 'taken_back'].flatMap((part): Tampering[] => [
    [`a lot has more ${part} than moved`, MOVES, lot(`${part} = ${part} + 1`, 'TRUE')],
    [`a lot has less ${part} than moved`, MOVES, lot(`${part} = ${part} - 1`, 'TRUE')],
  ]),
  ['a move is gone', MOVES, "DELETE FROM points_lot_move WHERE target = 'redeemed' LIMIT 1"],
  ['a lot with moves is gone', MOVES, 'DELETE FROM points_lot LIMIT 1'],
  [
    'more moves than the line says',
    LINES,
    "UPDATE points_lot_move SET amount = amount + 1 WHERE target = 'remaining' AND journal_id <> 'opening' LIMIT 1",
  ],
  [
    'less moves than the line says',
    LINES,
    "UPDATE points_lot_move SET amount = amount - 1 WHERE target = 'remaining' AND journal_id <> 'opening' LIMIT 1",
  ],
  ['points move by no line', LINES, "UPDATE points_lot_move SET line = 99 WHERE journal_id <> 'opening' LIMIT 1"],
  [
    'points move by no journal',
    LINES,
    "UPDATE points_lot_move SET journal_id = 'jnl_x' WHERE journal_id <> 'opening' LIMIT 1",
  ],
  [
    'points that are used move by no journal',
    LINES,
    "INSERT INTO points_lot_move SELECT 'jnl_x', 1, id, 'redeemed', 'expired', 1 FROM points_lot LIMIT 1",
  ],
  [
    'points move by a line of another asset',
    LINES,
    "UPDATE entry SET asset = 'USD' WHERE (journal_id, line) = (SELECT journal_id, line FROM points_lot_move WHERE journal_id <> 'opening' LIMIT 1)",
  ],
  ['points are past their day', LATE, [OLD, lot(PAST, OPEN)]],
  ['every lot is past its day, and so are its journals', LATE, [OLD, `UPDATE points_lot SET ${PAST}`]],
  [
    'points are past their day of one lot alone that nothing came to',
    LATE,
    [`${OLD} WHERE ${broughtTo(USED)}`, `UPDATE points_lot SET ${PAST}`],
  ],
];

/** Branches that change nothing, and why. */
export const pointsEquivalents = {
  'always: available <> 0': 'a balance of nothing adds nothing',
  "only <: s_lot_move m WHERE journal_id <> 'opening'": 'the id of a journal sorts before it',
};
