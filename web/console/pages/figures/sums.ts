import type { Schema } from '../../../api/types.js';
import { daysAfter } from '../../parts/days.js';

/** Counts and sums of a day, a group, a storefront, a product or a merchant. */
export type Figures = Schema<'GroupFiguresDto'>;

const COUNTS = [
  'visits',
  'attributedVisits',
  'placed',
  'attributedPlaced',
  'completed',
  'attributedCompleted',
  'sales',
  'attributedSales',
  'refunded',
  'refunds',
] as const;

/** Counts and sums of one currency, and what rewards cost in it. */
export type Sums = Record<(typeof COUNTS)[number] | 'cost', number>;

/** What rewards of money cost; points and coupons are no part of it. */
export function costOf({ rewardCost, currency }: Figures): number {
  return rewardCost.find(({ asset }) => asset === currency)?.cost ?? 0;
}

/** All of them together; they have to be of one currency. */
export function sumOf(items: readonly Figures[]): Sums {
  const sums = Object.fromEntries(
    COUNTS.map((name) => [name, items.reduce((sum, item) => sum + (item[name] ?? 0), 0)]),
  ) as Omit<Sums, 'cost'>;
  return { ...sums, cost: items.reduce((sum, item) => sum + costOf(item), 0) };
}

/** What rewards cost of the sales that merchants brought, in basis points; null: there were none. */
export function shareOf({ cost, attributedSales }: Pick<Sums, 'cost' | 'attributedSales'>): number | null {
  if (attributedSales <= 0) return null;
  return Number((BigInt(cost) * 10_000n) / BigInt(attributedSales));
}

/** Every day from the first to the last with its sums; a day on which nothing happened has zeros. */
export function byDay(items: readonly Figures[], from: string, to: string): { day: string; sums: Sums }[] {
  const days: { day: string; sums: Sums }[] = [];
  for (let day = from; day <= to; day = daysAfter(day, 1)) {
    days.push({ day, sums: sumOf(items.filter((item) => item.day === day)) });
  }
  return days;
}
