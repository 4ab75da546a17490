import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { OrderEventLog } from '../../detection/orders/index.js';

/** Metrics of the posting. The gauges ask the database, so any process can show them. */
@Injectable()
export class PostingMetrics {
  readonly posted: Counter;
  readonly parked: Counter;

  constructor(registry: Registry, events: OrderEventLog) {
    const registers = [registry];
    this.posted = new Counter({
      name: 'yinke_order_events_posted_total',
      help: 'Order events settled by this process.',
      registers,
    });
    this.parked = new Counter({
      name: 'yinke_order_events_set_aside_total',
      help: 'Order events parked with an error by this process.',
      registers,
    });
    new Gauge({
      name: 'yinke_order_events_oldest_unposted_seconds',
      help: 'Age of the oldest unposted order event, in seconds; not a number while the database is away.',
      registers,
      async collect() {
        this.set(await events.oldestWaitingSeconds().catch(() => NaN));
      },
    });
    new Gauge({
      name: 'yinke_order_events_parked',
      help: 'Order events parked with an error, each for a person; not a number while the database is away.',
      registers,
      async collect() {
        this.set(await events.countParked().catch(() => NaN));
      },
    });
  }
}
