import { specificity, type RuleScope } from '../../shared/rule.js';
import type { Unmet } from './reward-conditions.js';
import type { RewardRuleVersion } from './reward-rule.js';
import type { RewardRuleId } from '../../shared/ids.js';

/** Why a rule that covers a line does not win it: what kept it from taking part, or how it lost. */
export type Loss = Unmet | 'less-specific' | 'valid-earlier' | 'made-earlier';

/** A rule that covered the lines of a reward too, and why it did not win them. */
export interface Candidate {
  rule: RewardRuleId;
  version: number;
  name: string | null;
  scope: RuleScope;
  loss: Loss;
}

/** Contenders that a reward remembers, at most. */
const REMEMBERED = 10;

/** The candidates of one reward, each once. */
export class Candidates {
  private readonly seen = new Map<RewardRuleId, Candidate>();

  /** A rule that covers a line that `winner` has. */
  lostTo(winner: RewardRuleVersion, loser: RewardRuleVersion): void {
    this.add(loser, lossOf(winner, loser));
  }

  /** A rule that would have had its chance, had its own conditions been met. */
  add(rule: RewardRuleVersion, loss: Loss): void {
    if (this.seen.size >= REMEMBERED || this.seen.has(rule.ruleId)) return;
    const { ruleId, version, name, scope } = rule;
    this.seen.set(ruleId, { rule: ruleId, version, name, scope, loss });
  }

  list(): Candidate[] {
    return [...this.seen.values()];
  }
}

/** Where the order of rules told the two apart; see compareRules. Two rules in force are never versions of one. */
function lossOf(winner: RewardRuleVersion, loser: RewardRuleVersion): Loss {
  if (specificity(loser.scope) > specificity(winner.scope)) return 'less-specific';
  return loser.validFrom < winner.validFrom ? 'valid-earlier' : 'made-earlier';
}
