import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  assertMerchant,
  MerchantDirectory,
  merchantName,
  MerchantRegistry,
  StorefrontDirectory,
} from '../../database/index.js';
import { Clock } from '../../core/clock.js';
import { Config } from '../../core/config.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { addDays, localDay, monthRange } from '../../shared/calendar.js';
import { invalidFields } from '../../shared/domain-error.js';
import type { MerchantId, StorefrontId } from '../../shared/ids.js';
import { pageRequest } from '../../shared/page.dto.js';
import { pageOf } from '../../shared/page.js';
import { sumToWire } from '../ledger/index.js';
import { DayCountRepository } from './day-count.repository.js';
import type {
  CohortDto,
  CohortQuery,
  CohortsDto,
  DaysQuery,
  FigurePageDto,
  FigureQuery,
  FiguresDto,
  GroupFiguresDto,
  Grouping,
  LeaderQuery,
  LeadersDto,
  MerchantFiguresDto,
  RewardCostDto,
} from './figure.dto.js';
import {
  FigureRepository,
  type Cost,
  type FigureFilter,
  type Figures,
  type GroupKey,
  type Sold,
} from './figure.repository.js';

/** Days that one answer may span. */
const MAX_DAYS = 400;
const DEFAULT_DAYS = 30;

interface DayRange {
  from: string;
  to: string;
}

/**
 * Counts and sums by day, as people see them. Nothing of it reads a visit, an order or a journal. Those of all merchants are read over the pool for what
 * reads much, a merchant's own like any page.
 */
@Injectable()
export class FigureService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly figures: FigureRepository,
    private readonly counts: DayCountRepository,
    private readonly merchants: MerchantDirectory,
    private readonly registry: MerchantRegistry,
    private readonly storefronts: StorefrontDirectory,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Pick<Config, 'accountingTimeZone'>,
  ) {}

  /** A page of groups. Throws `request.invalid` when the days are none, or too many. */
  async listFigures(query: FigureQuery): Promise<FigurePageDto> {
    const days = this.daysOf(query);
    const { limit, after } = pageRequest(query);
    const by = query.groupBy ?? 'day';
    const filter = { ...days, storefrontId: query.storefront, merchantId: query.merchant };
    const groups = await this.groupsOf(await this.unitOfWork.heavyReader(), by, filter, keyOf(after), limit + 1);
    const page = pageOf(
      groups,
      limit,
      ({ key, currency }) => `${currency}${key}`,
      ({ view }) => view,
    );
    return { ...days, countedUntil: await this.countedUntil(), ...page };
  }

  /** Every group, page by page as it is read. */
  async *streamFigures(query: FigureQuery): AsyncGenerator<GroupFiguresDto> {
    const filter = { ...this.daysOf(query), storefrontId: query.storefront, merchantId: query.merchant };
    const chunk = 500;
    const reader = await this.unitOfWork.heavyReader();
    for (let after: GroupKey | null = null; ;) {
      const groups: (GroupKey & { view: GroupFiguresDto })[] = await this.groupsOf(
        reader,
        query.groupBy ?? 'day',
        filter,
        after,
        chunk,
      );
      for (const { view } of groups) yield view;
      after = groups.at(-1) ?? null;
      if (groups.length < chunk) return;
    }
  }

  /** The merchants who are first in something. Throws `request.invalid` when the days are none, or too many. */
  async listLeaders(query: LeaderQuery): Promise<LeadersDto> {
    const days = this.daysOf(query);
    const currency = this.currencyOf(query);
    const filter = { ...days, storefrontId: query.storefront, currency };
    const reader = await this.unitOfWork.heavyReader();
    const rows = await this.figures.rank(reader, query.by ?? 'sales', filter, query.limit);
    const costs = await this.figures.sumCosts(
      reader,
      'merchant',
      filter,
      rows.map(({ key }) => key),
    );
    const items = rows.map((row) => this.viewOf('merchant', row, figuresDto(row, costsOf(costs, row))));
    return { ...days, currency, countedUntil: await this.countedUntil(), items };
  }

  /** Merchants by month of joining, and what they brought in each month since. */
  async listCohorts(query: CohortQuery): Promise<CohortsDto> {
    const { accountingTimeZone: timeZone } = this.config;
    const now = this.clock.now();
    const today = localDay(timeZone, now);
    const months = lastMonths(today.slice(0, 7), query.months);
    const ranges = new Map(months.map((month) => [month, monthRange(month, timeZone)]));
    const currency = this.currencyOf(query);
    const reader = await this.unitOfWork.heavyReader();
    const joined = await this.figures.countJoined(reader, ranges);
    const filter = { from: `${months[0] ?? ''}-01`, to: addDays(today, 1), storefrontId: query.storefront, currency };
    const rows = await this.figures.sumCohorts(reader, ranges, filter);
    const items = months.map((one): CohortDto => {
      const mine = rows.filter((row) => row.joined === one);
      return {
        joined: one,
        merchants: joined.get(one) ?? 0,
        months: mine.map(({ month, active, completed, sales }) => {
          return { month, since: monthsFrom(one, month), active, completed, sales: sumToWire(sales, currency) };
        }),
      };
    });
    return { currency, countedUntil: await this.countedUntil(), items };
  }

  /** What a merchant brought today, this month and by day. Throws `merchant.not-found` and `request.invalid`. */
  async readMerchantFigures(merchantId: MerchantId, query: DaysQuery): Promise<MerchantFiguresDto> {
    const days = this.daysOf(query);
    await assertMerchant(this.unitOfWork.reader, this.registry, merchantId);
    const [today, month] = [await this.currentOf(merchantId, 'day'), await this.currentOf(merchantId, 'month')];
    const own = { ...days, merchantId };
    const groups = await this.groupsOf(this.unitOfWork.reader, 'day', own, null, MAX_DAYS * 10);
    return {
      ...days,
      countedUntil: await this.countedUntil(),
      today,
      month,
      days: groups.map(({ key: day, view }) => ({ day, ...bare(view) })),
    };
  }

  /** The running day or month of each storefront, by its own clocks; those of one currency together. */
  private async currentOf(merchantId: MerchantId, span: 'day' | 'month'): Promise<FiguresDto[]> {
    const now = this.clock.now();
    const byRange = new Map<string, StorefrontId[]>();
    for (const { id, timeZone } of this.storefronts.all()) {
      const today = localDay(timeZone, now);
      byRange.set(today, [...(byRange.get(today) ?? []), id]);
    }
    const reader = this.unitOfWork.reader;
    const sums = new Map<string, Figures>();
    const costs: Cost[] = [];
    for (const [today, ids] of byRange)
      for (const storefrontId of ids) {
        const from = span === 'day' ? today : `${today.slice(0, 7)}-01`;
        const filter = { from, to: today, merchantId, storefrontId };
        for (const row of await this.figures.sumGroups(reader, 'storefront', filter, null, 10))
          sums.set(row.currency, added(sums.get(row.currency), row));
        costs.push(...(await this.figures.sumCosts(reader, 'storefront', filter, [storefrontId])));
      }
    return [...sums].map(([currency, sum]) =>
      figuresDto({ ...sum, key: '', currency }, merged(costs.filter((cost) => cost.currency === currency))),
    );
  }

  private async groupsOf(
    reader: EntityManager,
    by: Grouping,
    filter: FigureFilter,
    after: GroupKey | null,
    limit: number,
  ) {
    if (by === 'product') {
      const sold = await this.figures.sumProducts(reader, filter, after, limit);
      return sold.map((row) => ({ ...keyPart(row), view: this.viewOf(by, row, soldDto(row)) }));
    }
    const rows = await this.figures.sumGroups(reader, by, filter, after, limit);
    const keys = rows.map(({ key }) => key);
    const costs = await this.figures.sumCosts(reader, by, filter, [...new Set(keys)]);
    return rows.map((row) => ({
      ...keyPart(row),
      view: this.viewOf(by, row, figuresDto(row, costsOf(costs, row))),
    }));
  }

  private viewOf(by: Grouping, { key }: GroupKey, figures: Readonly<FiguresDto>): GroupFiguresDto {
    const named = (grouping: Grouping) => (by === grouping && key !== '' ? key : null);
    return {
      day: named('day'),
      merchant: merchantName(this.merchants, named('merchant') as MerchantId | null),
      group: named('group'),
      storefront: named('storefront'),
      product: named('product'),
      ...figures,
    };
  }

  private daysOf({ from, to }: DaysQuery): DayRange {
    const last = to ?? localDay(this.config.accountingTimeZone, this.clock.now());
    const first = from ?? addDays(last, 1 - DEFAULT_DAYS);
    if (first > last) throw invalidFields([{ pointer: '/to', detail: 'must not be before from' }]);
    if (addDays(first, MAX_DAYS) <= last)
      throw invalidFields([{ pointer: '/to', detail: `must be within ${MAX_DAYS.toString()} days of from` }]);
    return { from: first, to: last };
  }

  private currencyOf({ storefront, currency }: Pick<LeaderQuery, 'storefront' | 'currency'>): string {
    const known = storefront === undefined ? this.storefronts.all()[0] : this.storefronts.find(storefront);
    return currency ?? known?.currency ?? 'CNY';
  }

  private async countedUntil(): Promise<string | null> {
    return (await this.counts.findMark(this.unitOfWork.reader))?.toISOString() ?? null;
  }
}

function figuresDto(row: GroupKey & Figures, rewardCost: RewardCostDto[]): FiguresDto {
  const { currency } = row;
  const money = (amount: bigint) => sumToWire(amount, currency);
  return {
    currency,
    visits: row.visits,
    attributedVisits: row.attributedVisits,
    placed: row.placed,
    attributedPlaced: row.attributedPlaced,
    cancelled: row.cancelled,
    completed: row.completed,
    attributedCompleted: row.attributedCompleted,
    units: null,
    sales: money(row.sales),
    attributedSales: money(row.attributedSales),
    refunded: row.refunded,
    refunds: money(row.refunds),
    rewardCost,
  };
}

function soldDto({ currency, orders, units, sales }: Sold): FiguresDto {
  return {
    currency,
    visits: null,
    attributedVisits: null,
    placed: null,
    attributedPlaced: null,
    cancelled: null,
    completed: orders,
    attributedCompleted: null,
    units: sumToWire(units, 'units'),
    sales: sumToWire(sales, currency),
    attributedSales: null,
    refunded: null,
    refunds: null,
    rewardCost: [],
  };
}

function costsOf(costs: readonly Cost[], { key, currency }: GroupKey): RewardCostDto[] {
  return merged(costs.filter((cost) => cost.key === key && cost.currency === currency));
}

/** By asset. */
function merged(costs: readonly Cost[]): RewardCostDto[] {
  const sums = new Map<string, { granted: bigint; takenBack: bigint }>();
  for (const { asset, granted, takenBack } of costs) {
    const sum = sums.get(asset) ?? { granted: 0n, takenBack: 0n };
    sums.set(asset, { granted: sum.granted + granted, takenBack: sum.takenBack + takenBack });
  }
  return [...sums].map(([asset, { granted, takenBack }]) => ({
    asset,
    granted: sumToWire(granted, asset),
    takenBack: sumToWire(takenBack, asset),
    cost: sumToWire(granted - takenBack, asset),
  }));
}

function added(one: Figures | undefined, other: Figures): Figures {
  if (!one) return other;
  return {
    visits: one.visits + other.visits,
    attributedVisits: one.attributedVisits + other.attributedVisits,
    placed: one.placed + other.placed,
    attributedPlaced: one.attributedPlaced + other.attributedPlaced,
    cancelled: one.cancelled + other.cancelled,
    completed: one.completed + other.completed,
    attributedCompleted: one.attributedCompleted + other.attributedCompleted,
    sales: one.sales + other.sales,
    attributedSales: one.attributedSales + other.attributedSales,
    refunded: one.refunded + other.refunded,
    refunds: one.refunds + other.refunds,
  };
}

function bare({ day, merchant, group, storefront, product, ...figures }: GroupFiguresDto): Readonly<FiguresDto> {
  return figures;
}

function keyPart({ key, currency }: GroupKey): GroupKey {
  return { key, currency };
}

/** A place as a cursor has it: the currency's three letters, then the name. */
function keyOf(after: string | null): GroupKey | null {
  return after === null ? null : { currency: after.slice(0, 3), key: after.slice(3) };
}

/** So many months until this one, the first first. */
function lastMonths(month: string, count: number): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, n) => {
    const index = year * 12 + number - 1 - (count - 1 - n);
    return `${Math.floor(index / 12).toString()}-${((index % 12) + 1).toString().padStart(2, '0')}`;
  });
}

/** Months from one to another. */
function monthsFrom(one: string, other: string): number {
  const indexOf = (month: string) => {
    const [year = 0, number = 1] = month.split('-').map(Number);
    return year * 12 + number;
  };
  return indexOf(other) - indexOf(one);
}
