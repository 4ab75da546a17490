import { Amount } from '../../ui/amount.js';
import { decimal, decimalsOf } from '../../ui/format.js';
import { useLanguage, type Language } from '../../ui/language.js';
import type { Product, ShopInfo, Wish } from '../api.js';
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
        {info.products.map((product) => {
          const { sku, listPrice, name, text } = product;
          const price = quote?.lines.find((line) => line.sku === sku)?.unitPrice ?? listPrice;
          return (
            <li key={sku} id={sku}>
              <div>
                <h3>{name[language]}</h3>
                <p className="quiet">{text[language]}</p>
                <Price list={listPrice} price={price} currency={info.currency} />
                <a className="share" href={sharePage(info, product, language)}>
                  {shelf.share}
                </a>
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

/** Where a merchant shares this product from, in Yinke's portal, with the fields there filled in. */
function sharePage({ yinke, currency }: ShopInfo, product: Product, language: Language): string {
  const page = new URL('/portal/share', yinke.url);
  page.search = new URLSearchParams({
    to: `${location.origin}${location.pathname}#${product.sku}`,
    name: product.name[language],
    sku: product.sku,
    ...(product.category !== null && { category: product.category }),
    price: decimal(product.listPrice, decimalsOf(currency)),
  }).toString();
  return page.href;
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
