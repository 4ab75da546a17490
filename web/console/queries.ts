import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problemOf } from '../api/client.js';

const SESSION = ['get', '/v1/staff/sessions/current'];

/** What every page of the console reads with. A session that has ended is noticed by whatever asks first. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (queryKey[1] !== SESSION[1]) noticeEndOfSession(error);
    },
  }),
  mutationCache: new MutationCache({ onError: noticeEndOfSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => problemOf(error).code === 'network.away' && failures < 3,
    },
  },
});

/** The question for the session is asked again; when there is none, the shell shows the sign-in above what is open. */
export function noticeEndOfSession(error: unknown): void {
  if (problemOf(error).code === 'access.unauthenticated') void queries.invalidateQueries({ queryKey: SESSION });
}
