import { Amount } from '../../ui/amount.js';
import { useLanguage } from '../../ui/language.js';
import type { ShopInfo, Wish } from '../api.js';
import { useQuote } from '../prices.js';
import { useWords } from '../words.js';

interface Props {
  info: ShopInfo;
  visit: string | null;
  basket: readonly Wish[];
  onBasket: (basket: Wish[]) => void;
}

/** Every product at this shopper's price, and at the list price where that is another one. */
export function Shelf({ info, visit, basket, onBasket }: Props) {
  const { shelf } = useWords();
  const { language } = useLanguage();
  const quote = useQuote(
    visit,
    info.products.map(({ sku }) => ({ sku, quantity: 1 })),
  );
  return (
    <section aria-labelledby="shelf">
      <h2 id="shelf">{shelf.title}</h2>
      <ul className="shelf">
        {info.products.map(({ sku, listPrice, name, text }) => {
          const price = quote?.lines.find((line) => line.sku === sku)?.unitPrice ?? listPrice;
          return (
            <li key={sku}>
              <div>
                <h3>{name[language]}</h3>
                <p className="quiet">{text[language]}</p>
                <Price list={listPrice} price={price} currency={info.currency} />
              </div>
              <button
                type="button"
                aria-label={shelf.addOf(name[language])}
                onClick={() => {
                  onBasket(oneMore(basket, sku));
                }}
              >
                {shelf.add}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Price({ list, price, currency }: { list: number; price: number; currency: string }) {
  const { shelf } = useWords();
  return (
    <p className="price">
      <span className="visually-hidden">{price < list ? shelf.price : shelf.listPrice} </span>
      <strong>
        <Amount minor={price} asset={currency} />
      </strong>
      {price < list && (
        <>
          {' '}
          <span className="visually-hidden">{shelf.listPrice} </span>
          <s>
            <Amount minor={list} asset={currency} />
          </s>
        </>
      )}
    </p>
  );
}

/** One piece more of a product. */
export function oneMore(basket: readonly Wish[], sku: string): Wish[] {
  const known = basket.some((wish) => wish.sku === sku);
  return known
    ? basket.map((wish) => (wish.sku === sku ? { sku, quantity: Math.min(wish.quantity + 1, 20) } : wish))
    : [...basket, { sku, quantity: 1 }];
}
