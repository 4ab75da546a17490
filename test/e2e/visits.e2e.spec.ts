import { TokenSigner } from '../../src/shared/signed-token.js';
import { addMerchant, openShop, setMerchantState, type Shop, type TestMerchant } from '../support/shop.js';
import { testConfig } from '../support/test-config.js';

let shop: Shop;
let ann: TestMerchant;
let bob: TestMerchant;

beforeAll(async () => {
  shop = await openShop();
  ann = await addMerchant(shop, 'ann_tea');
  bob = await addMerchant(shop, 'Bob-shop');
});
afterAll(() => shop.testApp.close());

const visitRow = async (id: string) => (await shop.db.query('SELECT * FROM visit WHERE id = ?', [id]))[0];

describe('claim 1: a visit is checked for a merchant’s code', () => {
  it('knows the merchant by the code in the address, however it is typed', async () => {
    const { status, body } = await shop.pk.post('/v1/visits', {
      url: `https://shop.example/tea?a=1&m=${ann.code.toLowerCase()}`,
      referrerUrl: 'https://weixin.qq.com/article?id=7#secret',
      shopperRef: 'shopper-1',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      attributed: true,
      via: 'code',
      codeStatus: 'known',
      merchant: { code: ann.code, displayName: '店 ann_tea' },
      ask: null,
      recorded: true,
    });
    expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(29.9 * 86_400_000);
    expect(await visitRow(body.id)).toMatchObject({
      storefront_id: shop.storefront.id,
      merchant_id: ann.id,
      via: 'code',
      code_status: 'known',
      referrer_url: 'https://weixin.qq.com/article',
      shopper_ref: 'shopper-1',
      answers: 0,
    });
  });

  it('asks who brought the shopper when there is no code, or one that nobody has', async () => {
    const absent = await shop.sk.post('/v1/visits', { url: 'https://shop.example/?m=' });
    const unknown = await shop.sk.post('/v1/visits', { merchantCode: '二维码' });
    expect([absent.body.codeStatus, unknown.body.codeStatus]).toEqual(['absent', 'unknown']);
    for (const { status, body } of [absent, unknown])
      expect([status, body.attributed, body.via, body.merchant, body.ask]).toEqual([
        201,
        false,
        null,
        null,
        { question: 'referrer' },
      ]);
  });

  it('treats the code of a suspended or closed merchant as one that nobody has', async () => {
    const gone = await addMerchant(shop, 'gone_one');
    const strange = (await shop.pk.post('/v1/visits', { merchantCode: 'ZZZZZZZZ' })).body;
    for (const state of ['suspended', 'closed'] as const) {
      await setMerchantState(shop, gone, state);
      const { body } = await shop.pk.post('/v1/visits', { merchantCode: gone.code });
      expect(body).toEqual({ ...strange, id: body.id, visit: body.visit, expiresAt: body.expiresAt });
    }
  });
});

describe('earlier visits', () => {
  const visit = async (body: object) => (await shop.pk.post('/v1/visits', body)).body;

  it('still attribute a shopper who comes back without a code', async () => {
    const first = await visit({ merchantCode: ann.code });
    const back = await visit({ url: '/cart', previous: first.visit });
    expect(back).toMatchObject({ attributed: true, via: 'code', codeStatus: 'absent', merchant: { code: ann.code } });
  });

  it('yield to a later merchant, or not, as the storefront has set', async () => {
    const first = await visit({ merchantCode: ann.code });
    const second = await visit({ merchantCode: bob.code, previous: first.visit });
    expect(second.merchant.code).toBe(bob.code);
    const rule = { touch: 'first', attributionWindowDays: 30 };
    const { attribute } = await import('../../src/detection/attribution.js');
    const { touches } = JSON.parse(Buffer.from(second.visit.split('.')[1], 'base64url').toString());
    expect(attribute(touches, rule as never, new Date())?.merchantId).toBe(ann.id);
  });

  it('are ignored when they are expired, forged, another shop’s, or of a merchant who is no longer active', async () => {
    const foreign = (await shop.other.pk.post('/v1/visits', { merchantCode: ann.code })).body.visit;
    const own = (await visit({ merchantCode: ann.code })).visit;
    const expired = new TokenSigner('visit', testConfig(shop.testApp.databaseUrl).tokenKeys).issue(
      JSON.parse(Buffer.from(own.split('.')[1], 'base64url').toString()),
      new Date(Date.now() - 1000),
    );
    const gone = await addMerchant(shop, 'left_us');
    const hers = (await visit({ merchantCode: gone.code })).visit;
    await setMerchantState(shop, gone, 'suspended');
    for (const previous of [foreign, expired, `${own}x`, 'not a token', '', hers])
      expect(await visit({ previous })).toMatchObject({ attributed: false, codeStatus: 'absent' });
  });
});

describe('claim 6: a shopper without a code is asked who brought them', () => {
  const ask = async () => (await shop.pk.post('/v1/visits', {})).body;
  const answer = (id: string, visit: string, wechatId: string | null) =>
    shop.pk.post(`/v1/visits/${id}/referrer`, { visit, wechatId });

  it('names a known merchant, in any case', async () => {
    const { id, visit } = await ask();
    const { status, body } = await answer(id, visit, ' bOB-SHOP ');
    expect(status).toBe(201);
    expect(body).toMatchObject({ id, attributed: true, via: 'referrer', merchant: { code: bob.code }, ask: null });
    expect(await visitRow(id)).toMatchObject({ merchant_id: bob.id, via: 'referrer', answers: 1 });
  });

  it('names an unknown one or nobody: not an error, and both look alike', async () => {
    const { id, visit } = await ask();
    const answers = [
      await answer(id, visit, 'who_is_this'),
      await answer(id, visit, null),
      await answer(id, visit, '微信'),
    ];
    for (const { status, body } of answers)
      expect([status, body.attributed, body.via, body.merchant, body.ask]).toEqual([
        201,
        false,
        null,
        null,
        { question: 'referrer' },
      ]);
    expect((await visitRow(id)).answers).toBe(3);
  });

  it('takes the latest answer, and five at most', async () => {
    const { id, visit } = await ask();
    const first = await answer(id, visit, 'ann_tea');
    const second = await answer(id, first.body.visit, 'bob-shop');
    expect(second.body.merchant.code).toBe(bob.code);
    const third = await answer(id, second.body.visit, null);
    expect(third.body.attributed).toBe(false);
    const rest = await Promise.all(Array.from({ length: 6 }, () => answer(id, visit, 'ann_tea')));
    expect(rest.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    expect(rest.find(({ status }) => status === 409)!.body.code).toBe('visit.too-many-answers');
    expect((await visitRow(id)).answers).toBe(5);
  });

  it('changes nothing for a visit that a code has attributed', async () => {
    const { id, visit } = (await shop.pk.post('/v1/visits', { merchantCode: ann.code })).body;
    expect((await answer(id, visit, 'bob-shop')).body).toMatchObject({ via: 'code', merchant: { code: ann.code } });
    expect((await answer(id, visit, null)).body).toMatchObject({ via: 'code', merchant: { code: ann.code } });
  });

  it('refuses tokens of other visits and other shops', async () => {
    const [one, two] = [await ask(), await ask()];
    expect((await answer(one.id, two.visit, 'ann_tea')).body.code).toBe('visit.not-found');
    const foreign = await shop.other.pk.post(`/v1/visits/${one.id}/referrer`, {
      visit: one.visit,
      wechatId: 'ann_tea',
    });
    expect([foreign.status, foreign.body.code]).toEqual([422, 'token.invalid']);
  });

  it('takes an answer for a visit that was never recorded', async () => {
    const { id, visit } = await ask();
    await shop.db.query('DELETE FROM visit WHERE id = ?', [id]);
    expect((await answer(id, visit, 'ann_tea')).body).toMatchObject({ attributed: true });
    expect(await visitRow(id)).toMatchObject({ merchant_id: ann.id, via: 'referrer', answers: 1 });
  });
});

describe('share links', () => {
  it('lead to the shop with the merchant’s code', async () => {
    const link = await shop.testApp.http.get(
      `/r/${ann.code}?to=${encodeURIComponent('https://other.example/tea?x=1')}&utm=1`,
    );
    expect([link.status, link.headers.get('location'), link.headers.get('cache-control')]).toEqual([
      302,
      `https://other.example/tea?x=1&m=${ann.code}`,
      'no-store',
    ]);
  });

  it('lead home without a code when nobody has it, and never elsewhere', async () => {
    const unknown = await shop.testApp.http.get('/r/ZZZZZZZZ?to=https://shop.example/tea');
    expect([unknown.status, unknown.headers.get('location')]).toEqual([302, 'https://shop.example/']);
    for (const to of ['//evil.example', 'https://evil.example', '%0d%0aLocation:%20https://evil.example']) {
      const link = await shop.testApp.http.get(`/r/${ann.code}?to=${to}&to=https://evil.example`);
      expect([link.status, link.headers.get('location')]).toEqual([302, `https://shop.example/?m=${ann.code}`]);
    }
  });
});

test('two hundred visits at once are all recorded', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => shop.pk.post('/v1/visits', { merchantCode: ann.code })),
  );
  expect(answers.every(({ body }) => body.recorded === true)).toBe(true);
  const ids = answers.map(({ body }) => body.id);
  const [{ n }] = await shop.db.query('SELECT COUNT(*) n FROM visit WHERE id IN (?)', [ids]);
  expect(Number(n)).toBe(200);
});
