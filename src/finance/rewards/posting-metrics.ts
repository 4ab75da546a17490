import { Injectable } from '@nestjs/common';
import { Counter, Histogram, Registry } from 'prom-client';
import { StoreGauges } from '../../core/store-gauges.js';
import { OrderEventLog } from '../../detection/orders/index.js';

/** Metrics of the posting. The gauges ask the database, so any process can show them. */
@Injectable()
export class PostingMetrics {
  readonly posted: Counter;
  readonly parked: Counter;
  /** Events of a transaction that posts. */
  readonly batchSize: Histogram;
  /** How long such a transaction takes, in seconds. */
  readonly batchDuration: Histogram;

  constructor(registry: Registry, gauges: StoreGauges, events: OrderEventLog) {
    const registers = [registry];
    this.posted = new Counter({
      name: 'yinke_order_events_posted_total',
      help: 'Order events settled by this process.',
      registers,
    });
    this.parked = new Counter({
      name: 'yinke_order_events_parked_total',
      help: 'Order events parked with an error by this process.',
      registers,
    });
    this.batchSize = new Histogram({
      name: 'yinke_posting_batch_events',
      help: 'Order events that one transaction of this process has settled.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000],
      registers,
    });
    this.batchDuration = new Histogram({
      name: 'yinke_posting_batch_duration_seconds',
      help: 'Seconds that one such transaction took, with its tries.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    gauges.addNumber(
      {
        name: 'yinke_order_events_oldest_unposted_seconds',
        help: 'Age of the oldest unposted order event, in seconds; not a number while the database is away.',
      },
      () => events.oldestWaitingSeconds(),
    );
    gauges.add(
      {
        name: 'yinke_order_events',
        help: 'Order events that are not posted, by state: waiting, kept (a refund before its completion), parked. At most 100,000 are counted.',
        labelNames: ['state'],
      },
      async () => Object.entries(await events.countOpen()).map(([state, value]) => ({ labels: { state }, value })),
    );
  }
}
