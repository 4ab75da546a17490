import type { Schema } from '../../../api/client.js';

/** A rule as a reward's explanation names it. */
export interface NamedRule {
  id: string;
  version: number;
  name: string | null;
  scope: Schema<'RuleScopeDto'>;
  /** Why it did not win; absent of the rule that did. */
  loss?: string;
}

interface Explanation {
  rule: NamedRule;
  candidates: (Omit<NamedRule, 'id'> & { rule: string; loss: string })[];
  commissionable: { currency: string };
  lines: { line: number; sku: string; commissionable: number; share: number }[];
}

/** The facts of an explanation that the page shows beside its sentences; the API's document leaves their form open. */
export function explanationOf(reward: Schema<'RewardDetailDto'>) {
  const { rule, candidates, commissionable, lines } = reward.explanation as unknown as Explanation;
  const rules: NamedRule[] = [rule, ...candidates.map(({ rule: id, ...rest }) => ({ id, ...rest }))];
  return { rules, currency: commissionable.currency, lines };
}
