import { setImmediate } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Registry } from 'prom-client';
import { Test } from '@nestjs/testing';
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
      { provide: UnitOfWork, useValue: unitOfWork },
      { provide: VisitRepository, useValue: visits },
      { provide: Logger, useValue: new Logger('silent') },
    ],
  }).compile();
  return { batches, recorder: module.get(VisitRecorder) };
}

/** Visits that come in one moment are gathered until it is over. */
const moment = () => setImmediate();

describe('group commit of visits', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('writes a visit at once, and those that come meanwhile in one statement after it, at most 500', async () => {
    const written: (() => void)[] = [];
    const { recorder: subject, batches } = await recorder(() => new Promise((resolve) => written.push(resolve)));
    const answers = [subject.record(visit)];
    await moment();
    expect(batches).toEqual([1]);
    answers.push(...Array.from({ length: 700 }, () => subject.record(visit)));
    await moment();
    expect(batches).toEqual([1]);
    for (let statement = 0; statement < 3; statement += 1) {
      written[statement]?.();
      for (let step = 0; step < 5; step += 1) await moment();
    }
    expect(new Set(await Promise.all(answers))).toEqual(new Set([true]));
    expect(batches).toEqual([1, 500, 200]);
  });

  it('answers without the database while that is away, lets one visit try a second later, and recovers', async () => {
    let away = true;
    const { recorder: subject, batches } = await recorder(() =>
      away ? Promise.reject(new Error('away')) : Promise.resolve(),
    );
    expect(await subject.record(visit)).toBe(false);
    expect(await subject.record(visit)).toBe(false);
    expect(batches).toEqual([1]);

    await jest.advanceTimersByTimeAsync(1001);
    away = false;
    expect(await subject.record(visit)).toBe(true);
    expect([await subject.record(visit), batches]).toEqual([true, [1, 1, 1]]);
  });

  it('waits a second for a database that does not answer, and others do not wait with it', async () => {
    const { recorder: subject, batches } = await recorder(() => new Promise(() => undefined));
    const stuck = subject.record(visit);
    await moment();
    await jest.advanceTimersByTimeAsync(500);
    const behind = subject.record(visit);
    await jest.advanceTimersByTimeAsync(503);
    expect([await stuck, await behind, batches]).toEqual([false, false, [1]]);
    await jest.advanceTimersByTimeAsync(1001);
    const probe = subject.record(visit);
    await moment();
    expect(await subject.record(visit)).toBe(false);
    await jest.advanceTimersByTimeAsync(1001);
    expect([await probe, batches]).toEqual([false, [1, 1]]);
  });
});
