import { dehydrate, hydrate, type DehydratedState, type Query, type QueryClient } from '@tanstack/react-query';
import { PENDING_DAYS } from './parts/pending-days.js';

const KEPT_AS = 'yinke.portal.last-known';

/** Answers that are worth showing while there is no network. Codes of coupons are worth money, and are not among them. */
const KEPT = new Set([
  '/v1/merchants/sessions/current',
  '/v1/merchants/{id}',
  '/v1/merchants/{id}/balances',
  '/v1/merchants/{id}/debts',
  '/v1/merchants/{id}/orders',
  '/v1/merchants/{id}/payouts',
  '/v1/merchants/{id}/points',
  '/v1/merchants/{id}/stats',
  '/v1/merchants/{id}/storefronts',
  PENDING_DAYS,
]);

/** WeChat's browser on iPhones runs no service worker, so what was last known is kept here, with the time of each answer. */
export function keepLastKnown(queries: QueryClient): void {
  const kept = read();
  if (kept) {
    hydrate(queries, kept);
    // Shown at once, and asked for anew however young it is: who reloads wants to know.
    void queries.invalidateQueries({ refetchType: 'none' });
  }
  let waiting: ReturnType<typeof setTimeout> | undefined;
  queries.getQueryCache().subscribe(({ type, query }) => {
    const { queryKey } = query as Query;
    if (type !== 'updated' || query.state.status !== 'success' || !KEPT.has(String(queryKey[1]))) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => write(queries), 500);
  });
}

/** For who signs out, or was signed out: nothing of theirs stays on the phone. */
export function forgetLastKnown(): void {
  try {
    localStorage.removeItem(KEPT_AS);
  } catch {
    // a browser that keeps nothing
  }
}

function read(): DehydratedState | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null') as DehydratedState;
  } catch {
    return undefined;
  }
}

function write(queries: QueryClient): void {
  const state = dehydrate(queries, {
    shouldDehydrateQuery: ({ queryKey, state: { status } }) => status === 'success' && KEPT.has(String(queryKey[1])),
    shouldDehydrateMutation: () => false,
  });
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(state));
  } catch {
    forgetLastKnown(); // no room: better nothing than something old
  }
}
