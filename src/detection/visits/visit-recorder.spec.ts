import { jest } from '@jest/globals';
import { Registry } from 'prom-client';
import { Test } from '@nestjs/testing';
import { Config } from '../../core/config.js';
import { Logger } from '../../core/logger.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { VisitMetrics } from './visit-metrics.js';
import { VisitRecorder } from './visit-recorder.js';
import { VisitRepository, type NewVisit } from './visit.repository.js';
import { newId } from '../../shared/ids.js';

const visit = { id: newId('visit') } as NewVisit;

/** A recorder that writes to a stand-in of the database, so that time can be stopped. */
async function recorder(insert: (visits: readonly NewVisit[]) => Promise<void>) {
  const batches: number[] = [];
  const visits = {
    insertMany: (_: unknown, batch: readonly NewVisit[]) => {
      batches.push(batch.length);
      return insert(batch);
    },
  };
  const unitOfWork = { run: (work: (tx: null) => Promise<void>) => work(null) };
  const module = await Test.createTestingModule({
    providers: [
      VisitRecorder,
      VisitMetrics,
      Registry,
      { provide: Config, useValue: { visitBatchMs: 3 } },
      { provide: UnitOfWork, useValue: unitOfWork },
      { provide: VisitRepository, useValue: visits },
      { provide: Logger, useValue: new Logger('silent') },
    ],
  }).compile();
  return { batches, recorder: module.get(VisitRecorder) };
}

describe('group commit of visits', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('writes the visits of a few milliseconds in one statement, at most 500', async () => {
    const { recorder: subject, batches } = await recorder(() => Promise.resolve());
    const answers = Array.from({ length: 1200 }, () => subject.record(visit));
    await jest.advanceTimersByTimeAsync(3);
    expect(new Set(await Promise.all(answers))).toEqual(new Set([true]));
    expect(batches.sort()).toEqual([200, 500, 500]);
  });

  it('answers without the database while that is away, lets one batch try a second later, and recovers', async () => {
    let away = true;
    const { recorder: subject, batches } = await recorder(() =>
      away ? Promise.reject(new Error('away')) : Promise.resolve(),
    );
    const first = subject.record(visit);
    await jest.advanceTimersByTimeAsync(3);
    expect(await first).toBe(false);
    expect(await subject.record(visit)).toBe(false);
    expect(batches).toEqual([1]);

    await jest.advanceTimersByTimeAsync(1001);
    away = false;
    const probe = subject.record(visit);
    await jest.advanceTimersByTimeAsync(3);
    expect(await probe).toBe(true);
    const after = subject.record(visit);
    await jest.advanceTimersByTimeAsync(3);
    expect([await after, batches]).toEqual([true, [1, 1, 1]]);
  });

  it('waits a second for a database that does not answer, and others do not wait with it', async () => {
    const { recorder: subject, batches } = await recorder(() => new Promise(() => undefined));
    const stuck = subject.record(visit);
    await jest.advanceTimersByTimeAsync(1003);
    expect(await stuck).toBe(false);
    await jest.advanceTimersByTimeAsync(1001);
    const probe = subject.record(visit);
    await jest.advanceTimersByTimeAsync(3);
    expect(await subject.record(visit)).toBe(false);
    await jest.advanceTimersByTimeAsync(1000);
    expect([await probe, batches]).toEqual([false, [1, 1]]);
  });
});
