import { DataSource } from 'typeorm';
import { IdentityMarks } from '../../src/database/likeness/identity-marks.repository.js';
import { createStaff, createWorld, firstSignIn, type World } from '../support/actors.js';
import type { HttpClient } from '../support/http-client.js';
import { insertRows } from '../support/insert-rows.js';
import { fullScans } from '../support/plans.js';
import { analyzeTables } from '../support/rows-read.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ACCOUNT = {
  holder: '李华',
  number: '6222 0212 3456 7890123',
  bankName: '工商银行',
  bic: 'ICBKCNBJ',
  country: 'CN',
};
const CLEAR = '6222021234567890123';

let app: TestApp;
let world: World;
let secondReviewer: HttpClient;
let next = 0;

beforeAll(async () => {
  app = await startTestApp();
  world = await createWorld(app);
  secondReviewer = await createStaff(app, world.admin, ['reviewer']);
});
afterAll(() => app.close());

const form = (more: Record<string, unknown> = {}) => ({
  wechatId: `Merchant_${(next += 1)}`,
  displayName: '李华的小店',
  consent: true,
  ...more,
});

async function apply(more: Record<string, unknown> = {}) {
  const { status, body } = await world.pk.post('/v1/merchant-applications', form(more));
  expect(status).toBe(201);
  return body as { id: string; state: string; token: string };
}

async function newMerchant(more: Record<string, unknown> = {}) {
  const { id, token } = await apply(more);
  const { status, body } = await world.reviewer.post(`/v1/merchant-applications/${id}/approve`, {});
  expect(status).toBe(200);
  return { ...body.merchant, token, own: await firstSignIn(app.http, token) };
}

/** As if the merchant had just given a code that was sent to them. */
async function freshen(merchantId: string): Promise<void> {
  await app.app
    .get(DataSource)
    .query('UPDATE merchant_session SET confirmed_at = NOW(6) WHERE merchant_id = ?', [merchantId]);
}

describe('claim 1: every merchant has a unique code', () => {
  it('also when 200 are approved at once', async () => {
    const submitted = await Promise.all(Array.from({ length: 200 }, () => apply()));
    const answers = await Promise.all(
      submitted.map(({ id }) => world.reviewer.post(`/v1/merchant-applications/${id}/approve`, {})),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.merchant.code)).size).toBe(200);
  });
});

describe('claim 9: the server gives out a form, reviews what comes back, and assigns a code on approval', () => {
  it('from the form to the code', async () => {
    const { body: schema } = await world.pk.get('/v1/merchant-applications/form');
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.required).toContain('wechatId');
    expect(schema.properties.wechatId['x-label']).toEqual({ 'zh-CN': '微信号', en: 'WeChat ID' });

    const submitted = await app.http.post(
      '/v1/merchant-applications',
      form({ wechatId: 'Li-Hua_88', phone: '13800138000' }),
    );
    expect(submitted.status).toBe(201);
    expect(submitted.body).toEqual({ id: expect.stringMatching(/^app_/), state: 'pending', token: expect.any(String) });
    const { id, token } = submitted.body;

    const waiting = await world.reviewer.get('/v1/merchant-applications?state=pending&limit=200');
    expect(waiting.body.items.map((item: any) => item.id)).toContain(id);

    const approved = await world.reviewer.post(`/v1/merchant-applications/${id}/approve`, { group: 'spring' });
    expect(approved.body.merchant).toMatchObject({
      id: expect.stringMatching(/^mer_/),
      code: expect.stringMatching(/^[2-9A-HJKMNP-Z]{8}$/),
      wechatId: 'Li-Hua_88',
      group: 'spring',
      state: 'active',
      phone: '13800138000',
      bankAccount: null,
    });
    const again = await Promise.all(
      Array.from({ length: 20 }, () => world.reviewer.post(`/v1/merchant-applications/${id}/approve`, {})),
    );
    for (const { status, body } of again) expect([status, body]).toEqual([200, approved.body]);

    const seen = await app.http.as(token).get(`/v1/merchant-applications/${id}`);
    expect(seen.body).toMatchObject({ state: 'approved', merchant: { code: approved.body.merchant.code } });
    const byLink = await app.http.get(`/v1/merchant-applications/${id}?token=${token}`);
    expect(byLink.body).toEqual(seen.body);
    const { body: found } = await world.auditor.get(
      `/v1/merchants?search=${approved.body.merchant.code.toLowerCase()}`,
    );
    expect(found).toEqual({ items: [approved.body.merchant], nextCursor: null });
    expect((await world.auditor.get('/v1/merchants?search=LI-HUA_88')).body).toEqual(found);
    const { body: audit } = await world.auditor.get('/v1/audit-log?limit=200');
    const decisions = audit.items.filter((entry: any) => entry.subject === id);
    expect(decisions).toEqual([
      expect.objectContaining({
        action: 'application.approved',
        actor: { kind: 'staff', id: expect.stringMatching(/^stf_/) },
      }),
    ]);
  });

  it('a rejected applicant gets a reason and no code, and may apply again', async () => {
    const filled = form();
    const { body } = await world.pk.post('/v1/merchant-applications', filled);
    const path = `/v1/merchant-applications/${body.id}`;
    expect((await world.reviewer.post(`${path}/reject`, { reason: '名称与微信不符' })).status).toBe(200);
    expect((await app.http.as(body.token).get(path)).body).toMatchObject({
      state: 'rejected',
      reason: '名称与微信不符',
      merchant: null,
    });
    const late = await world.reviewer.post(`${path}/approve`, {});
    expect([late.status, late.body.code]).toEqual([409, 'application.wrong-state']);
    expect((await world.pk.post('/v1/merchant-applications', filled)).status).toBe(201);
  });

  it('an application reserves nothing and tells nobody who is registered: the reviewer sees both, and approves one', async () => {
    const merchant = await newMerchant({ wechatId: 'only_one_of_US', displayName: 'Anna Schmidt' });
    const apart = { displayName: '独一无二' };
    const waits = await apply({ ...apart, wechatId: 'ONLY_one_of_us' });
    const other = await apply({ ...apart, wechatId: 'ONLY_ONE_of_us' });
    const doublesOf = async (id: string) =>
      (await world.reviewer.get(`/v1/merchant-applications/${id}/doubles`)).body.items.map(
        ({ same, merchant: who, application }: any) => [who?.id ?? application.id, same],
      );
    expect(await doublesOf(waits.id)).toEqual([
      [other.id, ['wechatId', 'name']],
      [merchant.id, ['wechatId']],
    ]);
    const approve = (id: string) => world.reviewer.post(`/v1/merchant-applications/${id}/approve`, {});
    for (const { id } of [waits, other])
      expect((await approve(id)).body).toMatchObject({ status: 409, code: 'application.wechat-id-taken' });
    expect((await world.reviewer.get(`/v1/merchant-applications/${waits.id}`)).body.state).toBe('pending');
  });

  it('whoever shares a telephone, an address, an account or a name with an applicant is shown beside them', async () => {
    const number = '6222 0212 3456 7890555';
    const people = {
      phone: await newMerchant({ displayName: '甲', phone: '+86 139 0013 9000' }),
      email: await newMerchant({ displayName: '乙', email: 'Double@shop.example' }),
      account: await newMerchant({ displayName: '丙', bankAccount: { ...ACCOUNT, holder: '丁', number } }),
      name: await newMerchant({ displayName: 'Schmitt, Johanna' }),
    };
    const changed = await newMerchant({ displayName: '戊', email: 'before@shop.example' });
    await freshen(changed.id);
    await app.app
      .get(DataSource)
      .query('UPDATE merchant SET contact_key_id = NULL, sealed_contact = NULL, email_hash = NULL WHERE id = ?', [
        changed.id,
      ]);
    expect((await world.admin.post(`/v1/merchants/${changed.id}/contact`, { phone: '13700137000' })).status).toBe(200);
    const applicant = await apply({
      displayName: 'Johanna Schmidt',
      phone: '13900139000',
      email: 'double@shop.example',
      bankAccount: { ...ACCOUNT, holder: '己', number: number.replace(/ /g, '') },
    });
    const { body } = await world.reviewer.get(`/v1/merchant-applications/${applicant.id}/doubles`);
    const found = Object.fromEntries(body.items.map(({ same, merchant }: any) => [merchant.id, same]));
    expect(found).toEqual({
      [people.phone.id]: ['phone'],
      [people.email.id]: ['email'],
      [people.account.id]: ['accountNumber'],
      [people.name.id]: ['name'],
    });
    expect(JSON.stringify(body)).not.toContain('6222021234567890555');
    const later = await apply({ displayName: '庚', phone: '137-0013-7000' });
    const again = await world.reviewer.get(`/v1/merchant-applications/${later.id}/doubles`);
    expect(again.body.items.map(({ merchant }: any) => merchant.id)).toEqual([changed.id]);
    for (const client of [world.maker, world.auditor, world.sk, world.pk, app.http])
      expect([401, 403]).toContain((await client.get(`/v1/merchant-applications/${applicant.id}/doubles`)).status);
  });

  it('doubles are found by an index, however many merchants there are', async () => {
    const dataSource = app.app.get(DataSource);
    const rows = Array.from({ length: 20_000 }, (_, n) => [`mark ${n % 5_000}`, `app_many_${n}`, new Date()]);
    await insertRows(dataSource.manager, 'identity_mark', ['mark', 'owner_id', 'noted_at'], rows);
    await analyzeTables(app.db.manager);
    const marks = app.app.get(IdentityMarks, { strict: false });
    const person = {
      wechatId: 'x_y_z_1',
      displayName: 'Anna Schmidt',
      phone: '13900139000',
      email: null,
      bankAccount: null,
    };
    expect(await fullScans(dataSource.manager, (tx) => marks.findSharing(tx, person))).toEqual([]);
  });
});

describe('claim 11: form and database hold the bank account', () => {
  it('as people write it, with the name in Latin letters and what a reviewer should look at', async () => {
    const bankAccount = {
      holder: '区大相',
      holderLatin: 'Au Tai Sheung',
      town: 'Köln',
      number: 'IBAN：de89 3704–0044.0532 0130 ００',
      country: 'DE',
      bic: 'bnpafrpp',
    };
    const { body } = await app.http.post('/v1/merchant-applications', form({ wechatId: 'as_written', bankAccount }));
    const { body: seen } = await world.reviewer.get(`/v1/merchant-applications/${body.id}`);
    expect(seen.bankAccount).toMatchObject({
      holder: '区大相',
      holderLatin: 'Au Tai Sheung',
      town: 'Köln',
      maskedNumber: '••••3000',
      bic: 'BNPAFRPP',
      warnings: [{ code: 'bic-of-another-country', detail: 'The BIC is of a bank in FR, the account is in DE.' }],
    });
  });

  it('encrypted, shown masked, changeable only with a fresh review', async () => {
    const { id, own: merchant, bankAccount } = await newMerchant({ bankAccount: ACCOUNT });
    expect(bankAccount).toMatchObject({ maskedNumber: '••••0123', holder: '李华', bic: 'ICBKCNBJ', state: 'current' });

    const filed = await world.reviewer.post(`/v1/merchants/${id}/bank-account-changes`, {
      holder: 'Li Hua',
      number: 'DE89 3704 0044 0532 0130 00',
      country: 'DE',
    });
    expect([filed.status, filed.body.state]).toEqual([201, 'pending']);
    const approve = `/v1/merchants/${id}/bank-account-changes/${filed.body.id}/approve`;
    const self = await world.reviewer.post(approve);
    expect([self.status, self.body.code]).toEqual([409, 'bank-account.same-person']);
    expect((await world.auditor.get(`/v1/merchants/${id}`)).body.bankAccount).toEqual(bankAccount);

    expect((await secondReviewer.post(approve)).status).toBe(200);
    const changed = await world.auditor.get(`/v1/merchants/${id}`);
    expect(changed.body.bankAccount).toMatchObject({ maskedNumber: '••••3000', country: 'DE' });
    const twice = await secondReviewer.post(approve);
    expect([twice.status, twice.body.code]).toEqual([409, 'bank-account.wrong-state']);

    await freshen(id);
    const own = await merchant.post(`/v1/merchants/${id}/bank-account-changes`, ACCOUNT);
    expect(own.status).toBe(201);
    const rejected = await world.reviewer.post(`/v1/merchants/${id}/bank-account-changes/${own.body.id}/reject`, {
      reason: 'unreadable',
    });
    expect(rejected.body).toMatchObject({ state: 'rejected', reason: 'unreadable' });
    const { body: history } = await world.auditor.get(`/v1/merchants/${id}/bank-accounts`);
    expect(history.items.map((item: any) => item.state)).toEqual(['replaced', 'current', 'rejected']);

    for (const path of [`/v1/merchants/${id}`, `/v1/merchants/${id}/bank-accounts`, '/v1/merchants', '/v1/audit-log']) {
      const { text } = await world.admin.get(path);
      expect(text).not.toContain(CLEAR);
      expect(text).not.toContain('0532013000');
    }
  });

  it('another merchant’s token changes and shows nothing', async () => {
    const [mine, other] = [await newMerchant({ bankAccount: ACCOUNT }), await newMerchant()];
    await freshen(mine.id);
    const answer = await other.own.post(`/v1/merchants/${mine.id}/bank-account-changes`, ACCOUNT);
    expect([answer.status, answer.body.code]).toEqual([403, 'access.forbidden']);
    // Not even what the owner was answered, under the owner's Idempotency-Key.
    const keyed = (who: HttpClient) =>
      who.with({ 'idempotency-key': 'of-the-owner' }).post(`/v1/merchants/${mine.id}/bank-account-changes`, ACCOUNT);
    expect((await keyed(mine.own)).status).toBe(201);
    expect((await keyed(other.own)).body.code).toBe('access.forbidden');
    const read = await other.own.get(`/v1/merchant-applications/${mine.application}`);
    expect([read.status, read.body.code]).toEqual([403, 'access.forbidden']);
  });
});

describe('the state of a merchant', () => {
  it('is changed by admins and reviewers, with a reason', async () => {
    const { id } = await newMerchant();
    expect((await world.admin.post(`/v1/merchants/${id}/suspend`, { reason: 'odd orders' })).body).toMatchObject({
      state: 'suspended',
      stateReason: 'odd orders',
    });
    const twice = await world.admin.post(`/v1/merchants/${id}/suspend`, { reason: 'again' });
    expect([twice.status, twice.body.code]).toEqual([409, 'merchant.wrong-state']);
    expect((await world.reviewer.post(`/v1/merchants/${id}/reactivate`)).body.state).toBe('active');
    expect((await world.reviewer.post(`/v1/merchants/${id}/close`)).body.state).toBe('closed');
    expect((await world.reviewer.post(`/v1/merchants/${id}/reactivate`)).status).toBe(409);
    const closed = await world.auditor.get('/v1/merchants?state=closed');
    expect(closed.body.items.map((item: any) => item.id)).toEqual([id]);
  });
});

describe('who may', () => {
  it('each route refuses everybody else', async () => {
    const { id } = await apply();
    const merchant = await newMerchant();
    const application = `/v1/merchant-applications/${id}`;
    const status = async (who: HttpClient, method: 'get' | 'post', path: string, body?: unknown) =>
      (method === 'get' ? await who.get(path) : await who.post(path, body)).status;
    expect(await status(app.http, 'get', application)).toBe(401);
    expect(await status(world.pk, 'get', application)).not.toBe(200);
    expect(await status(world.maker, 'get', application)).toBe(403);
    expect(await status(app.http, 'get', '/v1/merchant-applications')).toBe(401);
    expect(await status(world.pk, 'get', '/v1/merchant-applications')).toBe(403);
    for (const who of [world.maker, world.checker, world.auditor, world.sk]) {
      expect(await status(who, 'post', `${application}/approve`, {})).toBe(403);
      expect(await status(who, 'post', `${application}/reject`, { reason: 'no' })).toBe(403);
      expect(await status(who, 'post', `/v1/merchants/${merchant.id}/suspend`, { reason: 'no' })).toBe(403);
    }
    expect(await status(world.sk, 'get', '/v1/merchants')).toBe(403);
    expect(await status(app.http.as('sk_forged'), 'get', application)).toBe(401);
    const forged = await app.http.as('a.b.c').get(application);
    expect([forged.status, forged.body.code]).toEqual([401, 'access.unauthenticated']);
  });
});

describe('bad input', () => {
  it.each([
    ['/wechatId', { wechatId: 'ａｂｃｄｅｆ' }],
    ['/wechatId', { wechatId: '李华李华李华' }],
    ['/wechatId', { wechatId: 'abcde' }],
    ['/wechatId', { wechatId: 'a'.repeat(21) }],
    ['/wechatId', { wechatId: '1abcdef' }],
    ['/wechatId', { wechatId: 'abcdef ' }],
    ['/wechatId', { wechatId: ['abcdef'] }],
    ['/wechatId', { wechatId: null }],
    ['/displayName', { displayName: '' }],
    ['/displayName', { displayName: '\u202eevil' }],
    ['/displayName', { displayName: 'a\u0000b' }],
    ['/displayName', { displayName: 'a\ufe0f'.repeat(40) }],
    ['/phone', { phone: 'call me' }],
    ['/email', { email: 'nobody' }],
    ['/consent', { consent: false }],
    ['/consent', { consent: 'true' }],
    ['/consent', { consent: undefined }],
    ['/role', { role: 'admin' }],
    ['/bankAccount', { bankAccount: null }],
    ['/bankAccount', { bankAccount: [] }],
    ['/bankAccount', { bankAccount: 'DE89' }],
    ['/bankAccount/holder', { bankAccount: { number: '62220212', country: 'CN' } }],
    ['/bankAccount/number', { bankAccount: { ...ACCOUNT, number: 'DE89370400440532013001', country: 'DE' } }],
    ['/bankAccount/number', { bankAccount: { ...ACCOUNT, number: 'NL91ABNA0417164300', country: 'DE' } }],
    ['/bankAccount/number', { bankAccount: { ...ACCOUNT, number: '六二二二〇二一二' } }],
    ['/bankAccount/number', { bankAccount: { ...ACCOUNT, number: 'DE89370400440532013000' } }],
    ['/bankAccount/number', { bankAccount: { ...ACCOUNT, number: 'DJ2100010000000154000100187', country: 'DJ' } }],
    ['/bankAccount/holderLatin', { bankAccount: { ...ACCOUNT, holderLatin: '李华' } }],
    ['/bankAccount/holderLatin', { bankAccount: { ...ACCOUNT, holderLatin: '' } }],
    ['/bankAccount/town', { bankAccount: { ...ACCOUNT, town: '上海' } }],
    ['/bankAccount/town', { bankAccount: { ...ACCOUNT, town: '' } }],
    ['/bankAccount/town', { bankAccount: { ...ACCOUNT, town: 'x'.repeat(36) } }],
    ['/bankAccount/number', { bankAccount: { ...ACCOUNT, number: 62220212 } }],
    ['/bankAccount/bic', { bankAccount: { ...ACCOUNT, bic: 'ICBKZZBJ' } }],
    ['/bankAccount/country', { bankAccount: { ...ACCOUNT, country: 'cn' } }],
    ['/bankAccount/country', { bankAccount: { ...ACCOUNT, country: 'constructor' } }],
    ['/bankAccount/iban', { bankAccount: { ...ACCOUNT, iban: 'x' } }],
  ])('%s is named when it is wrong: %j', async (pointer, wrong) => {
    const { status, body, text } = await app.http.post('/v1/merchant-applications', form(wrong));
    expect([status, body.code]).toEqual([422, 'request.invalid']);
    expect(body.errors.map((error: any) => error.pointer)).toContain(pointer);
    expect(text).not.toContain('37040044');
  });

  it.each(['[]', 'null', '"x"', '7', '[{}]', 'true'])('a body that is %s is refused', async (body) => {
    const client = app.http.with({ 'content-type': 'application/json' });
    const { status } = await client.post('/v1/merchant-applications', body);
    expect([400, 422]).toContain(status);
  });

  it('ids, cursors and filters that cannot be are refused or name nothing', async () => {
    const get = async (path: string) => {
      const { status, body } = await world.reviewer.get(path);
      return [status, body.code];
    };
    for (const id of ['mer_x', 'app_00000000000000000000000000', '%F0%9F%92%A9', 'x'.repeat(80), "' OR 1=1"]) {
      expect(await get(`/v1/merchant-applications/${encodeURIComponent(id)}`)).toEqual([404, 'application.not-found']);
      expect(await get(`/v1/merchants/${encodeURIComponent(id)}`)).toEqual([404, 'merchant.not-found']);
    }
    for (const query of [
      'cursor=!',
      'cursor=a',
      'limit=0',
      'limit=201',
      'limit=1.5',
      'limit=x',
      'state=odd',
      'cursor=a&cursor=b',
      'foo=1',
    ])
      expect(await get(`/v1/merchant-applications?${query}`)).toEqual([422, 'request.invalid']);
    expect((await world.reviewer.get('/v1/merchants?search=%25')).body.items).toEqual([]);
  });

  it('lists are paged without a gap', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: any = await world.reviewer.get(`/v1/merchants?limit=40${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map((item: any) => item.id));
      cursor = body.nextCursor;
    }
    expect(seen.length).toBeGreaterThan(200);
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort()).toEqual(seen);
  });
});
