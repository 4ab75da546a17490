import { visitSigner } from '../../src/detection/visits/visit-tokens.js';
import { claimsOf } from '../support/claims.js';
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
    const { attribute } = await import('../../src/detection/visits/attribution.js');
    const { touches } = claimsOf(second.visit);
    expect(attribute(touches, rule as never, new Date())?.merchantId).toBe(ann.id);
  });

  it('are ignored when they are expired, forged, another shop’s, or of a merchant who is no longer active', async () => {
    const foreign = (await shop.other.pk.post('/v1/visits', { merchantCode: ann.code })).body.visit;
    const own = (await visit({ merchantCode: ann.code })).visit;
    const expired = visitSigner(testConfig(shop.testApp.databaseUrl).tokenKeys).issue(
      claimsOf(own),
      new Date(Date.now() - 1000),
      shop.storefront.id,
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
      expect([status, body.attributed, body.via, body.merchant, body.ask]).toEqual([201, false, null, null, null]);
    expect((await visitRow(id)).answers).toBe(3);
  });

  it('in full-width letters and with the spaces of a keyboard', async () => {
    const { id, visit } = await ask();
    expect((await answer(id, visit, '　ｂｏｂ－ｓｈｏｐ\u200b')).body.merchant.code).toBe(bob.code);
  });

  it('is not asked again after an answer, until the days are over that the storefront has set', async () => {
    const back = async (previous: string) => (await shop.pk.post('/v1/visits', { previous })).body;
    for (const wechatId of [null, 'who_is_this']) {
      const { id, visit } = await ask();
      const said = (await answer(id, visit, wechatId)).body;
      expect(said).toMatchObject({ ask: null, brought: wechatId !== null });
      const next = await back(said.visit);
      expect(next).toMatchObject({ attributed: false, ask: null, brought: wechatId !== null });
      expect(await back(next.visit)).toMatchObject({ ask: null });
      // A code still counts, and so does an answer that is given all the same.
      expect((await shop.pk.post('/v1/visits', { merchantCode: ann.code, previous: next.visit })).body.attributed).toBe(
        true,
      );
      expect((await answer(next.id, next.visit, 'ann_tea')).body.attributed).toBe(true);
    }
    const { id, visit } = await ask();
    const said = (await answer(id, visit, null)).body;
    const path = `/v1/storefronts/${shop.storefront.id}`;
    expect((await shop.admin.patch(path, { askAgainDays: 0 })).body.askAgainDays).toBe(0);
    expect(await back(said.visit)).toMatchObject({ ask: { question: 'referrer' }, brought: null });
    expect((await shop.admin.patch(path, { askAgainDays: 90 })).body.askAgainDays).toBe(90);
    const long = (await answer(id, said.visit, null)).body;
    expect(Date.parse(long.expiresAt) - Date.now()).toBeGreaterThan(89.9 * 86_400_000);
    expect((await shop.admin.patch(path, { askAgainDays: null })).body.askAgainDays).toBeNull();
    expect(await back(said.visit)).toMatchObject({ ask: null });
  });

  it('can be asked in two steps: whether somebody brought them, and then who', async () => {
    const { id, visit, brought } = await ask();
    expect(brought).toBeNull();
    const say = async (body: object) => (await shop.pk.post(`/v1/visits/${id}/referrer`, body)).body;
    const yes = await say({ visit, brought: true });
    expect(yes).toMatchObject({ attributed: false, ask: { question: 'referrer' }, brought: true });
    expect((await shop.pk.post('/v1/visits', { previous: yes.visit })).body).toMatchObject({
      ask: { question: 'referrer' },
      brought: true,
    });
    expect(await say({ visit: yes.visit, wechatId: 'ann_tea' })).toMatchObject({ attributed: true, brought: true });
    expect(await say({ visit, brought: false })).toMatchObject({ attributed: false, ask: null, brought: false });
    expect((await visitRow(id)).answers).toBe(3);
  });

  it('takes no answer that is none or contradicts itself, and counts none of them', async () => {
    const { id, visit } = await ask();
    for (const [body, pointer] of [
      [{ visit }, '/wechatId'],
      [{ visit, brought: null }, '/wechatId'],
      [{ visit, brought: false, wechatId: 'ann_tea' }, '/brought'],
      [{ visit, brought: true, wechatId: null }, '/brought'],
      [{ visit, brought: 'yes' }, '/brought'],
    ] as const) {
      const { status, body: problem } = await shop.pk.post(`/v1/visits/${id}/referrer`, body);
      expect([status, problem.code, problem.errors[0].pointer]).toEqual([422, 'request.invalid', pointer]);
    }
    expect((await visitRow(id)).answers).toBe(0);
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
  const follow = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await shop.testApp.http.with(headers).get(path);
    const location = answer.headers.get('location');
    return { ...answer, location, to: location === null ? null : new URL(location) };
  };
  const visitsOf = async (storefrontId: string) =>
    Number((await shop.db.query('SELECT COUNT(*) n FROM visit WHERE storefront_id = ?', [storefrontId]))[0].n);

  it('lead to the shop with the merchant’s code and the token of a visit, which is recorded', async () => {
    const { status, headers, location, to } = await follow(
      `/r/${ann.code}?to=${encodeURIComponent('https://other.example/tea?x=1')}&utm=1`,
      { referer: 'https://weixin.qq.com/article?id=7' },
    );
    expect([status, headers.get('cache-control')]).toEqual([302, 'no-store']);
    const token = to!.searchParams.get('m_visit')!;
    expect(location).toBe(`https://other.example/tea?x=1&m=${ann.code}&m_visit=${token}`);
    expect(token.length).toBeLessThan(200);
    expect(await visitRow(`vis_${token.slice(0, 26)}`)).toMatchObject({
      storefront_id: shop.other.id,
      merchant_id: ann.id,
      via: 'code',
      code_status: 'known',
      code_given: ann.code,
      referrer_url: 'https://weixin.qq.com/article',
      shopper_ref: null,
      answers: 0,
    });
  });

  it('are gone on with by the shop: one visit, also when the page is loaded again', async () => {
    const { location, to } = await follow(`/r/${ann.code}?storefront=${shop.storefront.id}`);
    const count = await visitsOf(shop.storefront.id);
    const first = (await shop.pk.post('/v1/visits', { url: location, shopperRef: 'shopper-9' })).body;
    expect(first).toMatchObject({ attributed: true, via: 'code', codeStatus: 'known', merchant: { code: ann.code } });
    expect(first.id).toBe(`vis_${to!.searchParams.get('m_visit')!.slice(0, 26)}`);
    const again = (await shop.pk.post('/v1/visits', { url: `/${to!.search}#x`, previous: first.visit })).body;
    expect(again.id).toBe(first.id);
    const { touches } = claimsOf(again.visit);
    expect(touches).toHaveLength(1);
    expect(await visitsOf(shop.storefront.id)).toBe(count);
    expect(await visitRow(first.id)).toMatchObject({ shopper_ref: 'shopper-9', merchant_id: ann.id });
  });

  it('are gone on with by the token alone, and by it alone with the shop it was made for', async () => {
    const { to } = await follow(`/r/${ann.code}?storefront=${shop.storefront.id}`);
    const token = to!.searchParams.get('m_visit')!;
    const own = (await shop.pk.post('/v1/visits', { url: `/?m_visit=${token}` })).body;
    expect(own).toMatchObject({ id: `vis_${token.slice(0, 26)}`, attributed: true, codeStatus: 'known' });
    const foreign = (await shop.other.pk.post('/v1/visits', { url: `/?m_visit=${token}` })).body;
    expect(foreign).toMatchObject({ attributed: false, codeStatus: 'absent' });
    expect(foreign.id).not.toBe(own.id);
    const edited = (await shop.pk.post('/v1/visits', { url: `/?m=${bob.code}&m_visit=${token}` })).body;
    expect(edited).toMatchObject({ attributed: true, merchant: { code: bob.code } });
    expect(edited.id).not.toBe(own.id);
    const forged = (await shop.pk.post('/v1/visits', { url: `/?m_visit=${token.slice(0, -1)}x` })).body;
    expect(forged).toMatchObject({ attributed: false, codeStatus: 'absent' });
  });

  it('keep what an answer has written', async () => {
    const { location } = await follow(`/r/ZZZZZZZZ?storefront=${shop.storefront.id}`);
    const opened = (await shop.pk.post('/v1/visits', { url: location })).body;
    expect(opened).toMatchObject({ attributed: false, codeStatus: 'unknown', ask: { question: 'referrer' } });
    const named = (await shop.pk.post(`/v1/visits/${opened.id}/referrer`, { visit: opened.visit, wechatId: 'ann_tea' }))
      .body;
    const again = (await shop.pk.post('/v1/visits', { url: location, previous: named.visit })).body;
    expect(again).toMatchObject({ id: opened.id, via: 'referrer', merchant: { code: ann.code } });
    expect(await visitRow(opened.id)).toMatchObject({ merchant_id: ann.id, via: 'referrer', answers: 1 });
  });

  it('never lead elsewhere', async () => {
    for (const to of ['//evil.example', 'https://evil.example', '%0d%0aLocation:%20https://evil.example']) {
      const link = await follow(`/r/${ann.code}?to=${to}&to=https://evil.example`);
      expect([link.status, link.to?.origin, link.to?.searchParams.get('m')]).toEqual([
        302,
        'https://shop.example',
        ann.code,
      ]);
    }
  });

  it('open no visit for a program that only looks where they lead', async () => {
    const count = await visitsOf(shop.other.id);
    const head = await fetch(new URL(`/r/${ann.code}?storefront=${shop.other.id}`, shop.testApp.http.baseUrl), {
      method: 'HEAD',
      redirect: 'manual',
    });
    const prefetched = await follow(`/r/${ann.code}?storefront=${shop.other.id}`, { 'sec-purpose': 'prefetch' });
    for (const location of [head.headers.get('location'), prefetched.location])
      expect(location).toBe(`https://other.example/?m=${ann.code}`);
    expect(await visitsOf(shop.other.id)).toBe(count);
  });

  it('with a code that nobody has show a page, in the shopper’s language first, and lead to no shop', async () => {
    const gone = await addMerchant(shop, 'gone_away');
    const unknown = await follow('/r/ZZZZZZZZ', { 'accept-language': 'en' });
    expect([unknown.status, unknown.location]).toEqual([404, null]);
    expect(unknown.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(unknown.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'none'; style-src 'sha256-/,
    );
    expect(unknown.text).toMatch(/<html lang="en">[^]*This link leads nowhere[^]*链接无效/);
    expect(unknown.text).not.toMatch(/https?:|<script|<a /);
    const chinese = await follow('/r/%E2%9C%93', { 'accept-language': 'zh-CN,en;q=0.5' });
    expect(chinese.text).toMatch(/<html lang="zh-CN">[^]*链接无效[^]*This link leads nowhere/);
    for (const state of ['suspended', 'closed'] as const) {
      await setMerchantState(shop, gone, state);
      const { status, text } = await follow(`/r/${gone.code}`, { 'accept-language': 'en' });
      expect([status, text]).toEqual([404, unknown.text]);
    }
  });

  it('with such a code lead to the shop that they name themselves, without a code', async () => {
    const gone = await addMerchant(shop, 'gone_again');
    await setMerchantState(shop, gone, 'suspended');
    for (const code of ['ZZZZZZZZ', gone.code]) {
      const { status, to } = await follow(`/r/${code}?to=https://other.example/tea`);
      expect([status, to?.origin, to?.pathname, to?.searchParams.get('m')]).toEqual([
        302,
        'https://other.example',
        '/tea',
        null,
      ]);
      const opened = (await shop.other.pk.post('/v1/visits', { url: to!.href })).body;
      expect(opened).toMatchObject({ attributed: false, codeStatus: 'unknown' });
      expect(await visitRow(opened.id)).toMatchObject({ code_given: code, code_status: 'unknown', merchant_id: null });
    }
  });
});

describe('codes in addresses', () => {
  it('are found in fragments, in encoded and in full-width letters, and the first that is a merchant’s counts', async () => {
    const wide = ann.code.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    for (const url of [
      `https://shop.example/#/p?m=${ann.code}`,
      `/?m=${ann.code}/`,
      `/?m=${encodeURIComponent(encodeURIComponent(wide))}`,
      `/?m=ZZZZZZZZ&m=${ann.code}&m=${bob.code}`,
    ])
      expect((await shop.pk.post('/v1/visits', { url })).body).toMatchObject({
        codeStatus: 'known',
        merchant: { code: ann.code },
      });
  });

  it('that nobody has are kept as they were given', async () => {
    const { body } = await shop.pk.post('/v1/visits', { url: '/?m=&m=二维码&m=other' });
    expect(body.codeStatus).toBe('unknown');
    expect(await visitRow(body.id)).toMatchObject({ code_given: '二维码', code_status: 'unknown' });
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
