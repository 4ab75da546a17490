import { laneOf, runsAlone, SCHEDULED_JOBS, schedulesOf, type JobName } from './jobs.js';

const JOBS: JobName[] = ['rewards.post', 'payouts.submit', 'messages.send', ...SCHEDULED_JOBS];

it('every scheduled job has its period: “A scheduler that was never wired, so nothing was ever paid”', () => {
  const schedules = schedulesOf({ sweepSeconds: 7, auditSeconds: 900 });
  expect(schedules.map(({ job }) => job)).toEqual(SCHEDULED_JOBS);
  expect(Object.fromEntries(schedules.map(({ job, everyMs }) => [job, everyMs]))).toEqual({
    'events.sweep': 7_000,
    'rewards.mature': 7_000,
    'points.expire': 7_000,
    'coupons.expire': 7_000,
    'payouts.draft': 7_000,
    'payouts.poll': 7_000,
    'payouts.watch': 900_000,
    'journals.seal': 7_000,
    'books.close': 7_000,
    'audit-log.seal': 7_000,
    'messages.sweep': 7_000,
    'figures.count': 7_000,
    'visits.purge': 900_000,
    'people.erase': 900_000,
    'books.audit': 900_000,
  });
});

test('orders are posted in a lane of their own; every sweep runs once at a time, and no wake-up waits for another', () => {
  expect(JOBS.filter((job) => laneOf(job) === 'posting')).toEqual(['rewards.post']);
  expect(JOBS.filter(runsAlone)).toEqual(SCHEDULED_JOBS);
});
