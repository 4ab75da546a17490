import { Inject, Injectable } from '@nestjs/common';
import { Histogram, Registry } from 'prom-client';
import { Config } from '../core/config.js';
import { JobRuns } from '../core/job-runs.js';
import { StoreGauges, type Sample } from '../core/store-gauges.js';
import { LANES, schedulesOf, type JobName } from './jobs.js';
import { QUEUES, QueueWakeUp } from './queue-wake-up.js';

const JOB_STATES = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;

/** What the queues hold, and how the jobs go. */
@Injectable()
export class QueueMetrics {
  private readonly durations: Histogram<'job_name' | 'outcome'>;

  constructor(
    registry: Registry,
    gauges: StoreGauges,
    queues: QueueWakeUp,
    runs: JobRuns,
    @Inject(Config) config: Config,
  ) {
    gauges.addUp(
      { name: 'yinke_redis_up', help: '1 when Redis answers this process, else 0.' },
      () => queues.ask(),
      'redis',
    );
    gauges.add(
      {
        name: 'yinke_queue_jobs',
        help: 'Jobs by queue and state: waiting, prioritized (waiting, of an import), active, delayed, failed (the last thousand are kept).',
        labelNames: ['queue', 'state'],
      },
      async () => {
        const counts = await Promise.all(LANES.map((lane) => queues.count(lane, JOB_STATES)));
        return LANES.flatMap((lane, index) =>
          JOB_STATES.map((state): Sample => ({
            labels: { queue: QUEUES[lane], state },
            value: counts[index]?.[state] ?? 0,
          })),
        );
      },
      'redis',
    );
    gauges.add(
      {
        name: 'yinke_job_last_run_age_seconds',
        help: 'Seconds since some worker last brought a scheduled job to its end.',
        labelNames: ['job_name'],
      },
      async () =>
        [...(await runs.ages())].map(([job, value]) => ({ labels: { job_name: job }, value: Math.max(0, value) })),
    );
    gauges.add(
      { name: 'yinke_job_period_seconds', help: 'How often a scheduled job is to run.', labelNames: ['job_name'] },
      () =>
        Promise.resolve(
          schedulesOf(config).map(({ job, everyMs }) => ({ labels: { job_name: job }, value: everyMs / 1000 })),
        ),
    );
    this.durations = new Histogram({
      name: 'yinke_job_duration_seconds',
      help: 'Seconds that jobs of this worker took, by job and outcome: done, failed.',
      labelNames: ['job_name', 'outcome'] as const,
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300],
      registers: [registry],
    });
  }

  /** Shows these jobs as none that failed yet, so that the first failure is seen as one. */
  expect(jobs: readonly JobName[]): void {
    for (const job of jobs) this.durations.zero({ job_name: job, outcome: 'failed' });
  }

  /** Runs a job and notes how long it took. */
  async time<T>(job: JobName, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    let outcome = 'failed';
    try {
      const result = await work();
      outcome = 'done';
      return result;
    } finally {
      this.durations.observe({ job_name: job, outcome }, (performance.now() - began) / 1000);
    }
  }
}
