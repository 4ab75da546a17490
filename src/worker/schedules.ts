import type { Config } from '../core/config.js';
import { SCHEDULED_JOBS, type Schedule } from './job-catalogue.js';

/** What looks at everything is done as seldom as the audit. */
const HOURLY: ReadonlySet<string> = new Set(['books.audit', 'payouts.watch']);

/** How often each scheduled job is run. */
export function schedulesOf(config: Config): Schedule[] {
  return SCHEDULED_JOBS.map((job) => ({
    job,
    everyMs: (HOURLY.has(job) ? config.auditSeconds : config.sweepSeconds) * 1000,
  }));
}
