import { Inject, Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Config } from './config.js';

/** Longer than this nobody waits for metrics: what a store has not answered by then is not known. */
const PATIENCE_MS = 2_000;

/** One value of a gauge, with its labels: from a list in the code, never an id or a person's word. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

interface GaugeText<Label extends string> {
  name: string;
  help: string;
  labelNames?: readonly Label[];
}

/**
 * Gauges of what stands in the database or in Redis and not in one process. Every process shows them, also while the workers are away, and
 * reads each at most once in `YINKE_METRICS_CACHE_SECONDS`, however often it is scraped. What cannot be read is not a number, or has no values
 * where there are labels.
 */
@Injectable()
export class StoreGauges {
  constructor(
    private readonly registry: Registry,
    @Inject(Config) private readonly config: Pick<Config, 'metricsCacheSeconds'>,
  ) {}

  /** Shows what `read` finds. */
  add<Label extends string>({ name, help, labelNames = [] }: GaugeText<Label>, read: () => Promise<Sample[]>): void {
    const look = this.cached(read);
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        const samples = await look().catch(() => null);
        this.reset();
        if (samples === null && labelNames.length === 0) this.set(NaN);
        for (const { labels, value } of samples ?? []) this.set({ ...labels } as Record<Label, string>, value);
      },
    });
  }

  /** {@link add} for one number. */
  addNumber(text: { name: string; help: string }, read: () => Promise<number>): void {
    this.add(text, async () => [{ value: await read() }]);
  }

  /** 1 when a store answers in time, else 0. */
  addUp(text: { name: string; help: string }, ask: () => Promise<unknown>): void {
    const look = this.cached(ask);
    this.addNumber(text, () =>
      look().then(
        () => 1,
        () => 0,
      ),
    );
  }

  /** What `read` found lately; for several gauges that one statement answers. Rejects when the store does not answer in time. */
  cached<T>(read: () => Promise<T>): () => Promise<T> {
    let known: Promise<T> | undefined;
    let until = 0;
    return () => {
      if (known && performance.now() < until) return known;
      const found = within(read());
      known = found;
      until = performance.now() + PATIENCE_MS;
      const end = () => {
        if (known === found) until = performance.now() + this.config.metricsCacheSeconds * 1000;
      };
      found.then(end, end);
      return found;
    };
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
