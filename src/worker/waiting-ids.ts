import { UnrecoverableError } from 'bullmq';
import type { WakeUpIds, WakeUpJob } from '../core/wake-up.js';

/** The ids of a wake-up, as they were announced. Throws UnrecoverableError when the job is not one of ours. */
export function waitingIds<Id extends WakeUpIds[WakeUpJob]>(data: unknown): Id[] {
  const ids = (data as { ids?: unknown } | null)?.ids;
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids as Id[];
  throw new UnrecoverableError('the job has no list of ids');
}
