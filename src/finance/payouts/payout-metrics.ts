import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { StoreGauges } from '../../core/store-gauges.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import type { PayoutState } from './payout.js';
import { PayoutCountRepository, type StateAge } from './payout-count.repository.js';
import { Rails } from './rails/rails.js';
import type { RailAnswer, RailName } from './rails/payout-rail.js';

/** States that a payout leaves again: in each of them it waits for somebody. */
const WAITING_STATES = [
  'draft',
  'awaiting-approval',
  'approved',
  'submitting',
  'accepted',
  'unknown',
] as const satisfies readonly PayoutState[];

const KINDS = ['accepted', 'paid', 'failed', 'unknown', 'try-later', 'blocked'] as const satisfies RailAnswer['kind'][];

/** Money on its way out, and what the rails answer to this process. */
@Injectable()
export class PayoutMetrics {
  private readonly answers: Counter<'rail' | 'kind'>;

  constructor(
    registry: Registry,
    gauges: StoreGauges,
    unitOfWork: UnitOfWork,
    payouts: PayoutCountRepository,
    rails: Rails,
  ) {
    const show = (of: 'count' | 'oldestSeconds') => (found: Map<PayoutState, StateAge>) =>
      WAITING_STATES.map((state) => ({ labels: { state }, value: found.get(state)?.[of] ?? 0 }));
    gauges.addSeveral(
      () => payouts.countIn(unitOfWork.reader, WAITING_STATES),
      [
        {
          name: 'yinke_payouts',
          help: 'Payouts that are not at their end, by state.',
          labelNames: ['state'],
          show: show('count'),
        },
        {
          name: 'yinke_payouts_oldest_age_seconds',
          help: 'For how long the one has been in its state that has been there the longest, by state; 0: there is none.',
          labelNames: ['state'],
          show: show('oldestSeconds'),
        },
      ],
    );
    gauges.addNumber(
      { name: 'yinke_payout_contradictions', help: 'Words of rails against the books that nobody has settled.' },
      () => payouts.countContradictions(unitOfWork.reader),
    );
    gauges.addNumber(
      { name: 'yinke_payout_schedule_problems', help: 'Payout schedules that are due and cannot draft a batch.' },
      () => payouts.countScheduleProblems(unitOfWork.reader),
    );
    this.answers = new Counter({
      name: 'yinke_rail_answers_total',
      help: 'Answers of rails to this process: accepted, paid, failed, unknown, try-later, blocked.',
      labelNames: ['rail', 'kind'] as const,
      registers: [registry],
    });
    // Seen as none, so that the first is seen as one.
    for (const rail of rails.online()) for (const kind of KINDS) this.answers.inc({ rail, kind }, 0);
  }

  /** Counts an answer of a rail. */
  answered(rail: RailName, kind: RailAnswer['kind']): void {
    this.answers.inc({ rail, kind });
  }
}
