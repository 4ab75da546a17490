/** How the shopper named the merchant. */
export type Via = 'code' | 'referrer';

/** Why a merchant counts for an order, kept on it for good. */
export interface Attribution {
  merchantId: string;
  via: Via;
  visitId: string;
  /** When the shopper came with the code, or named the merchant. */
  attributedAt: string;
  /** One sentence for people: which visit, window and touch rule decided. */
  reason: string;
}
