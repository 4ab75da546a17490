/** Refusals of price rules and quotes. */
export type PricingErrorCode =
  'price-rule.not-found' | 'price-rule.ended' | 'price-rule.version-exists' | 'quote.wrong-currency';
