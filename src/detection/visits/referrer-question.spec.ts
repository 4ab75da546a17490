import { questionFor, standing, type QuestionRule, type ReferrerAnswer } from './referrer-question.js';

const DAY = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const after = (days: number, ms = 0) => new Date(start + days * DAY + ms);
const answer: ReferrerAnswer = { brought: false, settled: true, at: after(0).toISOString() };
const rule: QuestionRule = { touch: 'last', attributionWindowDays: 30, askAgainDays: null };

test('an answer stands as long as a visit attributes, or as long as the storefront has set', () => {
  expect(standing(answer, rule, after(30, -1))).toBe(answer);
  expect(standing(answer, rule, after(30))).toBeUndefined();
  const week = { ...rule, askAgainDays: 7 };
  expect(standing(answer, week, after(7, -1))).toBe(answer);
  expect(standing(answer, week, after(7))).toBeUndefined();
  expect(standing(answer, { ...rule, askAgainDays: 90 }, after(90, -1))).toBe(answer);
  expect(standing(answer, { ...rule, askAgainDays: 0 }, after(0))).toBeUndefined();
  expect(standing(undefined, rule, after(0))).toBeUndefined();
});

test('the shopper is asked until they have answered, or a merchant counts', () => {
  const asks = { question: 'referrer' };
  expect(questionFor(false, undefined)).toEqual(asks);
  expect(questionFor(true, undefined)).toBeNull();
  expect(questionFor(false, { ...answer, brought: true, settled: false })).toEqual(asks);
  expect(questionFor(false, answer)).toBeNull();
  expect(questionFor(false, { ...answer, brought: true })).toBeNull();
});
