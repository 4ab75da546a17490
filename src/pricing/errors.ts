import type { Problem } from '../shared/problem.js';

/** Refusals of price rules and quotes. */
export const pricingProblems = {
  'price-rule.not-found': { status: 404, title: 'No such price rule' },
  'price-rule.ended': { status: 409, title: 'The price rule has ended' },
  'price-rule.version-exists': { status: 409, title: 'The price rule has a version from that moment' },
  'quote.wrong-currency': { status: 422, title: 'Not the storefront’s currency' },
} satisfies Record<string, Problem>;

export type PricingErrorCode = keyof typeof pricingProblems;
