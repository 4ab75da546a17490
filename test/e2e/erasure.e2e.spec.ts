import { DataSource } from 'typeorm';
import { operationCodes } from '../../src/api/openapi/operation-codes.js';
import { PersonalDataRetention } from '../../src/database/index.js';
import { createStaff, firstSignIn, type World } from '../support/actors.js';
import { camt } from '../support/bank-reports.js';
import type { HttpClient } from '../support/http-client.js';
import { keptValues } from '../support/kept-values.js';
import { PayoutWorld } from '../support/payouts.js';
import type { TestApp } from '../support/test-app.js';

/** What somebody says of themselves; each piece is looked for when it must be gone. */
const PERSON = {
  wechatId: 'erased_zhang_9',
  displayName: '张不留名',
  phone: '+86 139 1234 5678',
  email: 'zhang.erased@example.com',
};
const ACCOUNT = { number: '6222021234567890128', holder: '张不留名', bankName: '中国工商银行', country: 'CN' };

let w: PayoutWorld;
let app: TestApp;
let world: World;
let db: DataSource;

beforeAll(async () => {
  w = await PayoutWorld.start({ YINKE_REJECTED_APPLICATION_DAYS: '7', YINKE_CLOSED_MERCHANT_DAYS: '30' });
  ({ testApp: app, world, db } = w);
});
afterAll(() => w.close());

async function apply(more: object = {}) {
  const form = { ...PERSON, consent: true, bankAccount: { ...ACCOUNT, bankConsent: true }, ...more };
  const { body, status, text } = await world.pk.post('/v1/merchant-applications', form);
  if (status !== 201) throw new Error(text);
  return body as { id: string; token: string };
}

async function merchant(more: object = {}) {
  const application = await apply(more);
  const { body } = await world.reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  const own = await firstSignIn(app.http, application.token);
  return { id: body.merchant.id as string, code: body.merchant.code as string, application: application.id, own };
}

const close = (id: string) => world.admin.post(`/v1/merchants/${id}/close`, { reason: 'Asked for it.' });
const erase = (id: string, by: HttpClient = world.admin) => by.post(`/v1/merchants/${id}/erase`, {});

async function give(id: string, asset: string, amount: number) {
  const given = { asset, amount, reason: 'A correction.' };
  const { body } = await world.maker.post(`/v1/merchants/${id}/adjustments`, given);
  expect((await world.checker.post(`/v1/adjustments/${body.id}/approve`)).status).toBe(200);
}

/** Columns in which one of the texts stands. */
async function whereStands(texts: readonly string[]): Promise<string[]> {
  const kept = await keptValues((sql) => db.query(sql));
  return [...kept].flatMap(([column, all]) =>
    texts.filter((text) => all.includes(text)).map((text) => `${column}: ${text}`),
  );
}

it('takes a closed merchant out of every table, and the books stay true', async () => {
  const { id, code, application, own } = await merchant();
  await own.post(`/v1/merchants/${id}/bank-account-changes`, ACCOUNT);
  await give(id, 'CNY', 500);
  await give(id, 'CNY', -500);
  expect((await close(id)).status).toBe(200);
  const texts = [...Object.values(PERSON), '+8613912345678', '13912345678', ACCOUNT.number, ACCOUNT.bankName];
  expect((await whereStands(texts)).length).toBeGreaterThan(5);

  const { status, body } = await erase(id);
  expect([status, body]).toEqual([200, { erasedAt: expect.any(String) }]);
  expect(await whereStands(texts)).toEqual([]);
  expect(await db.query<unknown[]>('SELECT 1 FROM identity_mark WHERE owner_id IN (?)', [[id, application]])).toEqual(
    [],
  );

  const { body: shown } = await world.admin.get(`/v1/merchants/${id}`);
  expect(shown).toMatchObject({
    id,
    code,
    state: 'closed',
    wechatId: '',
    phone: null,
    email: null,
    bankAccount: null,
    takesContact: false,
  });
  expect(shown.erasedAt).toBe(body.erasedAt);
  expect((await world.admin.get(`/v1/merchant-applications/${application}`)).body.erasedAt).toEqual(expect.any(String));
  expect((await own.get(`/v1/merchants/${id}`)).status).toBe(401);
  expect((await world.auditor.get(`/v1/merchants/${id}/entries`)).body.items).toHaveLength(2);
  expect((await world.auditor.get('/v1/finance/audit')).body).toMatchObject({ clean: true });
  const { body: log } = await world.admin.get(`/v1/audit-log?subject=${id}&action=merchant.erased`);
  expect(log.items).toHaveLength(1);

  // Once and for all: a repeat says the same, and the person may come again, with another code.
  expect((await erase(id)).body).toEqual(body);
  const again = await merchant();
  expect(again.id).not.toBe(id);
  expect(again.code).not.toBe(code);
});

it('takes the payee out of payouts that are paid, and what was approved can still be proved', async () => {
  const paid = await w.merchant(1_200n, { holder: '李被付' });
  const other = await w.merchant(700n);
  const [one] = (await w.submitted([paid, other], { rail: 'iso20022-file' })).payouts;
  const report = camt(
    [{ day: new Date().toISOString().slice(0, 10), reference: one.reference, amount: '12.00' }],
    'CNY',
  );
  const xml = world.maker.with({ 'content-type': 'application/xml' });
  expect((await xml.post('/v1/bank-reports', Buffer.from(report))).body.lines).toMatchObject([{ result: 'applied' }]);
  await close(paid.id);
  expect((await erase(paid.id)).status).toBe(200);

  const { body } = await world.auditor.get(`/v1/payouts/${one.id}`);
  expect(body).toMatchObject({ state: 'paid', amount: 1200, beneficiary: { holder: '—' } });
  expect(await whereStands(['李被付', paid.number])).toEqual([]);
  expect(await w.offenders()).toEqual([]);
  // The link of the approval is left; the other payout of the batch is proved as before.
  await db.query("UPDATE payout SET holder = 'Somebody else' WHERE merchant_id = ?", [other.id]);
  expect(await w.offenders()).toHaveLength(1);
});

it('erases nobody who is not closed, who has money, or of whom something waits', async () => {
  const { id, own } = await merchant({ wechatId: 'erased_not_yet' });
  const refusal = async () => {
    const { status, body } = await erase(id);
    return [status, body.code];
  };
  expect(await refusal()).toEqual([409, 'erasure.not-closed']);
  await give(id, 'POINTS', 3);
  const { body: waiting } = await world.maker.post(`/v1/merchants/${id}/adjustments`, {
    asset: 'POINTS',
    amount: -3,
    reason: 'Back again.',
  });
  await close(id);
  expect(await refusal()).toEqual([409, 'erasure.money-open']);
  expect((await own.get(`/v1/merchants/${id}`)).body.displayName).toBe(PERSON.displayName);
  await world.checker.post(`/v1/adjustments/${waiting.id}/approve`);
  const { body: another } = await world.maker.post(`/v1/merchants/${id}/adjustments`, {
    asset: 'POINTS',
    amount: 1,
    reason: 'One more.',
  });
  expect(await refusal()).toEqual([409, 'erasure.work-open']);
  await world.checker.post(`/v1/adjustments/${another.id}/reject`);
  expect(await refusal()).toEqual([200, undefined]);
});

it('says in the API’s document each refusal that an admin may meet', () => {
  const refusals = ['erasure.not-closed', 'erasure.money-open', 'erasure.work-open', 'merchant.not-found'];
  expect(operationCodes.eraseMerchant).toEqual(expect.arrayContaining(refusals));
});

it('erases a merchant at their own word with a fresh code alone, and nobody at that of others', async () => {
  const { id, own } = await merchant({ wechatId: 'erased_own_word' });
  await close(id);
  expect((await erase(id, own)).body.code).toBe('code.needed');
  await db.query('UPDATE merchant_session SET confirmed_at = NOW(6) WHERE merchant_id = ?', [id]);
  const other = await merchant({ wechatId: 'erased_other' });
  expect((await erase(id, other.own)).body.code).toBe('access.forbidden');
  for (const by of [world.reviewer, world.maker, world.auditor, world.sk])
    expect((await erase(id, by)).body.code).toBe('access.forbidden');
  expect((await erase(id, own)).status).toBe(200);
});

it('erases by itself those for whom the time of keeping is over', async () => {
  const { id } = await apply({ wechatId: 'erased_by_time' });
  await world.reviewer.post(`/v1/merchant-applications/${id}/reject`, { reason: 'Not now.' });
  const closed = await merchant({ wechatId: 'erased_by_time_2' });
  const rich = await merchant({ wechatId: 'erased_by_time_3' });
  await give(rich.id, 'POINTS', 5);
  for (const each of [closed, rich]) await close(each.id);
  const sweep = () => app.app.get(PersonalDataRetention).sweep();
  await sweep();
  const erased = async () => {
    const of = async (path: string) => (await world.admin.get(path)).body.erasedAt !== null;
    return [
      await of(`/v1/merchant-applications/${id}`),
      await of(`/v1/merchants/${closed.id}`),
      await of(`/v1/merchants/${rich.id}`),
    ];
  };
  expect(await erased()).toEqual([false, false, false]);
  await db.query('UPDATE merchant_application SET decided_at = NOW(6) - INTERVAL 8 DAY WHERE id = ?', [id]);
  await db.query('UPDATE merchant SET updated_at = NOW(6) - INTERVAL 31 DAY WHERE id IN (?)', [[closed.id, rich.id]]);
  await sweep();
  expect(await erased()).toEqual([true, true, false]);
});

it('erases an application that was rejected, and none that waits', async () => {
  const { id } = await apply({
    wechatId: 'erased_applicant',
    phone: '+86 138 0000 1111',
    email: 'refused@example.com',
  });
  const of = `/v1/merchant-applications/${id}`;
  expect((await world.admin.post(`${of}/erase`)).body.code).toBe('erasure.not-closed');
  await world.reviewer.post(`${of}/reject`, { reason: 'Not now.' });
  const admin = await createStaff(app, world.admin, ['admin']);
  expect((await admin.post(`${of}/erase`)).status).toBe(200);
  expect(await whereStands(['erased_applicant', '+86 138 0000 1111', 'refused@example.com'])).toEqual([]);
  expect((await world.reviewer.get(of)).body).toMatchObject({ state: 'rejected', phone: null, bankAccount: null });
});

it('shows a merchant everything that is held about them, and nobody else but an admin', async () => {
  const { id, application, own } = await merchant({ wechatId: 'export_of_mine' });
  await give(id, 'CNY', 900);
  const { status, body, text, headers } = await own.get(`/v1/merchants/${id}/personal-data`);
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${id}.json"`);
  expect(body).toMatchObject({
    merchant: [{ id, wechatId: 'export_of_mine', displayName: PERSON.displayName, email: PERSON.email }],
    merchant_application: [{ id: application, formVersion: expect.any(Number) }],
    bank_account: [{ holder: ACCOUNT.holder, lastFour: '0128' }],
    merchant_session: [{ way: 'application' }],
    account: [{ asset: 'CNY', available: '900' }],
    entry: [{ account: 'available', amount: '900' }],
    adjustment: [{ reason: 'A correction.' }],
    payout: [],
  });
  expect(text).not.toContain(ACCOUNT.number);
  for (const hidden of ['sealedNumber', 'numberHash', 'tokenHash', 'wechatKey']) expect(text).not.toContain(hidden);
  expect((await world.admin.get(`/v1/merchants/${id}/personal-data`)).body.merchant).toEqual(body.merchant);
  const { body: ofApplicant } = await world.admin.get(`/v1/merchant-applications/${application}/personal-data`);
  expect(ofApplicant.merchant).toEqual(body.merchant);
  for (const by of [world.reviewer, world.maker, world.auditor, world.sk, world.pk])
    expect((await by.get(`/v1/merchants/${id}/personal-data`)).body.code).toBe('access.forbidden');
  const other = await merchant({ wechatId: 'export_of_others' });
  expect((await other.own.get(`/v1/merchants/${id}/personal-data`)).body.code).toBe('access.forbidden');
  const { body: log } = await world.admin.get('/v1/audit-log?action=personal-data.exported');
  expect(log.items).toHaveLength(3);
});
