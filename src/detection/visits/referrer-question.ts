import type { Storefront } from '../../database/index.js';
import { windowMs, type AttributionRule } from './attribution.js';
import { DAY_MS } from '../../shared/calendar.js';

/** What a shopper said to the question who brought them, as tokens remember it. */
export interface ReferrerAnswer {
  /** Somebody brought them; false: nobody. */
  brought: boolean;
  /** There is nothing more to ask: they said nobody, or gave a WeChat ID, be it known or not. */
  settled: boolean;
  /** RFC 3339, UTC. */
  at: string;
}

/** The storefront's settings that decide. */
export type QuestionRule = AttributionRule & Pick<Storefront, 'askAgainDays'>;

/** How long an answer stands before the shopper may be asked again, in milliseconds. */
export function answerMs(rule: QuestionRule): number {
  return rule.askAgainDays === null ? windowMs(rule) : rule.askAgainDays * DAY_MS;
}

/** The answer if it still stands at `now`. */
export function standing(
  answer: ReferrerAnswer | undefined,
  rule: QuestionRule,
  now: Date,
): ReferrerAnswer | undefined {
  return answer && now.getTime() - Date.parse(answer.at) < answerMs(rule) ? answer : undefined;
}

/**
 * What to ask the shopper: nothing when a merchant counts or when they have answered; else who brought them. Nobody and
 * an unknown WeChat ID are treated alike.
 */
export function questionFor(attributed: boolean, answer: ReferrerAnswer | undefined): { question: 'referrer' } | null {
  return attributed || answer?.settled === true ? null : { question: 'referrer' };
}
