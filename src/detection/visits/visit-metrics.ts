import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';

/** Who brings shoppers, in numbers of this process. */
@Injectable()
export class VisitMetrics {
  readonly visits: Counter<'outcome'>;
  readonly answers: Counter<'outcome'>;
  readonly unrecorded: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.visits = new Counter({
      name: 'yinke_visits_total',
      help: 'Visits opened, by what attributes them: code, referrer (an earlier answer), unknown-code, none.',
      labelNames: ['outcome'] as const,
      registers,
    });
    this.answers = new Counter({
      name: 'yinke_referrer_answers_total',
      help: 'Answers to the question who brought the shopper: merchant, unknown (no merchant of ours), nobody.',
      labelNames: ['outcome'] as const,
      registers,
    });
    this.unrecorded = new Counter({
      name: 'yinke_visits_unrecorded_total',
      help: 'Visits that were answered and not written to the database.',
      registers,
    });
    for (const outcome of ['code', 'referrer', 'unknown-code', 'none']) this.visits.inc({ outcome }, 0);
    for (const outcome of ['merchant', 'unknown', 'nobody']) this.answers.inc({ outcome }, 0);
  }
}
