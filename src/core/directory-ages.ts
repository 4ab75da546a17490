import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';

/** Shows how old the copies are that a process keeps of small, hot tables. */
@Injectable()
export class DirectoryAges {
  private readonly ages = new Map<string, () => number>();

  constructor(registry: Registry) {
    const { ages } = this;
    new Gauge({
      name: 'yinke_directory_age_seconds',
      help: 'Seconds since this process last saw every change of a table that it answers from memory.',
      labelNames: ['directory'] as const,
      registers: [registry],
      collect() {
        for (const [directory, age] of ages) this.set({ directory }, age());
      },
    });
  }

  /** Shows `age` (seconds) under a name. */
  watch(name: string, age: () => number): void {
    this.ages.set(name, age);
  }
}
