import type { MessageId, OrderEventId, PayoutBatchId } from '../shared/ids.js';
/** What a worker can be told to look at: rows that wait in the database. The job itself carries no truth. */
export interface WakeUpIds {
  'rewards.post': OrderEventId;
  'payouts.submit': PayoutBatchId;
  'messages.send': MessageId;
}

export type WakeUpJob = keyof WakeUpIds;

/** Tells the workers that rows wait. Losing a call loses nothing: a sweep finds the rows. */
export abstract class WakeUp {
  /** Call after the commit. Never throws and never waits. `bulk`: rows of an import, which let everything else go first. */
  abstract announce<Job extends WakeUpJob>(job: Job, ids: readonly WakeUpIds[Job][], origin?: 'live' | 'bulk'): void;
}
