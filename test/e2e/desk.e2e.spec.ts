import type { INestApplicationContext } from '@nestjs/common';
import { ROLES } from '../../src/access/principal.js';
import { RefreshedMerchantDirectory } from '../../src/database/merchants/refreshed-merchant-directory.js';
import { WaitingWork, WORK_KINDS } from '../../src/desk/waiting-work.js';
import { createStaff, firstSignIn } from '../support/actors.js';
import { camt } from '../support/bank-reports.js';
import type { HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';
import { insertRows } from '../support/insert-rows.js';
import { fullScans } from '../support/plans.js';
import { orderBody } from '../support/shop.js';
import { analyzeTables } from '../support/rows-read.js';
import { settled, startTestWorker } from '../support/worker.js';

let w: PayoutWorld;
let worker: INestApplicationContext;
beforeAll(async () => {
  w = await PayoutWorld.start();
  worker = await startTestWorker(w.testApp);
});
afterAll(async () => {
  await worker.close();
  await w.close();
});

const get = async (client: HttpClient, path: string) => {
  const { status, body, text } = await client.get(path);
  if (status !== 200) throw new Error(`${path}: ${text}`);
  return body;
};
const day = new Date().toISOString().slice(0, 10);

/** An order that earned, was paid out by a file, and booked by the bank. */
async function story(rateBps = 1_000) {
  const merchant = await w.merchant(0n);
  // Another process has approved them.
  await w.testApp.app.get(RefreshedMerchantDirectory, { strict: false }).noticeChange();
  const { code } = await get(w.world.auditor, `/v1/merchants/${merchant.id}`);
  await w.world.admin.post('/v1/reward-rules', {
    scope: { merchant: merchant.id },
    posting: 'direct',
    validFrom: '2020-01-01T00:00:00Z',
    grants: [{ asset: 'CNY', kind: 'percent', rateBps }],
  });
  const { visit } = (await w.world.pk.post('/v1/visits', { merchantCode: code })).body;
  const { orderId, ...order } = orderBody({ visit });
  await w.world.sk.post('/v1/orders', { orderId, ...order });
  await w.world.sk.post(`/v1/orders/${orderId}/complete`, { amountPaid: 1_000 });
  await settled(w.testApp);
  const batch = await w.submitted([merchant], { rail: 'iso20022-file' });
  const [payout] = batch.payouts;
  const xml = camt([{ reference: payout.reference, amount: '1.00', day, bankReference: `BANK-${payout.reference}` }]);
  const report = await w.world.maker
    .with({ 'content-type': 'application/xml' })
    .post('/v1/bank-reports', Buffer.from(xml));
  if (report.status !== 201) throw new Error(report.text);
  return { merchant, code: code as string, orderId, batch, payout, report: report.body };
}

it('any number finds what it is of, as far as the reader may read it', async () => {
  const { merchant, code, orderId, batch, payout, report } = await story();
  await w.world.sk.post(`/v1/orders/${orderId}/refunds`, { refundId: 'FIND-1', amount: 1 });
  await settled(w.testApp);
  const order = await get(w.world.auditor, `/v1/orders/${orderId}`);
  const [reward] = order.rewards;
  const [{ message_id: message }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [batch.id]);
  const journal = order.events[0].journal;
  const line = report.lines[0].id;
  const find = async (number: string, by = w.world.auditor) =>
    (await get(by, `/v1/find?number=${encodeURIComponent(number)}`)).items;
  const kinds = async (number: string, by?: HttpClient) =>
    (await find(number, by)).map(({ kind, id }: any) => [kind, id]);

  expect(await find(orderId)).toEqual([
    {
      kind: 'order',
      id: order.id,
      label: orderId,
      parts: { storefront: w.world.storefront.id, order: orderId, merchant: merchant.id },
    },
  ]);
  expect(await kinds(order.id)).toEqual([['order', order.id]]);
  expect(await kinds(order.events[0].id)).toEqual([['order-event', order.events[0].id]]);
  expect((await kinds('FIND-1')).map(([kind]: string[]) => kind)).toEqual(['refund']);
  expect(await kinds(order.attribution.visitId)).toEqual([['visit', order.attribution.visitId]]);
  for (const number of [merchant.id, code, code.toLowerCase()])
    expect(await kinds(number)).toEqual([['merchant', merchant.id]]);
  expect(await kinds(reward.id)).toEqual([['reward', reward.id]]);
  expect(await kinds(journal)).toEqual([['journal', journal]]);
  expect(await kinds(`order.completed:${order.events[0].id}`)).toEqual([['journal', journal]]);
  expect(await kinds(payout.id)).toEqual([['payout', payout.id]]);
  expect(await kinds(payout.reference)).toEqual([
    ['payout', payout.id],
    ['bank-report-line', line],
  ]);
  expect(await kinds(batch.id)).toEqual([['payout-batch', batch.id]]);
  expect(await kinds(message)).toEqual([['payout-batch', batch.id]]);
  expect(await kinds(report.id)).toEqual([['bank-report', report.id]]);
  expect(await kinds(line)).toEqual([['bank-report-line', line]]);
  expect(await kinds(`BANK-${payout.reference}`)).toEqual([['bank-report-line', line]]);
  for (const nothing of ['%', `${orderId}%`, orderId.slice(0, -1), 'jnl_01jf0000000000000000000000', "' OR 1=1"])
    expect(await find(nothing)).toEqual([]);

  // A reviewer reads orders and merchants, and neither journals nor payouts.
  const { reviewer, admin, pk, sk } = w.world;
  expect(await kinds(orderId, reviewer)).toEqual([['order', order.id]]);
  for (const number of [journal, payout.id, payout.reference, batch.id, line])
    expect(await find(number, reviewer)).toEqual([]);
  expect(await kinds(w.world.storefront.id, admin)).toEqual([['storefront', w.world.storefront.id]]);
  expect(await find(w.world.storefront.id)).toEqual([]);
  const own = await firstSignIn(w.testApp.http, merchant.applicationToken);
  for (const client of [pk, sk, own]) expect((await client.get('/v1/find?number=x')).status).toBe(403);
  expect((await w.world.auditor.get('/v1/find')).status).toBe(422);
});

it('the money can be followed from the order to the bank’s line, and back', async () => {
  const { auditor } = w.world;
  const { orderId, payout, merchant } = await story();
  const order = await get(auditor, `/v1/orders/${orderId}`);
  const [reward] = order.rewards;
  expect(order.events[0].journal).toBe(reward.changes[0].journal.id);
  expect(reward.payout.id).toBe(payout.id);
  const paid = await get(auditor, `/v1/finance/reconciliation/payouts/${payout.id}`);
  expect(paid.lines).toHaveLength(1);

  const [line] = (await get(auditor, `/v1/find?number=${payout.reference}`)).items.slice(1);
  expect(line).toMatchObject({ kind: 'bank-report-line', parts: { payout: payout.id } });
  const back = await get(auditor, `/v1/payouts/${payout.id}/rewards`);
  expect(back.items).toEqual([
    {
      id: reward.id,
      storefront: order.storefront,
      orderId,
      asset: 'CNY',
      state: 'matured',
      amount: 100,
      journal: order.events[0].journal,
      availableAt: reward.changes[0].at,
    },
  ]);

  // What came after the first payout belongs to the next.
  const { code } = await get(auditor, `/v1/merchants/${merchant.id}`);
  const orders: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { visit } = (await w.world.pk.post('/v1/visits', { merchantCode: code })).body;
    const body = orderBody({ visit });
    await w.world.sk.post('/v1/orders', body);
    await w.world.sk.post(`/v1/orders/${body.orderId}/complete`, { amountPaid: 1_000 });
    await settled(w.testApp);
    orders.push(body.orderId);
  }
  const draft = (await w.draft([merchant])).body;
  const next = draft.payouts[0].id;
  expect((await get(auditor, `/v1/payouts/${next}/rewards`)).items).toEqual([]);
  for (const step of ['request-approval', 'approve'] as const) await w.step(draft.id, step);
  const paged: string[] = [];
  for (let cursor = ''; ;) {
    const { items, nextCursor } = await get(auditor, `/v1/payouts/${next}/rewards?limit=2${cursor}`);
    paged.push(...items.map((item: any) => item.orderId));
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
  }
  expect(paged).toEqual(orders);
  expect((await get(auditor, `/v1/payouts/${payout.id}/rewards`)).items).toEqual(back.items);
  expect((await auditor.get('/v1/payouts/pay_x/rewards')).body.code).toBe('payout.not-found');
  expect((await w.world.reviewer.get(`/v1/payouts/${payout.id}/rewards`)).status).toBe(403);
});

it('payout batches are listed by state, currency, rail and time', async () => {
  const { maker } = w.world;
  const list = async (query: string) => (await get(maker, `/v1/payout-batches?limit=200&${query}`)).items;
  const ids = async (query: string) => (await list(query)).map(({ id }: any) => id);
  const { batch } = await story();
  const drafted = (await w.draft([await w.merchant(500n)])).body;
  const open = await w.submitted([await w.merchant(500n)], { rail: 'csv-file' });
  expect((await ids('')).slice(0, 3)).toEqual([open.id, drafted.id, batch.id]);
  expect(await ids('state=draft')).toContain(drafted.id);
  expect(await ids('state=completed')).toContain(batch.id);
  expect(await ids('state=completed')).not.toContain(open.id);
  expect(await ids('state=submitted')).toContain(open.id);
  expect(await ids('state=submitted')).not.toContain(batch.id);
  expect(await ids('rail=csv-file')).toEqual([open.id]);
  expect(await ids('currency=EUR')).toEqual([]);
  const [{ madeAt }] = await list('rail=csv-file');
  expect(await ids(`from=${madeAt}`)).toEqual([open.id]);
  expect(await ids(`to=${madeAt}`)).not.toContain(open.id);
  const first = await get(maker, '/v1/payout-batches?limit=1');
  expect((await ids(`cursor=${first.nextCursor}`))[0]).toBe(drafted.id);
  expect((await maker.get('/v1/payout-batches?state=odd')).status).toBe(422);
});

describe('the work that waits', () => {
  const waiting = async (by: HttpClient): Promise<Record<string, number>> => {
    const { items } = await get(by, '/v1/work');
    return Object.fromEntries(items.map(({ kind, count }: any) => [kind, count]));
  };
  /** What more waits after a step than before it. */
  const change = async (by: HttpClient, step: () => Promise<unknown>) => {
    const before = await waiting(by);
    await step();
    const after = await waiting(by);
    return Object.fromEntries(
      Object.entries(after)
        .map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const)
        .filter(([, more]) => more !== 0),
    );
  };

  it('is that of one’s roles, and never what one made oneself', async () => {
    const { admin, maker, checker, reviewer } = w.world;
    const both = await createStaff(w.testApp, admin, ['finance-maker', 'finance-checker']);
    const merchant = await w.merchant(900n);
    let id = '';
    expect(await change(maker, async () => (id = (await w.draft([merchant])).body.id))).toEqual({
      'drafted-batches': 1,
    });
    expect(await change(maker, () => w.step(id, 'request-approval'))).toEqual({ 'drafted-batches': -1 });
    expect((await waiting(checker))['batches-to-approve']).toBeGreaterThan(0);
    expect(await change(maker, () => w.step(id, 'approve'))).toEqual({ 'batches-to-submit': 1 });

    const mine = (await both.post('/v1/payout-batches', { currency: 'CNY', rail: 'csv-file', merchants: [(await w.merchant(700n)).id] })).body.id; // prettier-ignore
    expect(await change(both, () => w.step(mine, 'request-approval', both))).toEqual({ 'drafted-batches': -1 });
    expect(await change(checker, () => w.step(mine, 'approve'))).toEqual({ 'batches-to-approve': -1 });

    const correct = (by: HttpClient) =>
      by.post(`/v1/merchants/${merchant.id}/adjustments`, { asset: 'CNY', amount: 5, reason: 'A gift.' });
    expect(await change(both, () => correct(both))).toEqual({});
    expect(await change(both, () => correct(maker))).toEqual({ 'adjustments-to-approve': 1 });
    expect((await waiting(checker))['adjustments-to-approve']).toBe(2);

    const rich = await w.merchant(400n);
    const hold = { merchant: rich.id, asset: 'CNY', amount: 100, reason: 'Odd.' };
    expect(await change(checker, async () => expect((await maker.post('/v1/holds', hold)).status).toBe(201))).toEqual({
      'holds-to-decide': 1,
    });

    const form = { wechatId: 'applicant_1', displayName: 'A', consent: true };
    expect(await change(reviewer, () => w.world.pk.post('/v1/merchant-applications', form))).toEqual({
      applications: 1,
    });
    const account = { holder: '李雷', number: '6222021234567890123', country: 'CN' };
    expect(
      await change(reviewer, () => w.world.admin.post(`/v1/merchants/${merchant.id}/bank-account-changes`, account)),
    ).toEqual({ 'bank-account-changes': 1 });
    expect(Object.keys(await waiting(reviewer)).sort()).toEqual(['applications', 'bank-account-changes']);
  });

  it('counts bank lines, matches, unknown payouts, parked events and the last audit', async () => {
    const { maker, checker, admin, auditor } = w.world;
    const batch = await w.submitted([await w.merchant(1_000n)], { rail: 'iso20022-file' });
    const [payout] = batch.payouts;
    const post = (xml: string) =>
      maker.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', Buffer.from(xml));
    let line = '';
    const odd = async () => {
      const { body } = await post(
        camt([{ reference: 'TROUBLE', amount: '9.50', day }], 'CNY', '053', { messageId: 'STMT-9' }),
      );
      line = body.lines[0].id;
    };
    expect(await change(maker, odd)).toEqual({ 'open-bank-lines': 1 });
    const match = () => maker.post(`/v1/bank-report-lines/${line}/match`, { payout: payout.id, reason: 'a share' });
    expect(await change(maker, match)).toEqual({ 'open-bank-lines': -1 });
    expect((await waiting(checker))['matches-to-approve']).toBe(1);

    const set = (sql: string) => () => w.db.query(sql);
    expect(await change(maker, set(`UPDATE payout SET state = 'unknown' WHERE id = '${payout.id}'`))).toEqual({
      'unknown-payouts': 1,
    });
    expect(await change(admin, set("UPDATE order_event SET state = 'parked' LIMIT 1"))).toEqual({ 'parked-events': 1 });
    await w.db.query("REPLACE INTO audit_result (id, at, clean, result) VALUES (1, NOW(6), 0, '{}')");
    expect((await waiting(auditor))['audit-findings']).toBe(1);
    expect(await change(auditor, set('UPDATE audit_result SET clean = 1'))).toEqual({ 'audit-findings': -1 });
    for (const client of [w.world.sk, w.world.pk, w.testApp.http])
      expect([401, 403]).toContain((await client.get('/v1/work')).status);
  });

  it('has every kind there is, each counted by an index', async () => {
    const work = w.testApp.app.get(WaitingWork, { strict: false });
    const kinds = (await work.countFor({ staffId: 'stf_x', roles: ROLES })).map(({ kind }) => kind);
    expect(kinds).toEqual(WORK_KINDS);
    const lines = Array.from({ length: 2_000 }, (_, n) => ['bkr_many', n + 1, 'BOOK', 'applied']);
    await insertRows(w.db.manager, 'bank_report_line', ['report_id', 'line', 'status', 'result'], lines);
    const accounts = lines.map((_, n) => [
      `bka_old_${n}`,
      'mer_many',
      'replaced',
      'A',
      'k1',
      '',
      '',
      '0000',
      'CN',
      'x',
      day,
    ]);
    const account = 'id,owner_id,state,holder,key_id,sealed_number,number_hash,last_four,country,filed_by,filed_at';
    await insertRows(w.db.manager, 'bank_account', account.split(','), accounts);
    await analyzeTables(w.db.manager);
    const runner = w.db.createQueryRunner();
    const reader = Object.assign(Object.create(work), { unitOfWork: { reader: runner.manager } }) as WaitingWork;
    const scans = await fullScans(runner.manager, (tx) => {
      Object.assign(reader, { unitOfWork: { reader: tx } });
      return reader.countFor({ staffId: 'stf_x', roles: ROLES });
    });
    await runner.release();
    expect(scans.map(({ step }) => step.table)).toEqual([]);
  });
});
