import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { client, problemOf } from '../api/client.js';

const SESSION = ['get', '/v1/merchants/sessions/current'];

// One browser may hold a session of staff and one of a merchant; these pages mean the merchant's.
client.use({
  onRequest: ({ request }) => {
    request.headers.set('Yinke-Caller', 'merchant');
    return request;
  },
});

/** What every page of the portal reads with. What was read stays for when the network is away. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (queryKey[1] !== SESSION[1]) noticeEndOfSession(error);
    },
  }),
  mutationCache: new MutationCache({ onError: noticeEndOfSession }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: Infinity,
      // Asked even if the phone believes that it has no network: it is often wrong, and pages say when an answer is old.
      networkMode: 'always',
      // What could not be read anew is asked for again when its page is opened.
      refetchOnMount: ({ state }) => state.error === null || 'always',
      retry: (failures, error) => isAway(error) && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
});

// What was read before the network went may be old by now.
addEventListener('online', () => void queries.invalidateQueries());

/** Whether nobody is signed in, by the answer to any question. */
export function isSignedOut(error: unknown): boolean {
  const { code } = problemOf(error);
  return code === 'access.unauthenticated' || code === 'access.sign-in-required';
}

/** Whether the service could not be reached. */
export function isAway(error: unknown): boolean {
  const { code } = problemOf(error);
  return code === 'network.away' || code === 'service.database-away' || code === 'service.not-ready';
}

/** The question for the session is asked again; when there is none, the shell shows the sign-in above what is open. */
export function noticeEndOfSession(error: unknown): void {
  if (isSignedOut(error)) void queries.invalidateQueries({ queryKey: SESSION });
}
