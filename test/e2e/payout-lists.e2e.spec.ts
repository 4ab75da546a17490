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
    expect(balance).toEqual(own);
    expect(merchant.id).toBe(id);
  }
  expect(all.find(({ merchant }) => merchant.id === rich.id)).toMatchObject({ available: 900, inTransit: 0 });
  expect(all.find(({ merchant }) => merchant.id === sent.id)).toMatchObject({ available: 0, inTransit: 400 });
  expect((await w.world.checker.get('/v1/finance/balances')).body.code).toBe('request.invalid');
  expect((await w.world.reviewer.get('/v1/finance/balances?asset=CNY')).status).toBe(403);
});
