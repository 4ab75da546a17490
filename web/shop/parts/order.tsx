import { useEffect, useRef } from 'react';
import { Amount } from '../../ui/amount.js';
import { amount } from '../../ui/format.js';
import { useLanguage } from '../../ui/language.js';
import { shop, type ShopInfo, type ShopOrder, type Wish } from '../api.js';
import { useAction } from '../action.js';
import { useWords } from '../words.js';
import { Rewards } from './rewards.js';

interface Props {
  info: ShopInfo;
  order: ShopOrder;
  /** It was placed just now: readers are taken to it. */
  focused: boolean;
  onOrder: (order: ShopOrder) => void;
  /** The shopper goes on, with an empty basket. */
  onDone: () => void;
}

/** An order from its placing on: to be paid, to be returned in parts, and what the merchant gets for it. */
export function Order({ info, order, focused, onOrder, onDone }: Props) {
  const words = useWords();
  const { language } = useLanguage();
  const { busy, refusal, act } = useAction();
  const { orderId, state, lines, total, refunded } = order;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus();
  }, [focused, orderId]);
  const nameOf = (sku: string): string => info.products.find((one) => one.sku === sku)?.name[language] ?? sku;
  // Sent again after a lost answer, it is the same press: the shop's server gives back once.
  const returnedPieces = lines.reduce((sum, { returned }) => sum + returned, 0);
  const pay = (): void => {
    act(async () => {
      onOrder(await shop.pay(orderId));
    });
  };
  const giveBack = (wishes: Wish[]): void => {
    act(async () => {
      onOrder(await shop.refund(orderId, `after-${returnedPieces}`, wishes));
    });
  };
  const left = lines
    .map(({ sku, quantity, returned }) => ({ sku, quantity: quantity - returned }))
    .filter(({ quantity }) => quantity > 0);
  return (
    <section aria-labelledby="order" className="till">
      <h2 id="order" ref={heading} tabIndex={-1}>
        {words.order.title(orderId)}
      </h2>
      <p role="status">{words.order[state]}</p>
      <ul>
        {lines.map(({ sku, quantity, lineTotal, returned }) => (
          <li key={sku}>
            <span>
              {nameOf(sku)} × {quantity}
              {returned > 0 && <small> {words.order.returned(String(returned))}</small>}
            </span>
            {state === 'completed' && returned < quantity && (
              <button
                type="button"
                disabled={busy}
                aria-label={words.order.giveBack(nameOf(sku))}
                onClick={() => {
                  giveBack([{ sku, quantity: 1 }]);
                }}
              >
                {words.order.giveBackShort}
              </button>
            )}
            <span className="sum">
              <Amount minor={lineTotal} asset={info.currency} />
            </span>
          </li>
        ))}
      </ul>
      <dl>
        <dt>{words.basket.total}</dt>
        <dd>
          <strong>
            <Amount minor={total} asset={info.currency} />
          </strong>
        </dd>
        {refunded > 0 && (
          <>
            <dt>{words.order.refunded}</dt>
            <dd>
              <Amount minor={-refunded} asset={info.currency} />
            </dd>
          </>
        )}
      </dl>
      {state === 'placed' ? (
        <button type="button" className="main" disabled={busy} onClick={pay}>
          {busy ? words.order.paying : words.order.pay(amount(total, info.currency, language))}
        </button>
      ) : (
        <div className="ways">
          <button type="button" className="main" onClick={onDone}>
            {words.order.next}
          </button>
          {left.length > 0 && (
            <button
              type="button"
              disabled={busy}
              onClick={() => {
                giveBack(left);
              }}
            >
              {words.order.giveBackAll}
            </button>
          )}
        </div>
      )}
      {refusal && <p role="alert">{refusal}</p>}
      {state === 'completed' && <Rewards order={order} onUnknown={onDone} />}
    </section>
  );
}
