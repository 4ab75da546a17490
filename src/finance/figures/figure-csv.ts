import type { CsvCell } from '../../shared/csv.js';
import type { CohortsDto, FiguresDto, GroupFiguresDto } from './figure.dto.js';

/** Columns of counts and sums. What rewards cost stands in the row's currency, in points, and in coupons of all kinds. */
const FIGURE_COLUMNS = [
  'currency',
  'visits',
  'attributedVisits',
  'placed',
  'attributedPlaced',
  'cancelled',
  'completed',
  'attributedCompleted',
  'units',
  'sales',
  'attributedSales',
  'refunded',
  'refunds',
] as const satisfies readonly (keyof FiguresDto)[];

export const GROUP_COLUMNS = [
  'day',
  'storefront',
  'merchant',
  'merchantName',
  'group',
  'product',
  ...FIGURE_COLUMNS,
  'rewardCost',
  'rewardPoints',
  'rewardCoupons',
];

/** A group as a line. */
export function groupRow(view: GroupFiguresDto): CsvCell[] {
  const { day, storefront, merchant, group, product } = view;
  return [
    day,
    storefront,
    merchant?.id ?? null,
    merchant?.displayName ?? null,
    group,
    product,
    ...FIGURE_COLUMNS.map((column) => view[column]),
    costOf(view, (asset) => asset === view.currency),
    costOf(view, (asset) => asset === 'POINTS'),
    costOf(view, (asset) => asset.startsWith('COUPON:')),
  ];
}

export const COHORT_COLUMNS = ['joined', 'merchants', 'month', 'since', 'active', 'completed', 'currency', 'sales'];

/** A line for each month of each cohort; a cohort that did nothing has one without a month. */
export function cohortRows({ currency, items }: CohortsDto): CsvCell[][] {
  return items.flatMap(({ joined, merchants, months }) =>
    months.length === 0
      ? [[joined, merchants, null, null, null, null, currency, null]]
      : months.map(({ month, since, active, completed, sales }) => {
          return [joined, merchants, month, since, active, completed, currency, sales];
        }),
  );
}

function costOf({ rewardCost }: FiguresDto, wanted: (asset: string) => boolean): number {
  return rewardCost.filter(({ asset }) => wanted(asset)).reduce((sum, { cost }) => sum + cost, 0);
}
