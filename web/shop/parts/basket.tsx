import { useMemo, useState } from 'react';
import { Amount } from '../../ui/amount.js';
import { amount } from '../../ui/format.js';
import { useLanguage } from '../../ui/language.js';
import { Refusal, shop, type ShopInfo, type ShopOrder, type Wish } from '../api.js';
import { useAction } from '../action.js';
import { useQuote } from '../prices.js';
import { useWords } from '../words.js';
import { oneMore } from './shelf.js';

interface Props {
  info: ShopInfo;
  visit: string | null;
  basket: readonly Wish[];
  onBasket: (basket: Wish[]) => void;
  onOrder: (order: ShopOrder) => void;
}

/** What the shopper takes, and what it costs them. */
export function Basket({ info, visit, basket, onBasket, onOrder }: Props) {
  const words = useWords();
  const { language } = useLanguage();
  const { busy, refusal, act } = useAction();
  const [round, setRound] = useState(0);
  const quote = useQuote(visit, basket, round);
  const thing = JSON.stringify([visit, basket]);
  // Pressed again for the same thing, it is the same press: the shop's server makes one order of it.
  const press = useMemo(() => thing && crypto.randomUUID(), [thing]);
  const nameOf = (sku: string): string => info.products.find((one) => one.sku === sku)?.name[language] ?? sku;
  const order = (): void => {
    if (!quote) return;
    act(async () => {
      try {
        onOrder(await shop.order(press, visit, [...basket], quote.total));
      } catch (error) {
        if (error instanceof Refusal && error.code === 'price.changed') setRound(round + 1);
        throw error;
      }
    });
  };
  return (
    <section aria-labelledby="basket" className="till">
      <h2 id="basket">{words.basket.title}</h2>
      {basket.length === 0 && <p className="quiet">{words.basket.empty}</p>}
      <ul>
        {basket.map(({ sku, quantity }) => (
          <li key={sku}>
            <span>{nameOf(sku)}</span>
            <span className="pieces">
              <button
                type="button"
                aria-label={words.basket.fewer(nameOf(sku))}
                onClick={() => {
                  onBasket(oneFewer(basket, sku));
                }}
              >
                −
              </button>
              <span>{quantity}</span>
              <button
                type="button"
                aria-label={words.basket.more(nameOf(sku))}
                onClick={() => {
                  onBasket(oneMore(basket, sku));
                }}
              >
                +
              </button>
            </span>
            <span className="sum">{quote && <Amount minor={lineTotal(quote.lines, sku)} asset={info.currency} />}</span>
          </li>
        ))}
      </ul>
      {basket.length > 0 && (
        <>
          <dl aria-busy={!quote}>
            {quote && quote.discountTotal > 0 && (
              <>
                <dt>{words.basket.listTotal}</dt>
                <dd>
                  <Amount minor={quote.listTotal} asset={info.currency} />
                </dd>
                <dt>{words.basket.discount}</dt>
                <dd>
                  <Amount minor={-quote.discountTotal} asset={info.currency} />
                </dd>
              </>
            )}
            <dt>{words.basket.total}</dt>
            <dd>
              <strong>{quote ? <Amount minor={quote.total} asset={info.currency} /> : '…'}</strong>
            </dd>
          </dl>
          <button type="button" className="main" disabled={busy || !quote} onClick={order}>
            {busy || !quote ? words.basket.ordering : words.basket.order(amount(quote.total, info.currency, language))}
          </button>
        </>
      )}
      {refusal && <p role="alert">{refusal}</p>}
    </section>
  );
}

function lineTotal(lines: readonly { sku: string; lineTotal: number }[], sku: string): number {
  return lines.find((line) => line.sku === sku)?.lineTotal ?? 0;
}

function oneFewer(basket: readonly Wish[], sku: string): Wish[] {
  return basket
    .map((wish) => (wish.sku === sku ? { sku, quantity: wish.quantity - 1 } : wish))
    .filter(({ quantity }) => quantity > 0);
}
