import type { Tampering } from '../audit-tampering.js';
import { change } from './sql.js';

const redemption = (what: string, where = 'TRUE') => change('redemption', what, where);
const reversal = (what: string) => `UPDATE redemption_reversal SET ${what} LIMIT 1`;

const COUPON = "asset LIKE 'COUPON:%'";
/** A merchant who has points too. */
const OTHER = "(SELECT MAX(owner) FROM entry WHERE asset = 'POINTS' AND owner <> 'platform')";

const JOURNAL = 'every redemption and every reversal has its journal';
const REVERSED = 'no more of a redemption is reversed than was redeemed';
const ALL = 'all that is redeemed is the redemption of a storefront';

export const redemptionTamperings: readonly Tampering[] = [
  ['a redemption has no journal', JOURNAL, redemption("journal_id = 'jnl_x'")],
  ['more was redeemed than the journal says', JOURNAL, redemption('amount = amount + 1')],
  ['less was redeemed than the journal says', JOURNAL, redemption('amount = amount - 1')],
  ['another asset was redeemed than the journal says', JOURNAL, redemption("asset = 'AAA'")],
  ['an asset of another name was redeemed than the journal says', JOURNAL, redemption("asset = 'ZZZ'")],
  [
    'points were redeemed by another merchant than the journal says',
    JOURNAL,
    redemption(`merchant_id = ${OTHER}`, "asset = 'POINTS' AND reversed = 0"),
  ],
  [
    'a redemption is there twice',
    JOURNAL,
    `INSERT INTO redemption (id, storefront_id, redemption_id, merchant_id, asset, amount, order_id, journal_id, redeemed_at)
     SELECT 'rdm_x', storefront_id, 'x', merchant_id, asset, amount, order_id, journal_id, redeemed_at FROM redemption
     WHERE reversed = 0 LIMIT 1`,
  ],
  [
    'a reversal names the journal of another one',
    JOURNAL,
    `INSERT INTO redemption_reversal (redemption_pk, reversal_id, amount, reason, journal_id, reversed_at)
     SELECT redemption_pk, 'x', amount, reason, journal_id, reversed_at FROM redemption_reversal LIMIT 1`,
  ],
  ['a reversal has no journal', JOURNAL, reversal("journal_id = 'jnl_x'")],
  ['more was reversed than the journal says', JOURNAL, reversal('amount = amount + 1')],
  ['less was reversed than the journal says', JOURNAL, reversal('amount = amount - 1')],
  [
    'the reversal of points is one of a coupon',
    JOURNAL,
    [
      `UPDATE redemption_reversal SET redemption_pk = (SELECT id FROM redemption WHERE ${COUPON} AND reversed = 0)
       WHERE redemption_pk = (SELECT id FROM redemption WHERE asset = 'POINTS' AND reversed > 0)`,
    ],
  ],
  [
    'the reversal of a coupon is one of points',
    JOURNAL,
    `UPDATE redemption_reversal SET redemption_pk = (SELECT id FROM redemption WHERE asset = 'POINTS' AND reversed = 0)
     WHERE redemption_pk = (SELECT id FROM redemption WHERE ${COUPON} AND reversed > 0)`,
  ],
  [
    'a redemption and its reversal are another merchant’s',
    JOURNAL,
    redemption(`merchant_id = ${OTHER}`, "asset = 'POINTS' AND reversed > 0"),
  ],
  ...['redemption', 'redemption_reversal'].map((table): Tampering => [
    `nothing is redeemed in the journal of a ${table}`,
    JOURNAL,
    `UPDATE entry SET account = 'fees' WHERE account = 'redeemed' AND journal_id IN (SELECT journal_id FROM ${table})`,
  ]),
  ['a redemption is called reversed further', REVERSED, redemption('reversed = reversed + 1')],
  ['a redemption is called less reversed', REVERSED, redemption('reversed = reversed - 1', 'reversed > 0')],
  ['more is reversed than was redeemed', REVERSED, redemption('amount = reversed - 1', 'reversed > 0')],
  ['a redemption is gone', ALL, 'DELETE FROM redemption LIMIT 1'],
  ['a reversal is gone', ALL, 'DELETE FROM redemption_reversal LIMIT 1'],
];
