import { useEffect, useState } from 'react';
import { count } from '../ui/format.js';
import { useLanguage } from '../ui/language.js';
import type { ShopOrder, Wish } from './api.js';
import { useKept } from './kept.js';
import { Basket } from './parts/basket.js';
import { Brought } from './parts/brought.js';
import { Looking } from './parts/looking.js';
import { Order } from './parts/order.js';
import { Shelf } from './parts/shelf.js';
import { Talk } from './parts/talk.js';
import { useEntered, type Entered } from './visit.js';
import { useWords } from './words.js';

/** The whole shop: it is one page, and beside it what is said behind it. */
export function Page() {
  const words = useWords();
  const { entered, failed } = useEntered();
  useEffect(() => {
    document.title = words.name;
  }, [words]);
  return (
    <>
      <Header />
      <div className="columns">
        <main>
          <h1>{words.name}</h1>
          {entered && <Shop entered={entered} />}
          {failed && <p role="alert">{words.refusals['shop.broken']}</p>}
        </main>
        <Talk />
      </div>
    </>
  );
}

function Header() {
  const words = useWords();
  const { language, choose } = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <header>
      <a href="/">{words.doors}</a>
      <button
        type="button"
        lang={other}
        onClick={() => {
          choose(other);
        }}
      >
        {words.language.other}
      </button>
    </header>
  );
}

function Shop({ entered }: { entered: Entered }) {
  const { info, visit } = entered;
  const [basket, setBasket] = useKept<Wish[]>('basket', []);
  const [order, setOrder] = useKept<ShopOrder | null>('order', null);
  const [placedNow, setPlacedNow] = useState(false);
  const words = useWords();
  const { language } = useLanguage();
  const token = visit?.visit ?? null;
  const pieces = basket.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <>
      {info.guests.length > 0 && <Looking guests={info.guests} codeParameter={info.yinke.codeParameter} />}
      <Brought entered={entered} />
      <div className="counter">
        <Shelf info={info} visit={token} basket={basket} onBasket={setBasket} />
        {order ? (
          <Order
            info={info}
            order={order}
            focused={placedNow}
            onOrder={setOrder}
            onDone={() => {
              setOrder(null);
            }}
          />
        ) : (
          <Basket
            info={info}
            visit={token}
            basket={basket}
            onBasket={setBasket}
            onOrder={(placed) => {
              setBasket([]);
              setPlacedNow(true);
              setOrder(placed);
            }}
          />
        )}
      </div>
      {!order && pieces > 0 && (
        <a className="button to-till" href="#basket">
          {words.basket.pieces(count(pieces, language))}
        </a>
      )}
    </>
  );
}
