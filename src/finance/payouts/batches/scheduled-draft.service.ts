import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { databaseNow } from '../../../core/database-now.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import { DomainError } from '../../../shared/domain-error.js';
import { latestDue, nextDue } from '../terms/payout-calendar.js';
import { PayoutScheduleRepository } from '../terms/payout-schedule.repository.js';
import { calendarOf } from '../terms/payout-schedule.service.js';
import { PayoutDraftService } from './payout-draft.service.js';
import { PayoutScheduleEntity, PayoutScheduleRunEntity } from '../terms/payout-schedule.entity.js';
import type { PayoutBatchId, PayoutScheduleId } from '../../../shared/ids.js';

/** Drafts the batches that schedules ask for, by the database's clock. They then wait for people like any other. */
@Injectable()
export class ScheduledDraftService {
  private isReckoned = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly schedules: PayoutScheduleRepository,
    private readonly drafts: PayoutDraftService,
    private readonly logger: Logger,
  ) {}

  /**
   * Drafts once for each schedule that is due, however many workers do this at once, and once also when many due dates
   * were missed; returns how many schedules were due. What cannot be drafted says why, and is tried again.
   */
  async draftDueBatches(): Promise<number> {
    await this.reckonDatesAnew();
    const due = await this.schedules.findDue(this.unitOfWork.reader);
    let drafted = 0;
    for (const { id, problem } of due)
      try {
        drafted += (await this.unitOfWork.run((tx) => this.draftFor(tx, id))) ? 1 : 0;
      } catch (err) {
        // The others go on.
        const said = err instanceof DomainError ? `${err.code}: ${err.detail}`.slice(0, 500) : 'service.internal';
        if (said === problem) continue;
        this.logger.alert('payout-draft-failed', { scheduleId: id, err });
        await this.unitOfWork.run((tx) => tx.update(PayoutScheduleEntity, { id }, { problem: said }));
      }
    return drafted;
  }

  /** A release may know holidays that the one before did not: dates that are still to come follow them, once a process. */
  private async reckonDatesAnew(): Promise<void> {
    if (this.isReckoned) return;
    const { reader } = this.unitOfWork;
    const now = await databaseNow(reader);
    for (const schedule of await reader.findBy(PayoutScheduleEntity, { state: 'active' }))
      try {
        await this.reckonDateAnew(schedule, now);
      } catch (err) {
        // The others go on; when it is due, it says why it cannot draft.
        this.logger.error('the next date of a payout schedule cannot be reckoned', { scheduleId: schedule.id, err });
      }
    this.isReckoned = true;
  }

  private async reckonDateAnew(schedule: PayoutScheduleEntity, now: Date): Promise<void> {
    const { id, state, nextDueAt: known } = schedule;
    const nextDueAt = nextDue(await calendarOf(schedule), now)?.at ?? null;
    if ((known !== null && known <= now) || known?.getTime() === nextDueAt?.getTime()) return;
    // Not what people changed meanwhile.
    const same = { id, state, nextDueAt: known ?? IsNull() };
    await this.unitOfWork.run((tx) => tx.update(PayoutScheduleEntity, same, { nextDueAt }));
  }

  /** False when another worker has dealt with it. */
  private async draftFor(tx: EntityManager, id: PayoutScheduleId): Promise<boolean> {
    const lock = { mode: 'pessimistic_write' as const };
    const schedule = await tx.findOne(PayoutScheduleEntity, { where: { id, state: 'active' }, lock });
    const now = await databaseNow(tx);
    if (!schedule?.nextDueAt || schedule.nextDueAt > now) return false;
    const calendar = await calendarOf(schedule);
    const due = latestDue(calendar, schedule.nextDueAt, now);
    // A schedule that was changed to a later time of a day on which it has drafted waits for its next day.
    const drafts = due !== null && !(await tx.existsBy(PayoutScheduleRunEntity, { scheduleId: id, dueOn: due.on }));
    if (drafts) {
      const { currency, rail, fileFormat, minAmount } = schedule;
      const wanted = { ...(fileFormat !== null && { fileFormat }), ...(minAmount !== null && { minAmount }) };
      const batchIds: (PayoutBatchId | null)[] = await this.drafts.draftScheduled(tx, { currency, rail, ...wanted });
      if (batchIds.length === 0) batchIds.push(null);
      const run = { scheduleId: id, dueOn: due.on, dueAt: due.at, draftedAt: now, missed: due.count - 1 };
      await tx.insert(
        PayoutScheduleRunEntity,
        batchIds.map((batchId, index) => ({ ...run, number: index + 1, batchId })),
      );
    }
    await tx.update(PayoutScheduleEntity, { id }, { nextDueAt: nextDue(calendar, now)?.at ?? null, problem: null });
    return drafts;
  }
}
