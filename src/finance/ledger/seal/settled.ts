/** A journal commits well within this after the time that its row carries: what is older has nothing added to it. */
const SETTLED_SECONDS = 60;

/** Whether nothing can be posted before `at` any more. */
export function isSettled(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > SETTLED_SECONDS * 1000;
}
