import { useRef } from 'react';
import { api, type Schema } from '../api/client.js';
import { isSignedOut } from './queries.js';

/**
 * Whose session it is, and whether it has ended since. Neither while it is not known yet. Who is signed out stays so until an answer says otherwise:
 * the question is asked again when they come back from reading their code.
 */
export function useSession() {
  const { data, error, refetch } = api.useQuery('get', '/v1/merchants/sessions/current', {}, { staleTime: 60_000 });
  const ended = useRef(false);
  if (error !== null && isSignedOut(error)) ended.current = true;
  else if (data && error === null) ended.current = false;
  return { session: data, ended: ended.current, error, refetch };
}

/** The merchant at the phone. Only below the shell, which shows nothing else to who is not signed in. */
export function useMe(): Schema<'SignedInMerchantDto'> {
  const { session } = useSession();
  if (!session) throw new Error('Nobody is signed in.');
  return session.merchant;
}

/** The part of every question that says about whom: `params: useMine()`. */
export function useMine() {
  return { path: { id: useMe().id } };
}
