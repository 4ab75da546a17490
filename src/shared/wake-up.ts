/** What a worker can be told to look at. The ids are rows that wait in the database; the job itself carries no truth. */
export type WakeUpJob = 'rewards.post' | 'payouts.submit';

/** Tells the workers that rows wait. Losing a call loses nothing: a sweep finds the rows. */
export abstract class WakeUp {
  /** Call after the commit. Never throws and never waits. */
  abstract announce(job: WakeUpJob, ids: readonly string[]): void;
}
