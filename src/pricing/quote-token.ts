import type { Attribution } from '../detection/visits/index.js';
import type { QuoteId, StorefrontId, VisitId } from '../shared/ids.js';

/** What a quote token says; pricing issues it, placing an order checks it. */
export interface QuoteClaims {
  /** quo_… */
  id: QuoteId;
  storefrontId: StorefrontId;
  /** The visit it was made for; null without attribution data. */
  visitId: VisitId | null;
  /** The merchant whose price it is, as the visit token attributed it when the quote was made: the quote keeps it. */
  attribution: Attribution | null;
  currency: string;
  /** {@link orderLinesHash} of the lines as quoted. */
  linesHash: string;
  /** Minor units, a decimal string. */
  total: string;
}

export const QUOTE_TOKEN = 'quote';
