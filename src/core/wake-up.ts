/** What a worker can be told to look at. The ids are rows that wait in the database; the job itself carries no truth. */
export type WakeUpJob = 'rewards.post' | 'payouts.submit' | 'messages.send';

/** Tells the workers that rows wait. Losing a call loses nothing: a sweep finds the rows. */
export abstract class WakeUp {
  /** Call after the commit. Never throws and never waits. `bulk`: rows of an import, which let everything else go first. */
  abstract announce(job: WakeUpJob, ids: readonly string[], origin?: 'live' | 'bulk'): void;
}
