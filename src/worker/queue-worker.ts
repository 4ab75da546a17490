import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Queue, UnrecoverableError, Worker, type Job } from 'bullmq';
import type { RedisOptions } from 'ioredis';
import { Config } from '../core/config.js';
import { AdvisoryLocks } from '../core/advisory-locks.js';
import { JobRuns } from '../core/job-runs.js';
import { Logger } from '../core/logger.js';
import { connectRedis, type RedisConnection } from '../core/redis.js';
import { newSpanId, spanIdOf, Tracing } from '../core/tracing.js';
import { withContext } from '../core/work-context.js';
import { Jobs, laneOf, LANES, runsAlone, schedulesOf, type JobName, type Lane, type Schedule } from './jobs.js';
import { QueueMetrics } from './queue-metrics.js';
import { QUEUES, SILENCE_MS } from './queue-wake-up.js';

/** Periods without a run after which something is wrong with a schedule, and periods that its next run may be ahead. */
const SILENT_PERIODS = 10;
const AHEAD_PERIODS = 3;
/** How long a job that runs may take to finish when the process is to end. */
const CLOSE_MS = 30_000;
const CLOSE_AWAY_MS = 1000;
/** Jobs that announce order events and are in hand at once: what they tell of is gathered by shard into batches. */
const ANNOUNCEMENTS = 16;
/** A worker waits up to ten seconds for a job; longer than this nobody is there. */
const SILENT_WORKER_MS = 30_000;

/**
 * The reading end of the queue. Redis may go away and come back, or lose everything: the connection is taken up again,
 * and a timer of the process makes the schedules anew when they are missing, so the sweeps go on and find what waits.
 * Redis keeps the next moment of each schedule as the clock of some process said it. A clock that was wrong must not stop a
 * sweep, so a moment that is far from now makes the schedule anew; whether sweeps run is judged by the database's clock.
 */
@Injectable()
export class QueueWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly schedules: readonly Schedule[];
  private readonly periodMs: number;
  private workers: Worker[] = [];
  private queue: Queue | undefined;
  private readonly connections: RedisConnection[] = [];
  private timer: NodeJS.Timeout | undefined;
  private expected = false;

  constructor(
    private readonly jobs: Jobs,
    @Inject(Config) private readonly config: Config,
    private readonly logger: Logger,
    private readonly locks: AdvisoryLocks,
    private readonly runs: JobRuns,
    private readonly metrics: QueueMetrics,
    private readonly tracing: Tracing,
  ) {
    this.schedules = schedulesOf(config);
    this.periodMs = config.sweepSeconds * 1000;
  }

  onApplicationBootstrap(): void {
    this.metrics.expect(Object.keys(this.jobs.handlers) as JobName[]);
    this.workers = LANES.map((lane) => this.startWorker(lane));
    this.queue = new Queue(QUEUES.background, {
      connection: this.connect({ maxRetriesPerRequest: 1, commandTimeout: SILENCE_MS, socketTimeout: SILENCE_MS }),
      prefix: this.config.queuePrefix,
      skipWaitingForReady: true,
      skipVersionCheck: true, // see QueueWakeUp; the worker above checks
    });
    this.queue.on('error', () => undefined);
    void this.tick();
  }

  /** Lets the jobs that run finish; nothing new is begun. Without Redis nothing can be finished, so the end does not wait for it. */
  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const workers = this.workers;
    this.workers = [];
    const away = this.connections.some((connection) => connection.status !== 'ready');
    let patience: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled([...workers.map((worker) => worker.close(away)), this.queue?.close()]),
      new Promise((resolve) => (patience = setTimeout(resolve, away ? CLOSE_AWAY_MS : CLOSE_MS))),
    ]);
    clearTimeout(patience);
    for (const connection of this.connections) connection.disconnect();
  }

  private startWorker(lane: Lane): Worker {
    const worker = new Worker(QUEUES[lane], (job) => this.process(job), {
      connection: this.connect({ maxRetriesPerRequest: null, socketTimeout: SILENT_WORKER_MS }),
      prefix: this.config.queuePrefix,
      // In the background every kind of job has a slot, so that none waits for another that takes long.
      concurrency:
        lane === 'posting'
          ? ANNOUNCEMENTS
          : Object.keys(this.jobs.handlers).filter((job) => laneOf(job as JobName) === lane).length,
    });
    worker.on('error', (err) => this.logger.warn('the queue is away', { err }));
    worker.on('failed', (job, err) =>
      this.logger.error('job failed; the sweep will try again', { job: job?.name, err }),
    );
    return worker;
  }

  private async process(job: Job): Promise<void> {
    const { name } = job;
    if (!Object.hasOwn(this.jobs.handlers, name)) throw new UnrecoverableError(`no handler for ${name}`);
    const { requests } = job.data as { requests?: readonly string[] };
    const jobSpans = new Map((this.tracing.isOn && requests ? requests : []).map((id) => [id, newSpanId()]));
    const began = performance.now();
    const handle = () =>
      withContext({ job: name, ...(requests && { requests, jobSpans }) }, () =>
        this.metrics.time(name as JobName, () => this.jobs.handlers[name as JobName](job.data)),
      );
    let failed = true;
    try {
      if (!runsAlone(name)) await handle();
      else if ((await this.locks.tryRun(name, handle)) !== null) await this.runs.note(name);
      failed = false;
    } finally {
      const tookMs = performance.now() - began;
      const attributes = { 'yinke.job': name };
      for (const [requestId, spanId] of jobSpans)
        this.tracing.record({
          name: `job ${name}`,
          kind: 'consumer',
          requestId,
          spanId,
          parentSpanId: spanIdOf(requestId),
          tookMs,
          attributes,
          failed,
        });
    }
  }

  /** Looks after the schedules once a period, for as long as the worker runs. */
  private async tick(): Promise<void> {
    try {
      for (const schedule of this.schedules) await this.ensure(schedule);
    } catch (err) {
      this.logger.warn('schedules could not be looked after; trying again', { err });
    }
    await this.alertWhenSilent().catch((err: unknown) => {
      this.logger.warn('the last runs of schedules could not be read', { err });
    });
    if (this.workers.length > 0) this.timer = setTimeout(() => void this.tick(), this.periodMs);
  }

  /** Says which scheduled jobs no worker has brought to an end for long, by the database's clock. */
  private async alertWhenSilent(): Promise<void> {
    if (!this.expected) await this.runs.expect(this.schedules.map(({ job }) => job));
    this.expected = true;
    const ages = await this.runs.ages();
    for (const { job, everyMs } of this.schedules) {
      const age = ages.get(job) ?? 0;
      if (age * 1000 > SILENT_PERIODS * everyMs) this.logger.alert('job-silent', { job, sinceSeconds: age });
    }
  }

  /** Makes a schedule when it is missing, has another period, has missed its turn for long, or has it far in the future. */
  private async ensure({ job, everyMs }: Schedule): Promise<void> {
    const known = await this.queue?.getJobScheduler(job);
    const next = known?.next ?? 0;
    const ahead = next - Date.now();
    if (known?.every === everyMs && ahead > -SILENT_PERIODS * everyMs && ahead <= AHEAD_PERIODS * everyMs) return;
    if (known !== undefined && ahead > AHEAD_PERIODS * everyMs) {
      // To change a schedule keeps its next moment; only a new one forgets it.
      this.logger.warn('a schedule was far ahead and is made anew', { job, next: new Date(next).toISOString() });
      await this.queue?.removeJobScheduler(job);
    }
    await this.queue?.upsertJobScheduler(
      job,
      { every: everyMs },
      { name: job, data: {}, opts: { removeOnComplete: true, removeOnFail: 100 } },
    );
  }

  private connect(options: RedisOptions): RedisConnection {
    const connection = connectRedis(this.config.redisUrl, options);
    // Said once by the worker; without a listener ioredis would print each.
    connection.on('error', () => undefined);
    this.connections.push(connection);
    return connection;
  }
}
