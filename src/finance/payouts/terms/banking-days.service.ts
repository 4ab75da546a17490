import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../../core/config.js';
import { Clock } from '../../../core/clock.js';
import { Logger } from '../../../core/logger.js';
import { DomainError } from '../../../shared/domain-error.js';
import { addDays, isCalendarDay, localDay } from '../../../shared/calendar.js';
import { onDefaults } from './default-bank-days.js';
import { isBankingDay, isKnownYear, LATEST_DAYS, nextBankingDay, type BankHolidays } from './payout-calendar.js';
import { PayoutScheduleRepository } from './payout-schedule.repository.js';
import type { PayoutBatchEntity } from '../payouts.entities.js';
import { FileRail, type PayoutRail } from '../rails/payout-rail.js';

type Batch = Pick<PayoutBatchEntity, 'id' | 'currency' | 'rail'>;

/** On which day a bank is asked to pay: a banking day of its currency and of the batch's schedule, and never in the past. */
@Injectable()
export class BankingDays {
  constructor(
    private readonly schedules: PayoutScheduleRepository,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
    private readonly logger: Logger,
  ) {}

  /**
   * The execution date of a batch's file: the one that is wanted, or the first banking day from today on; null where the
   * rail's file has no date. Throws `request.invalid` when the wanted one is not possible.
   */
  async executionDate(
    tx: EntityManager,
    batch: Batch,
    rail: PayoutRail,
    wanted: string | undefined,
  ): Promise<string | null> {
    if (!(rail instanceof FileRail && rail.hasExecutionDate)) {
      if (wanted !== undefined) throw invalid('this rail’s payments have no execution date');
      return null;
    }
    const banks = await this.findHolidays(tx, batch);
    const day = wanted === undefined ? nextBankingDay(banks, this.today()) : this.checked(banks, wanted);
    if (!isKnownYear(banks, day))
      this.logger.warn(
        'the banks’ holidays of this year are not known: only weekends and the schedule’s own days count',
        {
          batchId: batch.id,
          currency: batch.currency,
          executionDate: day,
        },
      );
    return day;
  }

  private checked(banks: BankHolidays, wanted: string): string {
    const today = this.today();
    const latest = addDays(today, LATEST_DAYS);
    if (!isCalendarDay(wanted)) throw invalid('must be a day that exists, YYYY-MM-DD');
    if (wanted < today) throw invalid(`must not be before today, ${today}`);
    if (wanted > latest) throw invalid(`must not be after ${latest}, ${LATEST_DAYS} days from today`);
    if (isBankingDay(banks, wanted)) return wanted;
    throw invalid(`is not a banking day; the next is ${nextBankingDay(banks, wanted)}`);
  }

  /** Whether a date that people chose earlier has passed meanwhile. */
  isPast(day: string): boolean {
    return day < this.today();
  }

  private today(): string {
    return localDay(this.config.payoutTimeZone, this.clock.now());
  }

  /** Those of the schedule that drafted the batch, else of one of its rail and currency; else the currency's default alone. */
  private async findHolidays(tx: EntityManager, batch: Batch): Promise<BankHolidays> {
    return onDefaults(batch.currency, (await this.schedules.findCalendarOf(tx, batch)) ?? {});
  }
}

function invalid(detail: string): DomainError {
  return new DomainError('request.invalid', 'The execution date is not possible.', [
    { pointer: '/executionDate', detail },
  ]);
}
