import { jest } from '@jest/globals';
import { Logger } from '../../src/core/logger.js';
import { ScheduledDraftService } from '../../src/finance/payouts/batches/scheduled-draft.service.js';
import { BankingDays } from '../../src/finance/payouts/terms/banking-days.service.js';
import { PayoutScheduleService } from '../../src/finance/payouts/terms/payout-schedule.service.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.db.query("UPDATE payout_schedule SET state = 'ended', next_due_at = NULL");
  await w.policy({});
});
afterEach(async () => expect(await w.offenders()).toEqual([]));

const DAILY = {
  currency: 'CNY',
  rail: 'http-bank',
  timeZone: 'Asia/Shanghai',
  time: '09:00',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
};
const work = () => w.testApp.app.get(ScheduledDraftService).draftDueBatches();
const get = async (id: string) => (await w.world.auditor.get(`/v1/payout-schedules/${id}`)).body;

async function schedule(terms: object = {}): Promise<string> {
  const { status, text, body } = await w.world.maker.post('/v1/payout-schedules', { ...DAILY, ...terms });
  if (status !== 201) throw new Error(text);
  return body.id;
}

/** As if the schedule had been due first so many days ago, and nobody had been there since. */
const silent = (id: string, days: number) =>
  w.db.query('UPDATE payout_schedule SET next_due_at = NOW(6) - INTERVAL ? DAY WHERE id = ?', [days, id]);

describe('a schedule', () => {
  it('drafts a batch by itself when it is due, and people take it from there', async () => {
    const merchant = await w.merchant(500n);
    const id = await schedule();
    expect(await get(id)).toMatchObject({ ...DAILY, shift: 'none', state: 'active', runs: [], problem: null });
    expect(await work()).toBe(0);
    await silent(id, 1);
    expect(await work()).toBe(1);
    const { runs, nextDueAt } = await get(id);
    expect(runs).toMatchObject([{ missed: 0, batch: expect.stringMatching(/^pba_/) }]);
    expect(new Date(nextDueAt).getTime()).toBeGreaterThan(new Date(runs[0].dueAt).getTime());
    expect(nextDueAt).toMatch(/T01:00:00/);

    const { batch: batchId } = runs[0];
    expect(await w.batch(batchId)).toMatchObject({ state: 'draft', madeBy: 'system', currency: 'CNY' });
    expect((await w.payouts(batchId)).map((payout) => [payout.merchant, payout.amount])).toContainEqual([
      merchant.id,
      500,
    ]);
    const both = await w.staffMember('finance-maker', 'finance-checker');
    await w.step(batchId, 'request-approval', both);
    expect((await w.step(batchId, 'approve', both)).body.code).toBe('payout.same-person');
    expect((await w.step(batchId, 'approve')).body.state).toBe('approved');
    await w.step(batchId, 'submit');
    await w.poll();
    await w.poll();
    expect((await w.batch(batchId)).state).toBe('completed');
  });

  it('drafts once for a due date with many workers, and once after a long silence', async () => {
    await w.merchant(500n);
    const id = await schedule();
    await silent(id, 10);
    const [{ before }] = await w.db.query('SELECT COUNT(*) `before` FROM payout_batch');
    const did = await Promise.all(Array.from({ length: 8 }, work));
    expect(did.reduce((sum, count) => sum + count, 0)).toBe(1);
    const [{ after }] = await w.db.query('SELECT COUNT(*) `after` FROM payout_batch');
    expect(Number(after) - Number(before)).toBe(1);
    expect((await get(id)).runs).toMatchObject([{ missed: 9 }]);
    // Killed before its date was moved on: the same due date is not drafted again.
    await w.db.query(
      'UPDATE payout_schedule s JOIN payout_schedule_run r ON r.schedule_id = s.id SET s.next_due_at = r.due_at WHERE s.id = ?',
      [id],
    );
    await work();
    expect((await get(id)).runs).toHaveLength(1);
    const [{ last }] = await w.db.query('SELECT COUNT(*) last FROM payout_batch');
    expect(last).toBe(after);
  });

  it('drafts each currency by itself, under its own policy, and nobody where there is nobody to pay', async () => {
    await w.db.query("UPDATE merchant SET state = 'closed'");
    const merchant = await w.merchant(500n);
    await w.credit(merchant.id, 700n, 'USD');
    await w.policy({ fee: { amount: 5, chargedTo: 'merchant' } }, 'USD');
    const ids = [
      await schedule(),
      await schedule({ currency: 'USD', minAmount: 2 }),
      await schedule({ currency: 'EUR' }),
    ];
    for (const id of ids) await silent(id, 1);
    expect(await work()).toBe(3);
    const batches = [];
    for (const id of ids) batches.push((await get(id)).runs[0].batch);
    expect(batches[2]).toBeNull();
    expect(await w.batch(batches[0])).toMatchObject({ currency: 'CNY', total: 500, fees: 0, payoutCount: 1 });
    expect(await w.batch(batches[1])).toMatchObject({ currency: 'USD', total: 700, fees: 5, minAmount: 2 });
    await w.policy({}, 'USD');
  });

  it('says why it cannot draft, holds up no other, and does so as soon as it can', async () => {
    const merchant = await w.merchant(500n);
    await w.credit(merchant.id, 700n, 'KWD');
    const [stuck, fine] = [await schedule({ currency: 'KWD' }), await schedule()];
    await silent(stuck, 2);
    await silent(fine, 1);
    expect(await work()).toBe(1);
    expect(await get(stuck)).toMatchObject({
      problem: expect.stringContaining('payout.no-platform-account'),
      runs: [],
    });
    expect((await get(fine)).runs).toHaveLength(1);
    const account = {
      holder: 'Yinke',
      number: 'KW81CBKU0000000000001234560101',
      bic: 'CBKUKWKW',
      country: 'KW',
      town: 'Kuwait',
    };
    expect((await w.world.admin.put('/v1/platform-accounts/KWD', account)).status).toBe(200);
    expect(await work()).toBe(1);
    expect(await get(stuck)).toMatchObject({ problem: null, runs: [{ missed: 1 }] });
  });

  it('is changed from now on, or ended for good', async () => {
    const id = await schedule();
    await silent(id, 5);
    const changed = await w.world.admin.put(`/v1/payout-schedules/${id}`, {
      ...DAILY,
      weekdays: undefined,
      monthDays: [31],
      shift: 'previous',
      holidays: ['2026-12-31'],
    });
    expect(changed).toMatchObject({ status: 200, body: { monthDays: [31], shift: 'previous' } });
    expect(changed.body).not.toHaveProperty('weekdays');
    expect(await work()).toBe(0);
    expect((await w.world.maker.post(`/v1/payout-schedules/${id}/end`)).body).toMatchObject({
      state: 'ended',
      nextDueAt: null,
    });
    await silent(id, 5);
    expect(await work()).toBe(0);
    for (const answer of [
      await w.world.maker.put(`/v1/payout-schedules/${id}`, DAILY),
      await w.world.maker.post(`/v1/payout-schedules/${id}/end`),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, 'payout.schedule-ended']);
    const listed = await w.world.auditor.get('/v1/payout-schedules?limit=1');
    expect(listed.body.items).toMatchObject([{ id, state: 'ended' }]);
  });

  it('takes null for what is left out', async () => {
    const nothing = {
      monthDays: null,
      minAmount: null,
      fileFormat: null,
      shift: null,
      holidays: null,
      workingDays: null,
    };
    const { status, body } = await w.world.maker.post('/v1/payout-schedules', { ...DAILY, ...nothing });
    expect([status, body.shift]).toEqual([201, 'none']);
    expect((await w.world.maker.post(`/v1/payout-schedules/${body.id}/end`)).status).toBe(200);
  });

  it('is refused when it makes no sense, and to whom it does not concern', async () => {
    const bad: [object, number, string][] = [
      [{ weekdays: undefined }, 422, '/weekdays'],
      [{ monthDays: [1] }, 422, '/weekdays'],
      [{ weekdays: [0] }, 422, '/weekdays'],
      [{ weekdays: [1, 1] }, 422, '/weekdays'],
      [{ weekdays: [] }, 422, '/weekdays'],
      [{ weekdays: undefined, monthDays: [32] }, 422, '/monthDays'],
      [{ time: '24:00' }, 422, '/time'],
      [{ time: '9:00' }, 422, '/time'],
      [{ timeZone: 'Mars/Olympus' }, 422, '/timeZone'],
      [{ holidays: ['01.10.2026'] }, 422, '/holidays'],
      [{ holidays: ['2026-10-01', '2026-02-30'] }, 422, '/holidays'],
      [{ workingDays: ['2026-02-29'] }, 422, '/workingDays'],
      [{ weekdays: null, monthDays: null }, 422, '/weekdays'],
      [{ shift: 'sideways' }, 422, '/shift'],
      [{ minAmount: 0 }, 422, '/minAmount'],
      [{ fileFormat: 'csv-generic' }, 422, '/fileFormat'],
      [{ surprise: 1 }, 422, '/surprise'],
    ];
    for (const [change, status, pointer] of bad) {
      const answer = await w.world.maker.post('/v1/payout-schedules', { ...DAILY, ...change });
      expect([change, answer.status, answer.body.errors?.[0]?.pointer.split('/').slice(0, 2).join('/')]).toEqual([
        change,
        status,
        pointer,
      ]);
    }
    expect((await w.world.maker.post('/v1/payout-schedules', { ...DAILY, rail: 'wechat-pay' })).body.code).toBe(
      'payout.rail-not-available',
    );
    for (const who of [w.world.checker, w.world.auditor, w.world.sk])
      expect((await who.post('/v1/payout-schedules', DAILY)).status).toBe(403);
    expect((await w.world.auditor.get('/v1/payout-schedules/psc_nothing')).body.code).toBe('payout.schedule-not-found');
  });
});

describe('the days on which banks work, by a schedule', () => {
  const read = (id: string, year: number | string) =>
    w.world.auditor.get(`/v1/payout-schedules/${id}/bank-days?year=${year}`);
  /** `open` or `closed`, and who says so; undefined: nobody says more than the week. */
  async function days(id: string, ...named: string[]) {
    const { status, text, body } = await read(id, named[0]!.slice(0, 4));
    if (status !== 200) throw new Error(text);
    return named.map((day) => {
      const found = body.items.find((item: { day: string }) => item.day === day);
      return found && `${found.open ? 'open' : 'closed'} by ${found.from}`;
    });
  }
  /** What is asked meanwhile finds schedules and banking days at this moment. */
  async function at<T>(moment: string, ask: () => Promise<T>): Promise<T> {
    const services = [PayoutScheduleService, BankingDays].map((type) => w.testApp.app.get<object>(type));
    const clocks = services.map((service) => Reflect.get(service, 'clock') as unknown);
    for (const service of services) Reflect.set(service, 'clock', { now: () => new Date(moment) });
    try {
      return await ask();
    } finally {
      services.forEach((service, index) => Reflect.set(service, 'clock', clocks[index]));
    }
  }
  const monthly = (monthDay: number, terms: object = {}) =>
    schedule({ weekdays: undefined, monthDays: [monthDay], shift: 'next', ...terms });
  const nextDay = async (id: string) => (await get(id)).nextDueAt.slice(0, 10);

  it('are for CNY those of the State Council: National Day 2026 rests, and 调休 weekends work', async () => {
    const id = await schedule();
    const golden = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`);
    expect(await days(id, ...golden)).toEqual(Array(7).fill('closed by default'));
    expect(await days(id, '2026-10-08', '2026-10-10', '2026-10-11')).toEqual([undefined, 'open by default', undefined]);
    const made = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];
    const { body } = await read(id, 2026);
    expect(body).toMatchObject({ year: 2026, calendar: 'CN', known: true });
    expect(body.items.filter((item: any) => item.open).map((item: any) => item.day)).toEqual(made);
    expect(body.items).toHaveLength(33 + 6);
    expect(body.items.at(-1)).toEqual({
      day: '2026-10-10',
      open: true,
      from: 'default',
      name: 'National Day 国庆节（调休）',
    });
  });

  it('move what is due, without a list of the operator’s', async () => {
    const from = '2026-09-25T00:00:00Z';
    expect(await nextDay(await at(from, () => monthly(1)))).toBe('2026-10-08');
    expect(await nextDay(await at(from, () => monthly(1, { shift: 'previous' })))).toBe('2026-09-30');
    expect(await nextDay(await at(from, () => monthly(1, { shift: 'none' })))).toBe('2026-10-01');
    // A Saturday on which China works, and the Saturday after it.
    expect(await nextDay(await at(from, () => monthly(10)))).toBe('2026-10-10');
    expect(await nextDay(await at(from, () => monthly(17)))).toBe('2026-10-19');
    // The first of October is any day in New York and in Frankfurt.
    expect(await nextDay(await at(from, () => monthly(1, { currency: 'USD' })))).toBe('2026-10-01');
  });

  it('are for EUR those of TARGET, and for others those of the currency’s country', async () => {
    const [eur, usd, gbp] = [
      await schedule({ currency: 'EUR' }),
      await schedule({ currency: 'USD' }),
      await schedule({ currency: 'GBP' }),
    ];
    const { body } = await read(eur, 2026);
    expect(body).toMatchObject({ calendar: 'TARGET', known: true });
    expect(body.items.map((item: any) => [item.day, item.open])).toEqual([
      ['2026-01-01', false],
      ['2026-04-03', false],
      ['2026-04-06', false],
      ['2026-05-01', false],
      ['2026-12-25', false],
      ['2026-12-26', false],
    ]);
    expect(body.items[1]).toMatchObject({ name: 'Good Friday', from: 'default' });
    const goodFriday = () => monthly(3, { currency: 'EUR', timeZone: 'Europe/Berlin' });
    expect(await nextDay(await at('2026-03-20T00:00:00Z', goodFriday))).toBe('2026-04-07');
    expect((await read(usd, 2026)).body.calendar).toBe('US');
    // Independence Day is a Saturday in 2026: the Federal Reserve works on the Friday before it.
    expect(await days(usd, '2026-11-26', '2026-04-03', '2026-07-03', '2026-07-04')).toEqual([
      'closed by default',
      undefined,
      undefined,
      'closed by default',
    ]);
    expect(await days(gbp, '2026-04-03', '2026-12-28', '2026-11-26')).toEqual([
      'closed by default',
      'closed by default',
      undefined,
    ]);
  });

  it('are what the operator says where they say it, both ways', async () => {
    const own = { holidays: ['2026-10-09', '2026-10-10'], workingDays: ['2026-10-06', '2026-10-11'] };
    const id = await schedule(own);
    expect(await days(id, ...own.holidays, ...own.workingDays, '2026-10-07')).toEqual([
      'closed by operator',
      'closed by operator',
      'open by operator',
      'open by operator',
      'closed by default',
    ]);
    expect((await read(id, 2026)).body.items).toContainEqual({
      day: '2026-10-09',
      open: false,
      from: 'operator',
      name: null,
    });
    expect(await get(id)).toMatchObject(own);
    const from = '2026-09-25T00:00:00Z';
    expect(await nextDay(await at(from, () => monthly(1, own)))).toBe('2026-10-06');
    expect(await nextDay(await at(from, () => monthly(9, own)))).toBe('2026-10-11');
  });

  it('are those on which a bank is asked to pay, also where no schedule is', async () => {
    const rail = { rail: 'iso20022-file' };
    const batch = await w.approved([await w.merchant(500n)], rail);
    const submit = (executionDate?: string) =>
      at('2026-09-30T20:00:00Z', () => w.step(batch.id, 'submit', w.world.maker, { executionDate }));
    for (const day of ['2026-10-01', '2026-10-07', '2026-10-11']) {
      const { status, body } = await submit(day);
      expect([day, status]).toEqual([day, 422]);
      expect(body.errors[0].detail).toContain(day === '2026-10-11' ? '2026-10-12' : '2026-10-08');
    }
    expect((await submit()).body.executionDate).toBe('2026-10-08');
    const other = await w.approved([await w.merchant(500n)], rail);
    const saturday = await at('2026-09-30T20:00:00Z', () =>
      w.step(other.id, 'submit', w.world.maker, { executionDate: '2026-10-10' }),
    );
    expect(saturday.body.executionDate).toBe('2026-10-10');
  });

  it('are Mondays to Fridays and the operator’s in a year that is not known, and the answer says so', async () => {
    const own = { holidays: ['2099-10-01'], workingDays: ['2099-10-10'] };
    const [cny, kwd] = [await schedule(own), await schedule({ currency: 'KWD' })];
    expect((await read(cny, 2099)).body).toEqual({
      year: 2099,
      calendar: 'CN',
      known: false,
      items: [
        { day: '2099-10-01', open: false, from: 'operator', name: null },
        { day: '2099-10-10', open: true, from: 'operator', name: null },
      ],
    });
    expect((await read(kwd, 2026)).body).toEqual({ year: 2026, calendar: null, known: false, items: [] });
    expect(await nextDay(await at('2099-09-25T00:00:00Z', () => monthly(2)))).toBe('2099-10-02');

    const unknown = (moment: string, id: string) => at(moment, async () => (await get(id)).unknownYears);
    expect(await unknown('2026-09-01T00:00:00Z', cny)).toEqual([]);
    expect(await unknown('2099-09-01T00:00:00Z', cny)).toEqual([2099]);
    expect(await unknown('2099-12-01T00:00:00Z', cny)).toEqual([2099, 2100]);
    expect(await unknown('2026-09-01T00:00:00Z', kwd)).toEqual([2026]);
    const { body } = await at('2099-12-01T00:00:00Z', () => w.world.auditor.get('/v1/payout-schedules?limit=2'));
    expect(body.items.map((item: any) => item.unknownYears)).toEqual([
      [2099, 2100],
      [2099, 2100],
    ]);
  });

  it('are said not to be known when a bank is asked to pay in such a year', async () => {
    const warn = jest.spyOn(w.testApp.app.get(Logger), 'warn').mockImplementation(() => undefined);
    for (const [moment, day, warned] of [
      ['2099-12-30T20:00:00Z', '2099-12-31', 1],
      ['2026-12-30T20:00:00Z', '2026-12-31', 0],
    ] as const) {
      warn.mockClear();
      const batch = await w.approved([await w.merchant(500n)], { rail: 'iso20022-file' });
      const { body } = await at(moment, () => w.step(batch.id, 'submit'));
      expect(body.executionDate).toBe(day);
      expect(warn.mock.calls.filter(([text]) => String(text).includes('holidays of this year are not known'))).toEqual(
        warned ? [[expect.any(String), { batchId: batch.id, currency: 'CNY', executionDate: day }]] : [],
      );
    }
    warn.mockRestore();
  });

  it('are of one year, of a schedule that is there', async () => {
    const id = await schedule();
    for (const year of ['', 'soon', '1999', '2100', '2026.5'])
      expect([year, (await read(id, year)).status]).toEqual([year, 422]);
    expect((await read('psc_nothing', 2026)).body.code).toBe('payout.schedule-not-found');
    expect((await w.world.sk.get(`/v1/payout-schedules/${id}/bank-days?year=2026`)).status).toBe(403);
  });

  it('move a date that was reckoned before the holidays were known', async () => {
    const id = await at('2026-09-25T00:00:00Z', () => monthly(1, { shift: 'previous' }));
    await w.db.query("UPDATE payout_schedule SET next_due_at = '2099-10-01 01:00:00' WHERE id = ?", [id]);
    // One that cannot be reckoned holds up no other.
    const broken = await schedule();
    const [{ calendar }] = await w.db.query('SELECT calendar FROM payout_schedule WHERE id = ?', [broken]);
    await w.db.query("UPDATE payout_schedule SET calendar = '{' WHERE id = ?", [broken]);
    // A worker of a new release.
    const drafts = w.testApp.app.get(ScheduledDraftService);
    Reflect.set(drafts, 'isReckoned', false);
    await work();
    await w.db.query('UPDATE payout_schedule SET calendar = ? WHERE id = ?', [calendar, broken]);
    const { nextDueAt } = await get(id);
    expect(new Date(nextDueAt).getTime() - Date.now()).toBeLessThan(33 * 86_400_000);
  });
});
