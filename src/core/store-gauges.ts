import { Inject, Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { Gauge, Registry } from 'prom-client';
import { Config } from './config.js';

/** Longer than this nobody waits for metrics: what a store has not answered by then is not known. */
const PATIENCE_MS = 2_000;

/** One value of a gauge, with its labels: from a list in the code, never an id or a person's word. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

type Store = 'database' | 'redis';

interface GaugeText {
  name: string;
  help: string;
  labelNames?: readonly string[];
}

interface Shown<T> extends GaugeText {
  show: (found: T) => Sample[];
}

/**
 * Gauges of what stands in the database or in Redis and not in one process. Every process shows them, also while the workers are away, and
 * reads each at most once in `YINKE_METRICS_CACHE_SECONDS`, however often it is scraped. What cannot be read is not a number, or has no values
 * where there are labels.
 */
@Injectable()
export class StoreGauges {
  /** A scrape takes one connection of a store, and no more. */
  private readonly turns = { database: pLimit(1), redis: pLimit(1) };

  constructor(
    private readonly registry: Registry,
    @Inject(Config) private readonly config: Pick<Config, 'metricsCacheSeconds'>,
  ) {}

  /** Shows what `read` finds. */
  add(text: GaugeText, read: () => Promise<Sample[]>, store?: Store): void {
    this.addSeveral(read, [{ ...text, show: (samples) => samples }], store);
  }

  /** {@link add} for several gauges that one look at the store answers. */
  addSeveral<T>(read: () => Promise<T>, gauges: readonly Shown<T>[], store?: Store): void {
    const look = this.cached(read, store);
    for (const { name, help, labelNames = [], show } of gauges)
      new Gauge({
        name,
        help,
        labelNames,
        registers: [this.registry],
        async collect() {
          const samples = await look().then(show, (): Sample[] => (labelNames.length === 0 ? [{ value: NaN }] : []));
          this.reset();
          for (const { labels, value } of samples) this.set({ ...labels }, value);
        },
      });
  }

  /** {@link add} for one number. */
  addNumber(text: { name: string; help: string }, read: () => Promise<number>): void {
    this.add(text, async () => [{ value: await read() }]);
  }

  /** 1 when a store answers in time, else 0. */
  addUp(text: { name: string; help: string }, ask: () => Promise<unknown>, store?: Store): void {
    const look = this.cached(ask, store);
    new Gauge({
      ...text,
      registers: [this.registry],
      async collect() {
        this.set(
          await look().then(
            () => 1,
            () => 0,
          ),
        );
      },
    });
  }

  /** What `read` found lately. Rejects when the store does not answer in time. */
  private cached<T>(read: () => Promise<T>, store: Store = 'database'): () => Promise<T> {
    let running: Promise<T> | undefined;
    let known: Promise<T> | undefined;
    let until = 0;
    return () => {
      if (known && performance.now() < until) return known;
      running ??= this.turns[store](read).finally(() => (running = undefined));
      const found = within(running);
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
