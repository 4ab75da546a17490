import { useTalk, type Exchange } from '../talk.js';
import { useWords } from '../words.js';
import type { ShopWords } from '../../messages/en/shop.js';

/** What each call is for. */
const STEPS: readonly (readonly [RegExp, keyof ShopWords['talk']['steps']])[] = [
  [/^POST \/v1\/visits$/, 'visit'],
  [/^POST \/v1\/visits\/.*\/referrer$/, 'referrer'],
  [/^POST \/v1\/quotes$/, 'quote'],
  [/^POST \/v1\/orders$/, 'order'],
  [/^POST \/v1\/orders\/.*\/complete$/, 'complete'],
  [/^POST \/v1\/orders\/.*\/refunds$/, 'refund'],
  [/^GET \/v1\/orders\//, 'readOrder'],
  [/^GET \/shop\/api\/shop$/, 'shop'],
  [/^POST \/shop\/api\/quote$/, 'askPrice'],
  [/^POST \/shop\/api\/orders$/, 'askOrder'],
  [/^POST \/shop\/api\/orders\/.*\/payment$/, 'pay'],
  [/^POST \/shop\/api\/orders\/.*\/refunds$/, 'askRefund'],
  [/^GET \/shop\/api\/orders\//, 'look'],
];

/** What page, shop and Yinke say to each other; to be opened. */
export function Talk() {
  const { talk } = useWords();
  const exchanges = useTalk();
  return (
    <aside aria-labelledby="talk">
      <details className="talk">
        <summary>
          <h2 id="talk">{talk.title}</h2> <span className="quiet">{exchanges.length}</span>
        </summary>
        <p className="quiet">{talk.text}</p>
        <ol>
          {exchanges.map((exchange) => (
            <Said key={exchange.id} exchange={exchange} />
          ))}
        </ol>
      </details>
    </aside>
  );
}

function Said({ exchange }: { exchange: Exchange }) {
  const { talk } = useWords();
  const { route, method, path, authorization, request, status, answer, inner } = exchange;
  const call = `${method} ${path}`;
  const step = STEPS.find(([pattern]) => pattern.test(call))?.[1];
  return (
    <li data-route={route}>
      <p>
        <b>{talk.routes[route]}</b> <code>{call}</code>{' '}
        <span data-refused={status === 0 || status >= 400 || undefined}>{status === 0 ? talk.nothing : status}</span>
      </p>
      {authorization && (
        <p>
          <code>Authorization: {authorization}</code>
        </p>
      )}
      {step && <p className="quiet">{talk.steps[step]}</p>}
      <Content title={talk.request} value={request} />
      <Content title={talk.answer} value={answer} />
      {inner.length > 0 && (
        <ol>
          {inner.map((one) => (
            <Said key={one.id} exchange={one} />
          ))}
        </ol>
      )}
    </li>
  );
}

function Content({ title, value }: { title: string; value: unknown }) {
  if (value === null) return null;
  return (
    <details>
      <summary>{title}</summary>
      {/* Long lines scroll, by keyboard too. */}
      <pre tabIndex={0}>{JSON.stringify(value, null, 1)}</pre>
    </details>
  );
}
