import { reasonOf, type DecidedAttribution, type PreviousToken } from '../detection/visits/index.js';
import type { QuoteId, VisitId } from '../shared/ids.js';
import { amount, id, letters, moment, oneOf, or, record, text, whole, type Packing } from '../shared/packing.js';
import { TokenSigner, type TokenKey } from '../shared/signed-token.js';

/** What a quote token says to its storefront; pricing issues it, placing an order checks it. */
export interface QuoteClaims {
  /** quo_… */
  id: QuoteId;
  /** The visit it was made for; null without attribution data. */
  visitId: VisitId | null;
  /** The merchant whose price it is, as the visit token attributed it when the quote was made: the quote keeps it. */
  attribution: DecidedAttribution | null;
  /** As the visit's token says it; the reason of the attribution tells it. */
  previous: PreviousToken;
  currency: string;
  /** {@link orderLinesHash} of the lines as quoted. */
  linesHash: string;
  /** Minor units, a decimal string. */
  total: string;
}

type Facts = Omit<DecidedAttribution, 'reason'>;

const FACTS = record<Facts>({
  merchantId: id('merchant'),
  via: oneOf('code', 'referrer'),
  visitId: id('visit'),
  attributedAt: moment,
  decision: record<Facts['decision']>({ touch: oneOf('first', 'last'), windowDays: whole(2), touches: whole(1) }),
  ownPurchase: oneOf(undefined, true),
});

const FIELDS = record<Omit<QuoteClaims, 'attribution'> & { attribution: Facts | null }>({
  id: id('quote'),
  visitId: or(null, id('visit')),
  attribution: or(null, FACTS),
  previous: oneOf('none', 'used', 'expired', 'refused'),
  currency: text,
  linesHash: letters('hex', 64),
  total: amount,
});

/** The sentence that gives the reason is not carried: it follows from the facts. */
export const QUOTE_PACKING: Packing<QuoteClaims> = {
  write: (to, claims) => {
    FIELDS.write(to, claims);
  },
  read(from) {
    const { attribution, ...claims } = FIELDS.read(from);
    if (!attribution) return { ...claims, attribution };
    return { ...claims, attribution: { ...attribution, reason: reasonOf(attribution, claims.previous) } };
  },
};

/** Signs quote tokens, each for the storefront whose it is. */
export function quoteSigner(keys: readonly TokenKey[]): TokenSigner<QuoteClaims> {
  return new TokenSigner('quote', keys, QUOTE_PACKING);
}
