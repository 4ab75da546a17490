import { checkCatalogue, JOB_NAMES, laneOf, runsAlone, SCHEDULED_JOBS, type JobProcessor } from './job-catalogue.js';

const processors = JOB_NAMES.map((job): JobProcessor => ({ job, process: () => Promise.resolve() }));
const schedules = SCHEDULED_JOBS.map((job) => ({ job, everyMs: 1000 }));

describe('the worker starts only', () => {
  it('when every job has its processor and every scheduled job its schedule', () => {
    expect([...checkCatalogue(processors, schedules).keys()].sort()).toEqual([...JOB_NAMES].sort());
  });

  it('with a processor for every job: one that is missing or double stops it', () => {
    for (const one of processors) {
      const others = processors.filter((processor) => processor !== one);
      expect(() => checkCatalogue(others, schedules)).toThrow(`${one.job} has 0 processors`);
      expect(() => checkCatalogue([...processors, one], schedules)).toThrow(`${one.job} has 2 processors`);
    }
  });

  it('with a schedule for every scheduled job: “A scheduler that was never wired, so nothing was ever paid” stops it', () => {
    for (const one of schedules) {
      const others = schedules.filter((schedule) => schedule !== one);
      expect(() => checkCatalogue(processors, others)).toThrow(`${one.job} has 0 schedules`);
      expect(() => checkCatalogue(processors, [...schedules, one])).toThrow(`${one.job} has 2 schedules`);
    }
    expect(() => checkCatalogue(processors, [...schedules, { job: 'rewards.post', everyMs: 1 }])).toThrow(
      'rewards.post',
    );
  });
});

test('orders are posted in a lane of their own; every sweep runs once at a time, and no wake-up waits for another', () => {
  expect(JOB_NAMES.filter((job) => laneOf(job) === 'posting')).toEqual(['rewards.post']);
  expect(JOB_NAMES.filter(runsAlone).sort()).toEqual([...SCHEDULED_JOBS].sort());
  expect(['rewards.post', 'payouts.submit'].filter(runsAlone)).toEqual([]);
});
