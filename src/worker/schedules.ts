import type { Config } from '../config.js';
import { SCHEDULED_JOBS, type Schedule } from './job-catalogue.js';

/** How often each scheduled job is run. */
export function schedulesOf(config: Config): Schedule[] {
  return SCHEDULED_JOBS.map((job) => ({
    job,
    everyMs: (job === 'books.audit' ? config.auditSeconds : config.sweepSeconds) * 1000,
  }));
}
