import { useQuery } from '@tanstack/react-query';
import { client, type Schema } from '../../api/client.js';
import { useMine } from '../session.js';
import { refusal } from './refusal.js';

/** What of a pending balance becomes available on a day. */
export interface PendingDay {
  /** A moment of the day. */
  at: string;
  amount: number;
}

const PAGE = 100;
const MOST_PAGES = 20;
const STALE_MS = 5 * 60_000;

/** Kept under a name of its own: the days alone, not the orders that they were read from. */
export const PENDING_DAYS = 'pending-days';

/**
 * On which days a pending balance becomes available, the first first. Read from the orders, the latest first, until they explain the balance; what
 * they do not explain is not in the days.
 */
export function usePendingDays(asset: string, balance: number) {
  const { path } = useMine();
  return useQuery({
    queryKey: ['get', PENDING_DAYS, path.id, asset, balance],
    enabled: balance > 0,
    staleTime: STALE_MS,
    queryFn: async ({ signal }): Promise<PendingDay[]> => {
      const rewards: Schema<'MerchantRewardDto'>[] = [];
      let cursor: string | null | undefined;
      let pages = 0;
      do {
        const page = await completedOrders(path.id, cursor, signal);
        rewards.push(...page.items.flatMap((order) => order.rewards.filter((reward) => reward.asset === asset)));
        cursor = page.nextCursor;
        pages += 1;
      } while (cursor && pages < MOST_PAGES && sumOf(rewards) < balance);
      return byDay(rewards);
    },
  });
}

async function completedOrders(id: string, cursor: string | null | undefined, signal: AbortSignal) {
  const query = { state: 'completed', limit: PAGE, ...(cursor && { cursor }) } as const;
  const { data, error } = await client.GET('/v1/merchants/{id}/orders', { params: { path: { id }, query }, signal });
  if (error) throw refusal(error);
  return data;
}

function sumOf(rewards: readonly { pending: number }[]): number {
  return rewards.reduce((sum, { pending }) => sum + pending, 0);
}

function byDay(rewards: readonly Schema<'MerchantRewardDto'>[]): PendingDay[] {
  const days = new Map<string, PendingDay>();
  const waiting = rewards.filter(({ pending, matureAt }) => pending > 0 && matureAt !== null);
  for (const { pending, matureAt } of waiting) {
    const at = matureAt!;
    const key = new Date(at).toDateString();
    const before = days.get(key);
    days.set(key, { at: before?.at ?? at, amount: (before?.amount ?? 0) + pending });
  }
  return [...days.values()].sort((a, b) => a.at.localeCompare(b.at));
}
