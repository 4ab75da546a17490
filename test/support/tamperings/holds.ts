import type { Tampering } from '../audit-tampering.js';
import { change } from './sql.js';

const hold = (what: string, where: string) => change('hold', what, where);
const inState = (state: string) => `state = '${state}'`;
const OF_REWARD = "state = 'open' AND reward_id IS NOT NULL";

const PEOPLE = 'who decided about a hold did not make it';
const HELD = 'what is on hold is what open holds add up to';
const REWARD = 'what is on hold of a reward is what its open holds add up to';
const PARTS = 'a hold’s parts add up, and only an open one holds something';
const JOURNAL = 'every hold that people made or decided about has its journal';
const DECISION = 'a hold’s decision is what its journal says, and what a payout brought back is never voided';

export const holdTamperings: readonly Tampering[] = [
  ['the maker decides', PEOPLE, hold('decided_by = held_by', inState('released'))],
  ...['released', 'voided'].flatMap((state): Tampering[] => [
    [`nobody ${state} a hold`, PEOPLE, hold('decided_by = NULL', inState(state))],
    [`a hold was ${state} by nobody at no time`, PEOPLE, hold('decided_by = NULL, decided_at = NULL', inState(state))],
    [`a hold was ${state} at no time`, PEOPLE, hold('decided_at = NULL', inState(state))],
  ]),
  ['an open hold is decided', PEOPLE, hold("decided_by = 'stf_x', decided_at = NOW(6)", inState('open'))],
  ['an open hold has somebody who decided', PEOPLE, hold("decided_by = 'stf_x'", inState('open'))],
  ['an open hold has a time of its decision', PEOPLE, hold('decided_at = NOW(6)', inState('open'))],
  ['more is held', HELD, "UPDATE account SET held = held + 1 WHERE asset = 'CNY'"],
  ['less is held', HELD, "UPDATE account SET held = held - 1 WHERE asset = 'CNY' AND held > 1"],
  ['less than nothing is held', HELD, "INSERT INTO account (merchant_id, asset, held) VALUES ('mer_x', 'CNY', -1)"],
  ['an open hold shrinks', HELD, hold('remaining = remaining - 1, refunded = refunded + 1', inState('open'))],
  ['an open hold is gone', HELD, "DELETE FROM hold WHERE state = 'open' LIMIT 1"],
  ['a hold changes its reward', REWARD, hold("reward_id = 'rwd_x'", OF_REWARD)],
  ['a hold is of no reward', REWARD, hold('reward_id = NULL', OF_REWARD)],
  ['more of a reward is held', REWARD, change('reward', 'held = held + 1', 'held > 0')],
  ['less of a reward is held', REWARD, change('reward', 'held = held - 1', 'held > 1')],
  ['less than nothing of a reward is held', REWARD, change('reward', 'held = -1', 'held = 0')],
  ['a hold grows by itself', PARTS, hold('amount = amount + 1', inState('open'))],
  ['a hold shrinks by itself', PARTS, hold('amount = amount - 1', inState('open'))],
  ['less than nothing is left', PARTS, hold('remaining = -1, refunded = amount + 1', inState('emptied'))],
  ['less than nothing was refunded', PARTS, hold('refunded = -1, remaining = remaining + 1', inState('open'))],
  ['less than nothing was settled', PARTS, hold('settled = -1, refunded = amount + 1', inState('emptied'))],
  ['a hold is closed without a decision', PARTS, hold("state = 'emptied'", inState('open'))],
  ['an empty hold is open', PARTS, hold("state = 'open'", inState('emptied'))],
  ['a released hold settled nothing', PARTS, hold('settled = 0, refunded = amount', inState('released'))],
  ['a hold settled something without a decision', PARTS, hold('settled = amount, refunded = 0', inState('emptied'))],
  ['a hold was of more', JOURNAL, hold('amount = amount + 1, refunded = refunded + 1', inState('open'))],
  ['a hold was of less', JOURNAL, hold('amount = amount - 1, remaining = remaining - 1', inState('open'))],
  ['a hold that people made is called nobody’s', JOURNAL, hold('held_by = NULL', inState('open'))],
  ['a hold is called voided', DECISION, hold("state = 'voided'", inState('released'))],
  ['a hold is called released', DECISION, hold("state = 'released'", inState('voided'))],
  ...['bad-account', 'returned-payout'].map((cause): Tampering => [
    `what a payout brought back was voided: ${cause}`,
    DECISION,
    hold(`cause = '${cause}'`, inState('voided')),
  ]),
];

/** Branches that change nothing, and why. */
export const holdEquivalents = {
  "always: state = 'open'": 'only an open hold has something left, as another invariant says',
};
