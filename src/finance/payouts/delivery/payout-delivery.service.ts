import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../core/config.js';
import { AccountNumberVault } from '../../../database/index.js';
import { databaseNow } from '../../../core/database-now.js';
import { noteUndone, UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import type { Outcome, PayoutState } from '../payout.js';
import type { StopReason } from '../payout-batch.js';
import type { PayoutEntity } from '../payouts.entities.js';
import { PayoutContradictionService } from './payout-contradiction.service.js';
import { PayoutFileService } from '../batches/payout-file.service.js';
import { PayoutMetrics } from '../payout-metrics.js';
import { PayoutOutcomeService } from '../payout-outcome.service.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { BatchPauseService } from '../batches/batch-pause.service.js';
import { PayoutStopService } from '../batches/payout-stop.service.js';
import { BANK_MEMORY_MS, OnlineRail, type Past, type RailAnswer } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';
import { paymentOrder } from '../sealed-payout.js';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';

/** Calls to banks at once, in one process. */
const CALLS_AT_ONCE = 8;
const PAGE = 200;
/** On top of three calls' time-outs: when another process may take over a payout whose process died. */
const LEASE_MARGIN_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** For so long an acceptance may last before the same reference is sent again, where the rail wants that. */
const STANDS_MS = 600_000;

/**
 * Brings submitted payouts to their banks and asks what became of them. No transaction is open during a call: claim,
 * call, commit the answer. Everything here may be run twice and at once, by any number of processes. All moments are the
 * database's: a process whose clock is wrong neither delays nor hurries a payout.
 */
@Injectable()
export class PayoutDeliveryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly attempts: PayoutAttemptRepository,
    private readonly outcomes: PayoutOutcomeService,
    private readonly contradictions: PayoutContradictionService,
    private readonly files: PayoutFileService,
    private readonly pauses: BatchPauseService,
    private readonly stops: PayoutStopService,
    private readonly rails: Rails,
    private readonly vault: AccountNumberVault,
    private readonly logger: Logger,
    private readonly metrics: PayoutMetrics,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Writes files and sends payments that wait for it: of these batches, or of all. */
  async submitWaitingPayouts(batchIds?: readonly PayoutBatchId[]): Promise<void> {
    for (const batchId of await this.files.findUnwritten(batchIds)) await this.files.tryWrite(batchId);
    await this.attemptDue(['submitting'], batchIds);
  }

  /**
   * The sweep: what {@link submitWaitingPayouts} does for all, then asks the banks about whatever is open, and about
   * what people called failed: a late success must not stay quiet.
   */
  async pollOpenPayouts(): Promise<void> {
    await this.submitWaitingPayouts();
    await this.attemptDue(['unknown', 'accepted']);
    await this.attemptFreed();
  }

  /**
   * Asks about a payout in transit now, sends nothing, and applies the answer. False when an attempt runs, or it is not
   * in transit any more.
   */
  async askNow(id: PayoutId): Promise<boolean> {
    const at = await databaseNow(this.unitOfWork.reader);
    const payout = await this.unitOfWork.run((tx) => {
      noteUndone(tx);
      return this.attempts.claimNow(tx, id, this.leaseFrom(at));
    });
    if (payout === null) return false;
    const rail = this.rails.get(payout.rail);
    const unasked: RailAnswer = { kind: 'unknown', reason: 'the rail is not available' };
    const asks = rail instanceof OnlineRail && rail.available;
    const answer = asks ? await rail.attempt(paymentOrder(this.vault, payout), pastOf(payout, at, false)) : unasked;
    await this.settle(payout, answer);
    return true;
  }

  private async attemptFreed(): Promise<void> {
    const at = await databaseNow(this.unitOfWork.reader);
    const sentAfter = new Date(at.getTime() - BANK_MEMORY_MS);
    const due = { rails: this.rails.online(), at, sentAfter };
    await this.attemptPages(['failed'], at, () => this.attempts.findFreed(this.unitOfWork.reader, due, PAGE));
  }

  private leaseFrom(at: Date): Date {
    return new Date(at.getTime() + 3 * this.rails.longestCallMs() + LEASE_MARGIN_MS);
  }

  private async attemptDue(states: readonly PayoutState[], batchIds?: readonly PayoutBatchId[]): Promise<void> {
    const due = {
      rails: this.rails.online(),
      states,
      at: await databaseNow(this.unitOfWork.reader),
      ...(batchIds && { batchIds }),
    };
    await this.attemptPages(states, due.at, () => this.attempts.findDue(this.unitOfWork.reader, due, PAGE));
  }

  private async attemptPages(states: readonly PayoutState[], at: Date, find: () => Promise<PayoutId[]>): Promise<void> {
    for (;;) {
      // Each attempt moves its payout's next attempt past `at`, so the pages come to an end.
      const ids = await find();
      const queue = [...ids];
      const caller = async () => {
        for (let id = queue.shift(); id !== undefined; id = queue.shift()) await this.attempt(id, states, at);
      };
      await Promise.all(Array.from({ length: CALLS_AT_ONCE }, caller));
      if (ids.length < PAGE) return;
    }
  }

  private async attempt(id: PayoutId, states: readonly PayoutState[], at: Date): Promise<void> {
    try {
      const paused = await this.pauses.isPaused(id, at);
      if (paused && states.includes('submitting')) return;
      const { claimed, stop } = await this.unitOfWork.run(async (tx) => {
        const stopped = states.includes('failed') ? null : await this.stops.stopUnsent(tx, id);
        const taken = await this.attempts.claim(tx, id, states, at, this.leaseFrom(at));
        return {
          claimed: taken && { payout: taken, stated: await this.attempts.isStatedFailed(tx, id) },
          stop: stopped,
        };
      });
      if (claimed === null) {
        if (stop !== null) this.logger.warn('a payout is not sent', { payoutId: id, reason: stop });
        return;
      }
      const { payout, stated } = claimed;
      const rail = this.rails.get(payout.rail);
      if (!(rail instanceof OnlineRail)) return;
      const sends = !paused && !stated && stop === null && payout.state !== 'failed';
      const answer = await rail.attempt(paymentOrder(this.vault, payout), pastOf(payout, at, sends));
      await this.settle(payout, withStop(answer, stop));
    } catch (err) {
      // The lease runs out and the payout is tried again; the others go on.
      this.logger.error('payout attempt failed', { payoutId: id, err });
    }
  }

  private async settle(payout: PayoutEntity, answer: RailAnswer): Promise<void> {
    const at = await databaseNow(this.unitOfWork.reader);
    const later = answer.kind === 'try-later' || answer.kind === 'blocked' ? answer.afterMs : 0;
    // Behind the others of its batch, so that one that is always refused does not keep them waiting.
    const pauseMs = answer.kind === 'try-later' ? 0 : this.pauseMs(payout.attempts);
    const next = new Date(at.getTime() + later + pauseMs);
    const outcome = outcomeOf(answer);
    this.metrics.answered(payout.rail, answer.kind);
    await this.unitOfWork.run(async (tx) => {
      noteUndone(tx); // a person who asked for it wants more than an answer of the bank
      await this.attempts.release(tx, payout, next);
      await this.pauses.follow(tx, payout, answer);
      if (outcome === null) return;
      if (answer.kind === 'unknown') await this.attempts.noteUnknown(tx, payout.id, answer.reason);
      // Null: not repeated, what is known stays; absent: the payee has agreed, or can no longer.
      if (answer.kind === 'accepted' && answer.confirmation !== null)
        await this.attempts.noteConfirmation(tx, payout.id, answer.confirmation ?? null);
      const reasonCode = answer.kind === 'failed' ? answer.code : null;
      const reason = answer.kind === 'failed' || answer.kind === 'unknown' ? answer.reason : null;
      const status = { payoutId: payout.id, outcome, reasonCode, reason, at };
      const [verdict] = await this.outcomes.record(tx, [status]);
      if (verdict?.kind === 'contradicting') await this.contradictions.open(tx, status, 'answer');
    });
  }

  /** Twice as long after each attempt. */
  private pauseMs(attempts: number): number {
    const doubled = this.config.sweepSeconds * 1000 * 2 ** (attempts < 12 ? attempts - 1 : 11);
    return doubled < LONGEST_PAUSE_MS ? doubled : LONGEST_PAUSE_MS;
  }
}

/** What is not known stays so while the merchant is stopped: people are told why nothing is sent again. */
function withStop(answer: RailAnswer, stop: StopReason | null): RailAnswer {
  if (stop === null || answer.kind !== 'unknown') return answer;
  return { ...answer, reason: `${answer.reason}; it is not sent again: ${stop}` };
}

function outcomeOf(answer: RailAnswer): Outcome | null {
  return answer.kind === 'blocked' || answer.kind === 'try-later' ? null : answer.kind;
}

function pastOf({ state, attempts, firstSentAt, stateAt, confirmation }: PayoutEntity, at: Date, sends: boolean): Past {
  const since = (moment: Date) => at.getTime() - moment.getTime();
  return {
    first: state === 'submitting' && attempts === 1,
    maySend: sends && firstSentAt !== null && since(firstSentAt) < BANK_MEMORY_MS,
    accepted: state === 'accepted',
    stands: state === 'accepted' && since(stateAt) > STANDS_MS,
    confirmed: confirmation !== null,
  };
}
