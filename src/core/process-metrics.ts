import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { ALERTS, type Alert } from './alerts.js';
import { Clock } from './clock.js';
import { DatabaseClock } from './database-clock.js';
import { poolUsage } from './limited-pool.js';
import { Logger } from './logger.js';
import { ReadingPool } from './reading-pool.js';
import { StoreGauges } from './store-gauges.js';

/** What a process shows of itself and of its way to the database. */
@Injectable()
export class ProcessMetrics {
  constructor(
    registry: Registry,
    gauges: StoreGauges,
    dataSource: DataSource,
    reading: ReadingPool,
    clock: Clock,
    logger: Logger,
  ) {
    const registers = [registry];
    gauges.addUp({ name: 'yinke_database_up', help: '1 when the database answers this process, else 0.' }, () =>
      dataSource.query('SELECT 1'),
    );
    new Gauge({
      name: 'yinke_database_connections',
      help: 'Database connections of this process by pool (main, reading), in use or free; waiting: calls that wait for one.',
      labelNames: ['pool', 'state'] as const,
      registers,
      collect() {
        for (const [pool, of] of [
          ['main', dataSource],
          ['reading', reading.openedNow],
        ] as const) {
          const usage = of ? poolUsage(of) : { inUse: 0, free: 0, waiting: 0 };
          this.set({ pool, state: 'in-use' }, usage.inUse);
          this.set({ pool, state: 'free' }, usage.free);
          this.set({ pool, state: 'waiting' }, usage.waiting);
        }
      },
    });
    new Gauge({
      name: 'yinke_clock_ahead_seconds',
      help: 'By how much the clock of this machine is ahead of the database’s; below zero: behind. Right to a second.',
      registers,
      collect() {
        this.set(clock instanceof DatabaseClock ? clock.aheadMs() / 1000 : 0);
      },
    });
    new Counter({
      name: 'yinke_alerts_total',
      help: 'ALERT lines that this process has written to its log, by what they are about.',
      labelNames: ['alert'] as const,
      registers,
      collect() {
        this.reset();
        for (const alert of Object.keys(ALERTS) as Alert[]) this.inc({ alert }, logger.raised.get(alert) ?? 0);
      },
    });
  }
}
