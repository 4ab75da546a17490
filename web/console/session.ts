import { api, problemOf, type Schema } from '../api/client.js';

export type Role = Schema<'SessionStaffDto'>['roles'][number];

/** Whose session it is, and whether it has ended since. Neither while it is not known yet. */
export function useSession(): { session: Schema<'SessionDto'> | undefined; ended: boolean } {
  const { data, error } = api.useQuery('get', '/v1/staff/sessions/current', {}, { staleTime: 60_000 });
  return { session: data, ended: error !== null && problemOf(error).code === 'access.unauthenticated' };
}

/** The person at the console. Only below the shell, which shows nothing else to who is not signed in. */
export function useMe(): Schema<'SessionStaffDto'> {
  const { session } = useSession();
  if (!session) throw new Error('Nobody is signed in.');
  return session.staff;
}

/** Whether the person has any of these roles. */
export function useMay(...roles: readonly Role[]): boolean {
  const me = useMe();
  return roles.some((role) => me.roles.includes(role));
}
