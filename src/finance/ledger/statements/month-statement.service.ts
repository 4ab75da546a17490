import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../../core/config.js';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { monthRange, monthsBetween, type MonthRange } from '../../../shared/calendar.js';
import { pageOf } from '../../../shared/page.js';
import { pageRequest } from '../../../shared/page.dto.js';
import { isSettled } from '../seal/settled.js';
import { sumToWire } from '../sum-to-wire.js';
import type { AccountPeriodDto, MonthQuery, MonthStatementDto, MonthsDto, MonthDto } from './month-statement.dto.js';
import { MonthStatementRepository, type AccountPeriod } from './month-statement.repository.js';
import type { StatementEntry } from './statement.repository.js';
import type { MonthRow } from './statement-csv.js';
import { entryView } from './statement.service.js';
import type { MerchantId } from '../../../shared/ids.js';

/** Entries read at once while a statement is streamed. */
const CHUNK = 1000;

/** A merchant's statements by calendar month. A month is what was posted in it, whenever that had happened. */
@Injectable()
export class MonthStatementService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly months: MonthStatementRepository,
    private readonly merchants: MerchantRegistry,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Every month of which there is a statement. Throws `merchant.not-found`. */
  async listMonths(merchantId: MerchantId, timeZone = this.config.accountingTimeZone): Promise<MonthsDto> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const first = await this.months.findFirstPosting(reader, merchantId);
    const months = first === null ? [] : monthsBetween(first, this.clock.now(), timeZone).reverse();
    return { timeZone, items: months.map((month) => this.monthView(month, monthRange(month, timeZone))) };
  }

  /** A page of a month's entries, and what they add up to. Throws `merchant.not-found`. */
  async readMonth(merchantId: MerchantId, query: MonthQuery): Promise<MonthStatementDto> {
    const { limit, after } = pageRequest(query);
    const timeZone = query.timeZone ?? this.config.accountingTimeZone;
    const range = monthRange(query.month, timeZone);
    return this.unitOfWork.snapshot(async (tx) => {
      await assertMerchant(tx, this.merchants, merchantId);
      const periods = await this.months.findPeriods(tx, merchantId, range);
      const entries: StatementEntry[] = [];
      for (const { period, from } of periodsAfter(periods, after)) {
        const missing = limit + 1 - entries.length;
        if (missing > 0) entries.push(...(await this.months.findEntries(tx, merchantId, period, from, missing)));
      }
      const page = pageOf(entries, limit, keyOf, entryView);
      const accounts = periods.map(periodView);
      return { merchant: merchantId, timeZone, ...this.monthView(query.month, range), accounts, ...page };
    });
  }

  /**
   * The whole month for a CSV file: of every account an opening row, its entries, and a closing row. Throws
   * `merchant.not-found` before the first row, and an error in the middle should they not add up.
   */
  async streamMonth(merchantId: MerchantId, query: MonthQuery): Promise<AsyncIterable<MonthRow>> {
    await assertMerchant(this.unitOfWork.reader, this.merchants, merchantId);
    const range = monthRange(query.month, query.timeZone ?? this.config.accountingTimeZone);
    return this.unitOfWork.streamSnapshot((tx) => this.rowsOf(tx, merchantId, range));
  }

  private async *rowsOf(tx: EntityManager, merchantId: MerchantId, range: MonthRange): AsyncGenerator<MonthRow> {
    for (const period of await this.months.findPeriods(tx, merchantId, range)) {
      const { asset, account, opening } = period;
      yield { row: 'opening', asset, account, at: range.from, amount: null, balance: opening };
      let balance = opening;
      for (let after = startOf(period); period.last !== null && after < period.last;) {
        const entries = await this.months.findEntries(tx, merchantId, period, after, CHUNK);
        for (const entry of entries) {
          balance += entry.amount;
          yield { row: 'entry', entry, balance };
        }
        after = entries.length < CHUNK ? period.last : (entries.at(-1)?.seq ?? period.last);
      }
      if (balance !== closingOf(period)) throw new Error(`the statement of ${merchantId} does not add up`);
      yield { row: 'closing', asset, account, at: range.to, amount: balance - opening, balance };
    }
  }

  private monthView(month: string, { from, to }: MonthRange): Readonly<MonthDto> {
    return { month, from: from.toISOString(), to: to.toISOString(), final: isSettled(to, this.clock.now()) };
  }
}

function closingOf({ opening, credited, debited }: AccountPeriod): bigint {
  return opening + credited + debited;
}

/** Just before the first entry. */
function startOf({ first }: AccountPeriod): bigint {
  return (first ?? 1n) - 1n;
}

function keyOf({ asset, account, seq }: StatementEntry): string {
  return `${asset} ${account} ${seq.toString()}`;
}

/** The accounts that come after a place in the statement, and the number after which each goes on. */
function periodsAfter(
  periods: readonly AccountPeriod[],
  after: string | null,
): { period: AccountPeriod; from: bigint }[] {
  const [, asset = '', account = '', seq = '0'] = /^(\S{1,64}) (\S{1,16}) (\d{1,18})$/.exec(after ?? '') ?? [];
  const at = periods.findIndex((period) => period.asset === asset && period.account === account);
  return periods
    .slice(Math.max(at, 0))
    .filter((period) => period.last !== null)
    .map((period) => ({
      period,
      from: period.asset === asset && period.account === account ? BigInt(seq) : startOf(period),
    }));
}

function periodView(period: AccountPeriod): AccountPeriodDto {
  const { asset, account, opening, credited, debited, entries } = period;
  const wire = (amount: bigint) => sumToWire(amount, asset);
  const [open, plus, minus] = [wire(opening), wire(credited), wire(debited)];
  return { asset, account, opening: open, credited: plus, debited: minus, closing: wire(closingOf(period)), entries };
}
