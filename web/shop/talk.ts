import { useSyncExternalStore } from 'react';

/** Who speaks to whom. */
export type Route = 'page-yinke' | 'page-shop' | 'shop-yinke';

/** One request and its answer, with tokens cut short. */
export interface Exchange {
  id: number;
  route: Route;
  method: string;
  path: string;
  /** Which kind of key it was sent with; null: none. */
  authorization: string | null;
  request: unknown;
  /** 0: there was no answer. */
  status: number;
  answer: unknown;
  /** What the shop's server said to Yinke before it answered. */
  inner: Exchange[];
}

/** What the shop's server tells of its own calls. */
export type Said = Pick<Exchange, 'method' | 'path' | 'authorization' | 'request' | 'status' | 'answer'>;

/** A signed token has no blank in it and is longer than any id. */
const TOKEN = /^[\w.~=-]{41,}$/;
const MOST = 60;

let exchanges: readonly Exchange[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return TOKEN.test(value) ? `${value.slice(0, 8)}…${value.slice(-4)}` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shortened(part)]));
}

function exchange(route: Route, said: Said, inner: Exchange[]): Exchange {
  lastId += 1;
  return { ...said, id: lastId, route, request: shortened(said.request), answer: shortened(said.answer), inner };
}

/** Notes an exchange, with those that the shop's server made for it. */
export function note(route: Route, said: Said, server: readonly Said[] = []): void {
  const inner = server.map((one) => exchange('shop-yinke', one, []));
  const noted = exchange(route, said, inner);
  // Asking again whether the reward has come is told once.
  const [latest, ...rest] = exchanges;
  const again = latest?.method === 'GET' && said.method === 'GET' && latest.path === said.path;
  exchanges = [noted, ...(again ? rest : exchanges)].slice(0, MOST);
  for (const listener of listeners) listener();
}

/** Every exchange so far, the latest first. */
export function useTalk(): readonly Exchange[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => exchanges,
  );
}
