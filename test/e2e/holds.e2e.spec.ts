import type { HttpClient } from '../support/http-client.js';
import { camt } from '../support/bank-reports.js';
import { insertEvents, insertRule } from '../support/order-events.js';
import { PostingService } from '../../src/finance/rewards/posting.service.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
let both: HttpClient;

beforeAll(async () => {
  w = await PayoutWorld.start();
  both = await w.staffMember('finance-maker', 'finance-checker');
});
afterAll(async () => {
  const { body } = await w.world.auditor.get('/v1/finance/audit');
  await w.close();
  expect(
    body.items.filter((item: { invariant: number; count: number }) => item.invariant === 16 && item.count > 0),
  ).toEqual([]);
});

const stop = (body: unknown, by: HttpClient = w.world.maker) => by.post('/v1/holds', body);
const decide = (id: string, decision: 'release' | 'void', by: HttpClient = w.world.checker) =>
  by.post(`/v1/holds/${id}/${decision}`, { reason: 'Looked at it.' });
const open = async (merchant: string) =>
  (await w.world.auditor.get(`/v1/holds?state=open&merchant=${merchant}`)).body.items as any[];

describe('holds over HTTP', () => {
  it('a merchant’s balance is stopped by one person with a reason, and released by another', async () => {
    const { id: merchant } = await w.merchant(500n);
    const made = await stop({ merchant, asset: 'CNY', amount: 200, reason: 'Shared bank account.' }, both);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^hld_/),
      merchant,
      asset: 'CNY',
      amount: 200,
      remaining: 200,
      refunded: 0,
      settled: 0,
      source: 'available',
      cause: 'merchant-balance',
      reward: null,
      payout: null,
      reason: 'Shared bank account.',
      heldBy: expect.stringMatching(/^stf_/),
      heldAt: expect.any(String),
      state: 'open',
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    });
    expect(await w.balances(merchant)).toMatchObject({ available: 300, held: 200 });
    expect(await open(merchant)).toEqual([made.body]);
    expect(await decide(made.body.id, 'release', both)).toMatchObject({
      status: 409,
      body: { code: 'hold.same-person' },
    });
    expect(await decide(made.body.id, 'release')).toMatchObject({
      status: 200,
      body: { state: 'released', remaining: 0, settled: 200, decisionReason: 'Looked at it.' },
    });
    expect((await decide(made.body.id, 'release')).body.code).toBe('hold.wrong-state');
    expect((await decide(made.body.id, 'void')).body.code).toBe('hold.wrong-state');
    expect(await w.balances(merchant)).toMatchObject({ available: 500, held: 0 });
    const { body } = await w.world.auditor.get(`/v1/merchants/${merchant}/entries`);
    expect(body.items.map(({ journal }: any) => journal.kind)).toEqual([
      'reward',
      'hold',
      'hold',
      'release',
      'release',
    ]);
    expect(JSON.stringify(body)).not.toContain('Shared bank account');
  });

  it('money that a payout brought back waits in a hold, can be released by a checker, and is never voided', async () => {
    const closed = await w.merchant(300n);
    w.bank.behave({ account: closed.number, does: 'bad-account' });
    const failed = await w.submitted([closed]);
    await w.poll();
    expect(await w.states(failed.id)).toEqual(['failed']);
    const [bad] = await open(closed.id);
    expect(bad).toMatchObject({ cause: 'bad-account', amount: 300, source: 'in-transit', heldBy: null });
    const paid = await w.merchant(400n);
    const batch = await w.submitted([paid], { rail: 'iso20022-file' });
    const [{ reference, id: payout }] = await w.payouts(batch.id);
    const returns = camt([{ reference, amount: '4.00', returned: 'MD07' }]);
    for (let time = 0; time < 2; time += 1) {
      const xml = w.world.maker.with({ 'content-type': 'application/xml' });
      expect((await xml.post('/v1/bank-reports', returns)).status).toBeLessThan(300);
    }
    const [returned, ...others] = await open(paid.id);
    expect([returned, others]).toMatchObject([{ cause: 'returned-payout', amount: 400, payout, source: 'bank' }, []]);
    expect((await decide(returned.id, 'void')).body.code).toBe('hold.not-voidable');
    const all = await w.world.checker.post(`/v1/merchants/${closed.id}/holds/release`, {
      cause: 'bad-account',
      reason: 'New account.',
    });
    expect([all.status, all.body]).toEqual([200, { released: 1 }]);
    expect((await decide(returned.id, 'release')).status).toBe(200);
    expect(await w.balances(paid.id)).toMatchObject({ available: 400, held: 0 });
    expect(await w.balances(closed.id)).toMatchObject({ available: 300, held: 0 });
    expect(await w.offenders()).toEqual([]);
  });

  it('a reward names the first payout that took it along', async () => {
    const merchant = await w.merchant(0n);
    const events = [{ merchantId: merchant.id, amountPaid: 10_000 }];
    await insertRule(w.db, [{ asset: 'CNY', kind: 'percent', rateBps: 1_000 }], { merchant: merchant.id });
    const posting = w.testApp.app.get(PostingService, { strict: false });
    await posting.postOrderEvents(await insertEvents(w.db, events));
    const read = async () =>
      (await w.world.auditor.get(`/v1/rewards?merchant=${merchant.id}`)).body.items[0].id as string;
    const detail = async () => (await w.world.auditor.get(`/v1/rewards/${await read()}`)).body;
    expect((await detail()).payout).toBeNull();
    const batch = await w.submitted([merchant]);
    await w.poll();
    const [payout] = await w.payouts(batch.id);
    expect((await detail()).payout).toEqual({
      id: payout.id,
      reference: payout.reference,
      state: payout.state,
      approvedAt: expect.any(String),
      words: { en: expect.stringContaining(payout.reference), 'zh-CN': expect.stringContaining(payout.reference) },
    });
  });

  it('each role has its part, and what cannot be meant is refused with a pointer', async () => {
    const { id: merchant } = await w.merchant(500n);
    const wanted = { merchant, asset: 'CNY', amount: 1, reason: 'A test.' };
    const { admin, reviewer, checker, auditor, maker, sk } = w.world;
    for (const other of [admin, checker, auditor, sk]) expect((await stop(wanted, other)).status).toBe(403);
    const { body: made } = await stop(wanted, reviewer);
    expect(made.state).toBe('open');
    for (const other of [admin, reviewer, maker, auditor, sk]) {
      expect((await decide(made.id, 'release', other)).status).toBe(403);
      expect((await decide(made.id, 'void', other)).status).toBe(403);
    }
    const reward = 'rwd_01jqz7n5x4e7e8r9s0t1v2w3x4';
    const refusals: [Record<string, unknown>, number, string][] = [
      [{ reason: 'x' }, 422, '/merchant'],
      [{ reward, merchant, reason: 'x' }, 422, '/merchant'],
      [{ reward, amount: 'all', reason: 'x' }, 422, '/amount'],
      [{ ...wanted, reason: undefined }, 422, '/reason'],
      [{ ...wanted, amount: 0 }, 422, '/amount'],
      [{ ...wanted, amount: -5 }, 422, '/amount'],
      [{ ...wanted, amount: 1.5 }, 422, '/amount'],
      [{ ...wanted, amount: 'some' }, 422, '/amount'],
      [{ ...wanted, asset: 'GOLD' }, 422, '/asset'],
      [{ ...wanted, surprise: 1 }, 422, '/surprise'],
      [{ ...wanted, amount: 500 }, 409, 'ledger.insufficient-funds'],
      [{ ...wanted, asset: 'USD', amount: 'all' }, 409, 'hold.nothing-to-hold'],
      [{ ...wanted, merchant: merchant.replace(/.$/, merchant.endsWith('0') ? '1' : '0') }, 404, 'merchant.not-found'],
      [{ reward, reason: 'x' }, 404, 'reward.not-found'],
    ];
    for (const [body, status, what] of refusals) {
      const answer = await stop(body);
      expect([body, answer.status, answer.body.errors?.[0]?.pointer ?? answer.body.code]).toEqual([body, status, what]);
    }
    expect((await decide('hld_unknown', 'release')).body.code).toBe('hold.not-found');
    expect((await auditor.get('/v1/holds/hld_unknown')).status).toBe(404);
    expect((await auditor.get(`/v1/holds/${made.id}`)).body).toMatchObject({ id: made.id });
    const page = await auditor.get('/v1/holds?limit=1&state=released');
    expect(page.body.items).toHaveLength(1);
    expect(
      (await auditor.get(`/v1/holds?limit=1&state=released&cursor=${page.body.nextCursor}`)).body.items,
    ).toHaveLength(1);
    expect((await auditor.get('/v1/holds?state=gone')).status).toBe(422);
    expect(await w.balances(merchant)).toMatchObject({ available: 499, held: 1 });
  });
});
