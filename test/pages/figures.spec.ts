import { byDay, shareOf, sumOf, type Figures } from '../../web/console/pages/figures/sums.js';
import { daysAfter, momentsOf } from '../../web/console/parts/days.js';

const nothing: Figures = {
  day: null,
  merchant: null,
  group: null,
  storefront: null,
  product: null,
  currency: 'CNY',
  visits: 0,
  attributedVisits: 0,
  placed: 0,
  attributedPlaced: 0,
  cancelled: 0,
  completed: 0,
  attributedCompleted: 0,
  units: null,
  sales: 0,
  attributedSales: 0,
  refunded: 0,
  refunds: 0,
  rewardCost: [],
};

test('days on which nothing happened stand between the others, with zeros', () => {
  const days = byDay([{ ...nothing, day: '2026-02-27', sales: 500 }], '2026-02-26', '2026-03-01');
  expect(days.map(({ day, sums }) => [day, sums.sales])).toEqual([
    ['2026-02-26', 0],
    ['2026-02-27', 500],
    ['2026-02-28', 0],
    ['2026-03-01', 0],
  ]);
});

test('the cost of rewards is that of money: points and coupons are not added to it', () => {
  const costs = [
    { asset: 'CNY', granted: 300, takenBack: 400, cost: -100 },
    { asset: 'POINTS', granted: 9000, takenBack: 0, cost: 9000 },
  ];
  expect(sumOf([{ ...nothing, rewardCost: costs }, nothing]).cost).toBe(-100);
});

test('the share of sales is exact with sums that a float would round, and there is none without sales', () => {
  expect(shareOf({ cost: 9_007_199_254_740_990, attributedSales: 9_007_199_254_740_991 })).toBe(9999);
  expect(shareOf({ cost: 5, attributedSales: 0 })).toBeNull();
});

test('a period of days asks from the begin of the first to the begin of the day after the last', () => {
  const { from, to } = momentsOf('2026-03-28', '2026-03-31');
  expect(new Date(from!).toString()).toContain('Mar 28 2026 00:00:00');
  expect(new Date(to!).toString()).toContain('Apr 01 2026 00:00:00');
  expect(momentsOf(undefined, undefined)).toEqual({ from: undefined, to: undefined });
  expect(daysAfter('2026-03-01', -1)).toBe('2026-02-28');
});
