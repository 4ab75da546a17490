import { api } from '../../api/client.js';
import { useMine } from '../session.js';

/** In how many days "soon" ends. */
export const SOON_DAYS = 30;
const MOST = 100;

/** Coupons that are to be redeemed soon, the first to expire first; of very many the oldest hundred. */
export function useExpiringCoupons() {
  const { path } = useMine();
  const query = { state: 'issued', withinDays: SOON_DAYS, limit: MOST } as const;
  const { data } = api.useQuery('get', '/v1/merchants/{id}/coupons', { params: { path, query } });
  const coupons = [...(data?.items ?? [])].sort((a, b) => (a.expiresAt ?? '').localeCompare(b.expiresAt ?? ''));
  return { coupons, more: (data?.nextCursor ?? null) !== null };
}
