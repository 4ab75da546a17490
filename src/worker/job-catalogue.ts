import type { WakeUpJob } from '../core/wake-up.js';

/** Work that the clock asks for; see schedules.ts for when. */
export const SCHEDULED_JOBS = [
  'events.sweep',
  'rewards.mature',
  'points.expire',
  'coupons.expire',
  'payouts.draft',
  'payouts.poll',
  'payouts.watch',
  'journals.seal',
  'books.audit',
] as const;
export type ScheduledJob = (typeof SCHEDULED_JOBS)[number];

/** Every job there is. A wake-up that is missing here does not compile. */
const kinds = {
  'rewards.post': 'wake-up',
  'payouts.submit': 'wake-up',
  'events.sweep': 'scheduled',
  'rewards.mature': 'scheduled',
  'points.expire': 'scheduled',
  'coupons.expire': 'scheduled',
  'payouts.draft': 'scheduled',
  'payouts.poll': 'scheduled',
  'payouts.watch': 'scheduled',
  'journals.seal': 'scheduled',
  'books.audit': 'scheduled',
} as const satisfies Record<WakeUpJob, 'wake-up'> & Record<ScheduledJob, 'scheduled'>;

export type JobName = keyof typeof kinds;
export const JOB_NAMES = Object.keys(kinds) as JobName[];

/** Queues with slots of their own, so that nothing long keeps orders from being posted. */
export const LANES = ['posting', 'background'] as const;
export type Lane = (typeof LANES)[number];

export function laneOf(job: JobName): Lane {
  return job === 'rewards.post' ? 'posting' : 'background';
}

/** Work that runs once at a time over all workers: a sweep that is still busy is not joined by the next one. */
export function runsAlone(job: string): boolean {
  return SCHEDULED_JOBS.some((name) => name === job);
}

/** Reacts to one kind of job: parses it and calls one service method. Assumes that it runs twice, and at the same time. */
export abstract class JobProcessor {
  abstract readonly job: JobName;
  /** Throws UnrecoverableError for what will never work. */
  abstract process(data: unknown): Promise<unknown>;
}

/** When a scheduled job is run. */
export interface Schedule {
  job: JobName;
  everyMs: number;
}

/** A job without its processor or schedule, or with two: the worker must not start. */
export class JobCatalogueError extends Error {
  override readonly name = 'JobCatalogueError';
}

/**
 * The processor of every job. Throws {@link JobCatalogueError} unless every job has exactly one processor and every
 * scheduled job exactly one schedule: a job that nobody handles, or a sweep that nobody wired, is found at the start.
 */
export function checkCatalogue(
  processors: readonly JobProcessor[],
  schedules: readonly Schedule[],
): ReadonlyMap<string, JobProcessor> {
  const faults = JOB_NAMES.flatMap((job) => {
    const handled = processors.filter((processor) => processor.job === job).length;
    const scheduled = schedules.filter((schedule) => schedule.job === job).length;
    const wanted = kinds[job] === 'scheduled' ? 1 : 0;
    return [
      ...(handled === 1 ? [] : [`${job} has ${handled} processors`]),
      ...(scheduled === wanted ? [] : [`${job} has ${scheduled} schedules instead of ${wanted}`]),
    ];
  });
  if (faults.length > 0) throw new JobCatalogueError(faults.join('; '));
  return new Map(processors.map((processor) => [processor.job, processor]));
}
