import { camt } from '../support/bank-reports.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());

const get = async (path: string) => (await w.world.checker.get(path)).body;

it('a payout is read by its own address, as its batch lists it', async () => {
  const { payouts } = (await w.draft([await w.merchant(700n)])).body;
  expect(await get(`/v1/payouts/${payouts[0].id}`)).toEqual(payouts[0]);
  const unknown = `pay_${'0'.repeat(26)}`;
  expect(await w.world.checker.get(`/v1/payouts/${unknown}`)).toMatchObject({
    status: 404,
    body: { code: 'payout.not-found' },
  });
  expect((await w.world.reviewer.get(`/v1/payouts/${payouts[0].id}`)).status).toBe(403);
});

it('payouts of a batch are listed by state, page by page', async () => {
  const [refused, paid, also] = [await w.merchant(100n), await w.merchant(200n), await w.merchant(300n)];
  w.bank.behave({ account: refused.number, does: 'reject' });
  const { id } = await w.submitted([refused, paid, also]);
  await w.poll();
  await w.poll();
  const merchants = (items: any[]) => items.map(({ merchant }) => merchant).sort();
  expect(merchants((await get(`/v1/payout-batches/${id}/payouts?state=failed`)).items)).toEqual([refused.id]);
  expect((await get(`/v1/payout-batches/${id}/payouts?state=returned`)).items).toEqual([]);
  const first = await get(`/v1/payout-batches/${id}/payouts?state=paid&limit=1`);
  const second = await get(`/v1/payout-batches/${id}/payouts?state=paid&limit=1&cursor=${first.nextCursor}`);
  expect(merchants([...first.items, ...second.items])).toEqual([paid.id, also.id].sort());
  expect(second.nextCursor).toBeNull();
  expect((await w.world.checker.get(`/v1/payout-batches/${id}/payouts?state=odd`)).body.code).toBe('request.invalid');
});

it('rails say whether they can be used, and which settings those lack that cannot', async () => {
  const { items } = await get('/v1/payout-rails');
  const rail = (name: string) => items.find((one: any) => one.name === name);
  expect(rail('http-bank')).toMatchObject({ available: true, neededSettings: [], fileFormats: [] });
  expect(rail('iso20022-file')).toMatchObject({ available: true, maxPayouts: 10_000, maxAmount: 99_999_999_999 });
  expect(rail('iso20022-file').fileFormats[0]).toBe('pain.001.001.09');
  expect(rail('wechat-pay')).toMatchObject({ available: false });
  expect(rail('wechat-pay').neededSettings).toContain('YINKE_WECHAT_PAY_MERCHANT_ID');
  const refused = await w.draft([await w.merchant(50n)], { rail: 'wechat-pay' });
  expect(refused.body.code).toBe('payout.rail-not-available');
});

it('what every merchant has in an asset is one list, the same as each one’s own balances', async () => {
  const [rich, sent] = [await w.merchant(900n), await w.merchant(400n)];
  await w.submitted([sent]);
  const all: any[] = [];
  for (let cursor = ''; ;) {
    const { items, nextCursor } = await get(`/v1/finance/balances?asset=CNY&limit=2${cursor}`);
    all.push(...items);
    if (nextCursor === null) break;
    cursor = `&cursor=${nextCursor}`;
  }
  expect(new Set(all.map(({ merchant }) => merchant.id)).size).toBe(all.length);
  for (const { id } of [rich, sent]) {
    const { merchant, ...balance } = all.find((one) => one.merchant.id === id);
    const own = (await get(`/v1/merchants/${id}/balances`)).items.find(({ asset }: any) => asset === 'CNY');
    // What was paid out is told of one merchant alone.
    const { paidOut, lastPaid, ...same } = own;
    expect([balance, paidOut, lastPaid]).toEqual([same, 0, null]);
    expect(merchant.id).toBe(id);
  }
  expect(all.find(({ merchant }) => merchant.id === rich.id)).toMatchObject({ available: 900, inTransit: 0 });
  expect(all.find(({ merchant }) => merchant.id === sent.id)).toMatchObject({ available: 0, inTransit: 400 });
  expect((await w.world.checker.get('/v1/finance/balances')).body.code).toBe('request.invalid');
  expect((await w.world.reviewer.get('/v1/finance/balances?asset=CNY')).status).toBe(403);
});

it('a batch says how it differs from the last one that was sent in its currency over its rail', async () => {
  const rail = 'csv-file';
  const [stays, grows, moves, goes, comes] = await Promise.all(
    [1_000n, 1_000n, 1_000n, 1_000n, 0n].map((cash) => w.merchant(cash)),
  );
  const first = await w.submitted([stays!, grows!, moves!, goes!], { rail });
  expect((await get(`/v1/payout-batches/${first.id}/differences`)).last).toBeNull();
  for (const [{ id }, cash] of [
    [stays!, 1_100n],
    [grows!, 2_000n],
    [moves!, 1_000n],
    [comes!, 500n],
  ] as const)
    // prettier-ignore
    await w.credit(id, cash);
  const changes = `/v1/merchants/${moves!.id}/bank-account-changes`;
  const account = { holder: '王小明', number: '6222021234599998888', bankName: '工商银行', country: 'CN' };
  const { body: change } = await w.world.admin.post(changes, account);
  expect((await w.world.reviewer.post(`${changes}/${change.id}/approve`)).status).toBe(200);
  const draft = await w.draft([stays!, grows!, moves!, comes!], { rail });
  const differences = await get(`/v1/payout-batches/${draft.body.id}/differences`);
  expect(differences.last).toMatchObject({ id: first.id, payoutCount: 4, controlSum: 4_000 });
  expect(differences.newPayees).toMatchObject({ count: 1, items: [{ merchant: comes!.id, amount: 500 }] });
  expect(differences.changedAccounts).toMatchObject({
    count: 1,
    items: [{ now: { merchant: moves!.id, account: '工商银行 ••••8888' }, before: { merchant: moves!.id } }],
  });
  expect(differences.farAbove).toMatchObject({
    count: 1,
    items: [{ now: { merchant: grows!.id, amount: 2_000 }, before: { amount: 1_000 } }],
  });
  expect(differences.missing).toMatchObject({ count: 1, items: [{ merchant: goes!.id }] });
  expect(JSON.stringify(differences)).not.toContain('6222021234599998888');
});

it('a line that waits names the payouts that it may be about, the best fit first', async () => {
  const [exact, near, other] = [await w.merchant(52_000n), await w.merchant(54_000n), await w.merchant(9_900n)];
  const { payouts } = await w.submitted([exact, near, other], { rail: 'iso20022-file' });
  const payoutOf = ({ id }: { id: string }) => payouts.find(({ merchant }: any) => merchant === id).id;
  const xml = camt([{ amount: '520.00', day: new Date().toISOString().slice(0, 10), bankReference: 'UNKNOWN-1' }]);
  const report = await w.world.maker
    .with({ 'content-type': 'application/xml' })
    .post('/v1/bank-reports', Buffer.from(xml));
  const [line] = report.body.lines;
  expect(line.result).not.toBe('applied');
  const { items } = await get(`/v1/bank-report-lines/${line.id}/candidates`);
  expect(items.map(({ payout, fits }: any) => [payout.id, fits])).toEqual([
    [payoutOf(exact), ['amount']],
    [payoutOf(near), ['near-amount']],
  ]);
  expect(items[0].payout).toEqual(await get(`/v1/payouts/${payoutOf(exact)}`));
  expect((await w.world.checker.get('/v1/bank-report-lines/bkr_none-1/candidates')).body.code).toBe(
    'bank-report.line-not-found',
  );
});
