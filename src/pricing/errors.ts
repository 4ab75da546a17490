/** Refusals of price rules and quotes. */
export type PricingErrorCode =
  'price-rule.not-found' | 'price-rule.ended' | 'price-rule.invalid' | 'quote.wrong-currency';
