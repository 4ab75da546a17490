import { ScheduledDraftService } from '../../src/finance/payouts/batches/scheduled-draft.service.js';
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
