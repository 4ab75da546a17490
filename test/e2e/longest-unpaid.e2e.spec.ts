import { jest } from '@jest/globals';
import { PayoutHousekeeping } from '../../src/finance/payouts/batches/payout-housekeeping.service.js';
import { ScheduledDraftService } from '../../src/finance/payouts/batches/scheduled-draft.service.js';
import { HttpBankRail } from '../../src/finance/payouts/rails/http-bank.rail.js';
import { Logger } from '../../src/core/logger.js';
import { crowd, creditAll } from '../support/crowd.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.db.query("UPDATE merchant SET state = 'closed'");
  await w.db.query("UPDATE payout_schedule SET state = 'ended', next_due_at = NULL");
  await w.policy({});
  carries(10_000);
});
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
});

const carries = (payouts: number) => {
  (w.testApp.app.get(HttpBankRail).limits as { payouts: number }).payouts = payouts;
};
const all = { merchants: undefined };
const since = (id: string, days: number) =>
  w.db.query('UPDATE account SET available_since = NOW(6) - INTERVAL ? DAY WHERE merchant_id = ?', [days, id]);
const sinceOf = async (id: string) =>
  (await w.db.query('SELECT available_since FROM account WHERE merchant_id = ?', [id]))[0].available_since as Date;
const paid = (body: any) => body.payouts.map((payout: any) => payout.merchant);

/** Who was left out, but for the merchants of the tests before. */
const left = async (batch: string): Promise<any[]> =>
  (await w.world.auditor.get(`/v1/payout-batches/${batch}/skipped?limit=200`)).body.items.filter(
    (skip: any) => skip.reason !== 'closed',
  );

async function scheduled(terms: object = {}): Promise<any[]> {
  const calendar = { timeZone: 'Asia/Shanghai', time: '09:00', weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const body = { currency: 'CNY', rail: 'http-bank', ...calendar, ...terms };
  const { id } = (await w.world.maker.post('/v1/payout-schedules', body)).body;
  await w.db.query('UPDATE payout_schedule SET next_due_at = NOW(6) - INTERVAL 1 DAY WHERE id = ?', [id]);
  const did = await Promise.all([1, 2, 3].map(() => w.testApp.app.get(ScheduledDraftService).draftDueBatches()));
  expect(did.reduce((sum, one) => sum + one, 0)).toBe(1);
  return (await w.world.auditor.get(`/v1/payout-schedules/${id}`)).body.runs;
}

describe('a batch that cannot hold everybody', () => {
  it('pays who has waited longest, and counts the others instead of listing them', async () => {
    const [first, second, third] = [await w.merchant(100n), await w.merchant(100n), await w.merchant(100n)];
    await since(third.id, 40);
    await since(second.id, 20);
    carries(2);
    const { body } = await w.draft([], all);
    expect(paid(body)).toEqual([third.id, second.id]);
    expect(body).toMatchObject({ payoutCount: 2, waitingCount: 1 });
    expect(await left(body.id)).toEqual([]);
    await w.step(body.id, 'request-approval');
    await w.step(body.id, 'approve');
    await w.credit(third.id, 500n);
    const { body: next } = await w.draft([], all);
    expect(paid(next)).toEqual([first.id, third.id]);
    expect(next.waitingCount).toBe(0);
    await w.step(body.id, 'cancel');
  });

  it('counts the wait from when something became available without a break', async () => {
    const merchant = await w.merchant(100n);
    await since(merchant.id, 40);
    const long = await sinceOf(merchant.id);
    await w.credit(merchant.id, 50n);
    await w.takeBack(merchant.id, 20n);
    expect(await sinceOf(merchant.id)).toEqual(long);
    await w.takeBack(merchant.id, 200n);
    expect(await sinceOf(merchant.id)).toBeNull();
    await w.credit(merchant.id, 30n);
    expect(await sinceOf(merchant.id)).toBeNull();
    await w.credit(merchant.id, 100n);
    expect((await sinceOf(merchant.id)).getTime()).toBeGreaterThan(long.getTime());
  });

  it('leaves nobody out when a schedule drafts: as many batches as it takes, of one due date, numbered', async () => {
    const merchants = [];
    for (let n = 0; n < 5; n += 1) merchants.push(await w.merchant(100n + BigInt(n)));
    const poor = await w.merchant(1n);
    carries(2);
    const runs = await scheduled({ minAmount: 50 });
    expect(runs.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(new Set(runs.map(({ dueOn }) => dueOn)).size).toBe(1);
    const batches = [];
    for (const { batch } of runs) batches.push(await w.batch(batch));
    expect(batches.map(({ payoutCount }) => payoutCount)).toEqual([2, 2, 1]);
    expect(batches.map(({ waitingCount }) => waitingCount)).toEqual([3, 1, 0]);
    expect((await left(runs[0].batch)).map(({ merchant }) => merchant)).toEqual([poor.id]);
    expect(batches.slice(1).map(({ skippedCount }) => skippedCount)).toEqual([0, 0]);
    const drafted = [];
    for (const { batch } of runs) drafted.push(...(await w.payouts(batch)).map((payout) => payout.merchant));
    expect(drafted.sort()).toEqual(merchants.map(({ id }) => id).sort());
    expect(drafted).not.toContain(poor.id);
  });

  it('splits nobody over two batches, and says so of whom no batch could ever hold', async () => {
    await w.policy({ maxAmount: 100, overMaximum: 'split' });
    const [one, two, three] = [await w.merchant(100n), await w.merchant(200n), await w.merchant(300n)];
    for (const [days, { id }] of [one, two, three].entries()) await since(id, 30 - days);
    carries(2);
    const runs = await scheduled();
    const batches = [];
    for (const { batch } of runs) batches.push((await w.payouts(batch)).map((payout) => payout.merchant));
    expect(batches).toEqual([[one.id], [two.id, two.id]]);
    expect(await left(runs[0].batch)).toMatchObject([
      { merchant: three.id, reason: 'above-maximum', detail: expect.any(String) },
    ]);
  });

  it('is found by an index, without a look at the ledger', async () => {
    const plan = await w.db.query(
      "EXPLAIN SELECT merchant_id FROM account WHERE asset = 'CNY' AND available_since < NOW(6) ORDER BY available_since",
    );
    expect(plan).toMatchObject([{ key: 'ix_account_unpaid' }]);
    expect(plan[0].Extra).not.toContain('filesort');
  });
});

describe('a merchant who could be paid and is not', () => {
  const waiting = async (query = '') => (await w.world.auditor.get(`/v1/finance/waiting-merchants${query}`)).body;
  const metrics = async () => {
    const { text } = await w.testApp.http.get('/metrics');
    return text.split('\n').filter((line) => line.startsWith('yinke_payout_waiting_merchants{'));
  };

  it('is listed, counted and an ALERT, the longest waiting first, until they are paid', async () => {
    const [late, later, fresh, poor, held, suspended, accountless] = [
      await w.merchant(100n),
      await w.merchant(100n),
      await w.merchant(100n),
      await w.merchant(49n),
      await w.merchant(100n),
      await w.merchant(100n),
      await w.merchant(100n, null),
    ];
    for (const { id } of [late, poor, held, suspended, accountless]) await since(id, 40);
    await since(later.id, 50);
    await since(fresh.id, 34);
    await w.policy({ minAmount: 50 });
    await w.world.maker.post('/v1/holds', { merchant: held.id, asset: 'CNY', amount: 10, reason: 'Look.' });
    await w.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [suspended.id]);
    const { items } = await waiting();
    expect(items).toMatchObject([
      { merchant: later.id, currency: 'CNY', available: 100, days: 50 },
      { merchant: late.id, currency: 'CNY', available: 100, days: 40 },
    ]);
    const first = await waiting('?limit=1&currency=CNY');
    expect(first.items).toHaveLength(1);
    const second = await waiting(`?limit=1&currency=CNY&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ merchant: late.id }], nextCursor: null });
    expect((await waiting('?currency=EUR')).items).toEqual([]);
    // Who has waited since the same instant is on one page or the other.
    await w.db.query('UPDATE account SET available_since = ? WHERE merchant_id IN (?)', [
      await sinceOf(later.id),
      [late.id, later.id],
    ]);
    const page = await waiting('?limit=1');
    const next = await waiting(`?limit=1&cursor=${page.nextCursor}`);
    expect([...page.items, ...next.items].map(({ merchant }) => merchant)).toEqual([late.id, later.id].sort());
    await since(late.id, 40);
    expect(await metrics()).toEqual(['yinke_payout_waiting_merchants{currency="CNY"} 2']);
    const error = jest.spyOn(w.testApp.app.get(Logger), 'error').mockImplementation(() => undefined);
    const house = w.testApp.app.get(PayoutHousekeeping);
    expect(await house.watch()).toMatchObject({ waiting: 2 });
    expect(error).toHaveBeenCalledWith(
      expect.stringMatching(/^ALERT /),
      expect.objectContaining({ counts: [{ currency: 'CNY', merchants: 2, oldestDays: 50 }] }),
    );
    error.mockClear();
    await w.submitted([late, later]);
    await w.poll();
    await w.poll();
    expect((await waiting()).items).toEqual([]);
    expect(await metrics()).toEqual([]);
    expect(await house.watch()).toMatchObject({ waiting: 0 });
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
    expect((await w.world.sk.get('/v1/finance/waiting-merchants')).status).toBe(403);
    expect((await w.world.auditor.get('/v1/finance/waiting-merchants?cursor=eA')).status).toBe(422);
  });
});

describe('the answer about a large batch', () => {
  it('has the first page of its payouts and of who was left out, and says where the next begins', async () => {
    const members = await crowd(w, 450);
    await creditAll(w, members, (n) => (n < 225 ? 1_000n : 1n));
    const { status, text, body } = await w.draft(members, { minAmount: 10 });
    expect([status, body.payoutCount, body.skippedCount]).toEqual([201, 225, 225]);
    expect([body.payouts.length, body.skipped.length]).toEqual([200, 200]);
    expect(text.length).toBeLessThan(250_000);
    const rest = await w.world.auditor.get(
      `/v1/payout-batches/${body.id}/payouts?limit=200&cursor=${body.payoutsCursor}`,
    );
    expect([rest.body.items.length, rest.body.nextCursor]).toEqual([25, null]);
    const others = await w.world.auditor.get(
      `/v1/payout-batches/${body.id}/skipped?limit=200&cursor=${body.skippedCursor}`,
    );
    expect(others.body.items).toHaveLength(25);
    const seen = [...body.payouts, ...rest.body.items, ...body.skipped, ...others.body.items];
    expect(new Set(seen.map(({ merchant }) => merchant)).size).toBe(450);
    const { body: small } = await w.draft(members.slice(0, 2));
    expect([small.payoutsCursor, small.skippedCursor]).toEqual([null, null]);
  });

  it('forgets who was left out of old batches, and never how many', async () => {
    const merchant = await w.merchant(1n);
    const { body: old } = await w.draft([merchant], { minAmount: 10 });
    const { body: young } = await w.draft([merchant], { minAmount: 10 });
    await w.db.query("UPDATE payout_batch SET made_at = '2020-01-01' WHERE id = ?", [old.id]);
    const house = w.testApp.app.get(PayoutHousekeeping);
    const [{ purged }] = await Promise.all([house.watch(), house.watch()]);
    expect(purged).toBeGreaterThanOrEqual(0);
    const skipped = async (id: string) => (await w.world.auditor.get(`/v1/payout-batches/${id}/skipped`)).body.items;
    expect([await skipped(old.id), (await skipped(young.id)).length]).toEqual([[], 1]);
    expect((await w.batch(old.id)).skippedCount).toBe(1);
  });
});
