import { Injectable } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError, type FieldError } from '../../../shared/domain-error.js';
import { newId, type PayoutScheduleId } from '../../../shared/ids.js';
import { minorFromWire, minorToWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import { isCalendarDay, isTimeZone, localDay } from '../../../shared/calendar.js';
import { type Present } from '../../../shared/present.js';
import type { PayoutErrorCode } from '../errors.js';
import { onDefaults } from './default-bank-days.js';
import { isKnownYear, namedBankDays, nextDue, unknownYears, type PayoutCalendar } from './payout-calendar.js';
import type {
  BankDaysDto,
  PayoutScheduleDto,
  PayoutScheduleWithRunsDto,
  PutPayoutScheduleDto,
} from './payout-schedule.dto.js';
import { PayoutScheduleEntity, PayoutScheduleRunEntity } from './payout-schedule.entity.js';
import { Rails } from '../rails/rails.js';

const SHOWN_RUNS = 50;

/** When batches are drafted automatically, as people set it. */
@Injectable()
export class PayoutScheduleService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rails: Rails,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `request.invalid`, `payout.rail-not-available`. */
  async createSchedule(by: Staff, terms: Present<PutPayoutScheduleDto>): Promise<PayoutScheduleWithRunsDto> {
    const id = newId('payoutSchedule');
    const columns = await this.columnsOf(by, terms);
    await this.unitOfWork.run(async (tx) => {
      await tx.insert(PayoutScheduleEntity, { id, state: 'active', ...columns });
      await this.record(tx, by, 'payout-schedule.created', id, null);
    });
    return this.getSchedule(id);
  }

  /** Replaces the terms; due dates that have passed without a draft are let go. Throws as above, and as {@link endSchedule}. */
  async replaceSchedule(
    by: Staff,
    id: PayoutScheduleId,
    terms: Present<PutPayoutScheduleDto>,
  ): Promise<PayoutScheduleWithRunsDto> {
    const columns = await this.columnsOf(by, terms);
    await this.change(id, async (tx, before) => {
      await tx.update(PayoutScheduleEntity, { id }, columns);
      await this.record(tx, by, 'payout-schedule.changed', id, before);
    });
    return this.getSchedule(id);
  }

  /** Throws `payout.schedule-not-found`, `payout.schedule-ended`. */
  async endSchedule(by: Staff, id: PayoutScheduleId): Promise<PayoutScheduleWithRunsDto> {
    await this.change(id, async (tx, before) => {
      const facts = { state: 'ended' as const, nextDueAt: null, problem: null };
      await tx.update(PayoutScheduleEntity, { id }, { ...facts, changedBy: by.staffId, changedAt: this.clock.now() });
      await this.record(tx, by, 'payout-schedule.ended', id, before);
    });
    return this.getSchedule(id);
  }

  /** Throws `payout.schedule-not-found`. */
  async getSchedule(id: PayoutScheduleId): Promise<PayoutScheduleWithRunsDto> {
    const reader = this.unitOfWork.reader;
    const schedule = (await reader.findOneBy(PayoutScheduleEntity, { id })) ?? notFound(id);
    const order = { dueOn: 'DESC', number: 'ASC' } as const;
    const runs = await reader.find(PayoutScheduleRunEntity, { where: { scheduleId: id }, order, take: SHOWN_RUNS });
    return { ...(await this.view(schedule)), runs: runs.map(runView) };
  }

  async listSchedules({ limit, after }: PageRequest<PayoutScheduleId>): Promise<Page<PayoutScheduleDto>> {
    const rows = await this.unitOfWork.reader.find(PayoutScheduleEntity, {
      ...(after !== null && { where: { id: LessThan(after) } }),
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const { items, nextCursor } = pageOf(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
    return { items: await Promise.all(items.map((row) => this.view(row))), nextCursor };
  }

  /** The days of a year of which the schedule or its currency's default says anything. Throws `payout.schedule-not-found`. */
  async listBankDays(id: PayoutScheduleId, year: number): Promise<BankDaysDto> {
    const schedule = (await this.unitOfWork.reader.findOneBy(PayoutScheduleEntity, { id })) ?? notFound(id);
    const banks = await calendarOf(schedule);
    const calendar = banks.defaults?.calendar ?? null;
    return { year, calendar, known: isKnownYear(banks, `${year}-01-01`), items: namedBankDays(banks, year) };
  }

  private async change(
    id: PayoutScheduleId,
    work: (tx: EntityManager, before: PayoutScheduleEntity) => Promise<void>,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const lock = { mode: 'pessimistic_write' as const };
      const schedule = (await tx.findOne(PayoutScheduleEntity, { where: { id }, lock })) ?? notFound(id);
      if (schedule.state === 'ended')
        throw new DomainError<PayoutErrorCode>('payout.schedule-ended', `${id} has ended: make another.`);
      await work(tx, schedule);
    });
  }

  private async columnsOf(by: Staff, terms: Present<PutPayoutScheduleDto>) {
    const { currency, fileFormat, minAmount, rail, ...days } = terms;
    const faults = faultsOf(terms);
    if (faults.length > 0) throw new DomainError('request.invalid', 'The schedule makes no sense.', faults);
    this.rails.format(this.rails.get(rail), fileFormat);
    const calendar: PayoutCalendar = { ...days, shift: days.shift ?? 'none' };
    const now = this.clock.now();
    return {
      currency,
      rail,
      fileFormat: fileFormat ?? null,
      minAmount: minAmount === undefined ? null : minorFromWire(minAmount),
      calendar: JSON.stringify(calendar),
      nextDueAt: nextDue(await onDefaults(currency, calendar), now)?.at ?? null,
      problem: null,
      changedBy: by.staffId,
      changedAt: now,
    };
  }

  private async view(row: PayoutScheduleEntity) {
    const calendar = await calendarOf(row);
    return {
      id: row.id,
      state: row.state,
      currency: row.currency,
      rail: row.rail,
      ...(row.fileFormat !== null && { fileFormat: row.fileFormat }),
      ...(row.minAmount !== null && { minAmount: minorToWire(row.minAmount) }),
      ...(JSON.parse(row.calendar) as Pick<PutPayoutScheduleDto, 'timeZone' | 'time'>),
      nextDueAt: row.nextDueAt?.toISOString() ?? null,
      unknownYears: unknownYears(calendar, localDay(calendar.timeZone, this.clock.now())),
      problem: row.problem,
      changedBy: row.changedBy,
      changedAt: row.changedAt.toISOString(),
    };
  }

  private async record(
    tx: EntityManager,
    principal: Staff,
    action: string,
    id: PayoutScheduleId,
    known: PayoutScheduleEntity | null,
  ): Promise<void> {
    const before = known && (await this.view(known));
    const after = await this.view(await tx.findOneByOrFail(PayoutScheduleEntity, { id }));
    await this.auditLog.record(tx, { principal, action, subject: id, before, after });
  }
}

/** A schedule's calendar, with the default of its currency below what people named. */
export function calendarOf({ currency, calendar }: PayoutScheduleEntity): Promise<PayoutCalendar> {
  return onDefaults(currency, JSON.parse(calendar) as PayoutCalendar);
}

function faultsOf({ timeZone, weekdays, monthDays, holidays, workingDays }: PutPayoutScheduleDto): FieldError[] {
  const faults: FieldError[] = [];
  if (!isTimeZone(timeZone)) faults.push({ pointer: '/timeZone', detail: 'must be an IANA time zone' });
  if ((weekdays === undefined) === (monthDays === undefined))
    faults.push({ pointer: '/weekdays', detail: 'must be given, or monthDays, and not both' });
  for (const [name, days] of Object.entries({ holidays, workingDays }))
    (days ?? []).forEach((day, index) => {
      if (!isCalendarDay(day)) faults.push({ pointer: `/${name}/${index}`, detail: 'must be a day that exists' });
    });
  return faults;
}

function runView({ dueOn, number, dueAt, draftedAt, missed, batchId }: PayoutScheduleRunEntity) {
  return { dueOn, number, dueAt: dueAt.toISOString(), draftedAt: draftedAt.toISOString(), missed, batch: batchId };
}

function notFound(id: PayoutScheduleId): never {
  throw new DomainError<PayoutErrorCode>('payout.schedule-not-found', `There is no payout schedule ${id}.`);
}
