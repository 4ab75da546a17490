import { useEffect, useState } from 'react';
import { shop, type Quote, type Wish } from './api.js';

/**
 * What pieces cost this shopper, as the shop's server says; asked for anew when the pieces or the visit change, and
 * when `round` does. Null while nothing is known, or when there are no pieces.
 */
export function useQuote(visit: string | null, wishes: readonly Wish[], round = 0): Quote | null {
  const [quote, setQuote] = useState<{ of: string; quote: Quote } | null>(null);
  const of = JSON.stringify([visit, wishes, round]);
  useEffect(() => {
    const [token, lines] = JSON.parse(of) as [string | null, Wish[]];
    if (lines.length === 0) return;
    let current = true;
    shop
      .quote(token, lines)
      .then((answer) => {
        if (current) setQuote({ of, quote: answer });
      })
      .catch(() => undefined); // the page stays without a price, and cannot order
    return () => {
      current = false;
    };
  }, [of]);
  return quote?.of === of ? quote.quote : null;
}
