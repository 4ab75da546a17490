import { UnrecoverableError } from 'bullmq';

/** The ids of a wake-up. Throws UnrecoverableError when the job is not one of ours. */
export function waitingIds(data: unknown): string[] {
  const ids = (data as { ids?: unknown } | null)?.ids;
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  throw new UnrecoverableError('the job has no list of ids');
}
