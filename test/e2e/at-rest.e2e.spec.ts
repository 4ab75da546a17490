import { DataSource } from 'typeorm';
import { createApp } from '../../src/api/create-app.js';
import { countOld, keysInUse, resealTable } from '../../src/core/sealed-tables.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { allSealedTables, assertDataKeys } from '../../src/data-keys.js';
import { rotateDataKeys } from '../../src/key-rotation.js';
import type { MerchantId } from '../../src/shared/ids.js';
import { codeTo, messagesTo } from '../support/codes.js';
import { PayoutWorld } from '../support/payouts.js';
import { testConfig } from '../support/test-config.js';

const keyOf = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const OLD = keyOf('k1', 7);
const NEW = keyOf('k2', 9);

const PHONE = '+86 139 1234 5678';
const EMAIL = 'Li.Hua.Private@shop.example';
const NEXT_EMAIL = 'another.private@shop.example';
const NUMBER = '6214830100007654321';
const NEXT_NUMBER = '6214830100001234567';
const OPENID = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';
const FORM = {
  wechatId: 'private_person',
  displayName: '林晓梅',
  phone: PHONE,
  email: EMAIL,
  consent: true,
  bankAccount: { holder: '林晓梅', number: NUMBER, country: 'CN', bankConsent: true },
};

let w: PayoutWorld;
let merchant: MerchantId;
let batch: string;
let file: Buffer;

const post = async (client: typeof w.world.admin, path: string, body: object = {}, status = 200) => {
  const answer = await client.post(path, body);
  expect([path, answer.status, answer.text]).toEqual([path, status, answer.text]);
  return answer.body;
};

/** An applicant becomes a merchant, signs in, changes contact and account, and is paid over every rail there is here. */
beforeAll(async () => {
  w = await PayoutWorld.start();
  const { http } = w.testApp;
  const { reviewer, maker, admin } = w.world;
  const keyed = http.with({ 'idempotency-key': 'private-application' });
  const application = await post(keyed, '/v1/merchant-applications', FORM, 201);
  ({
    merchant: { id: merchant },
  } = await post(reviewer, `/v1/merchant-applications/${application.id}/approve`));
  await post(http, '/v1/merchant-applications', { ...FORM, wechatId: 'private_person2' }, 201);

  await post(http, '/v1/merchants/sign-in-codes', { phone: PHONE }, 202);
  await post(http, '/v1/merchants/sign-in-codes', { email: EMAIL }, 202);
  const code = await codeTo(w.testApp, EMAIL.toLowerCase());
  const { token } = await post(http, '/v1/merchants/sessions', { email: EMAIL, code }, 201);
  const own = http.with({ authorization: `Bearer ${token}` });
  await post(own, `/v1/merchants/${merchant}/contact-codes`, { email: NEXT_EMAIL }, 202);
  const contact = { email: NEXT_EMAIL, code: await codeTo(w.testApp, NEXT_EMAIL) };
  expect((await own.put(`/v1/merchants/${merchant}/contact`, contact)).status).toBe(200);
  const change = { ...FORM.bankAccount, number: NEXT_NUMBER };
  await post(own, `/v1/merchants/${merchant}/bank-account-changes`, change, 201);
  await messagesTo(w.testApp, NEXT_EMAIL);
  expect((await reviewer.put(`/v1/merchants/${merchant}/wechat-payee`, { openid: OPENID, holder: '林晓梅' })).status).toBe(200); // prettier-ignore
  expect((await admin.post('/v1/staff/sessions/current/totp', {})).status).toBeLessThan(300);

  for (const rail of ['csv-file', 'iso20022-file', 'http-bank']) {
    await w.credit(merchant, 1_000n);
    const { id } = await w.submitted([{ id: merchant }], { rail });
    if (rail === 'iso20022-file') batch = id;
  }
  await w.poll();
  file = (await maker.get(`/v1/payout-batches/${batch}/file`)).bytes;
  expect(file.toString('utf8')).toContain(NUMBER);
});
afterAll(() => w.close());

/** Columns of any table that hold one of the texts, in whatever spelling of letters. */
async function columnsWith(texts: readonly string[]): Promise<string[]> {
  const columns = await w.db.query<{ t: string; c: string }[]>(
    `SELECT TABLE_NAME t, COLUMN_NAME c FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
       AND DATA_TYPE IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json', 'binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob')`,
  );
  const found: string[] = [];
  for (const { t, c } of columns) {
    const holds = texts.map(() => `LOCATE(?, LOWER(CONVERT(\`${c}\` USING latin1)))`).join(' OR ');
    const [row] = await w.db.query<{ n: string }[]>(
      `SELECT COUNT(*) n FROM \`${t}\` WHERE ${holds}`,
      texts.map((text) => text.toLowerCase()),
    );
    if (Number(row?.n) > 0) found.push(`${t}.${c}`);
  }
  return found;
}

describe('what lies in the database of a shop that was worked with', () => {
  it('has no account number, telephone, e-mail address of a merchant or openid in clear, in no column of no table', async () => {
    const phones = [PHONE, PHONE.replaceAll(' ', ''), '13912345678'];
    expect(await columnsWith([NUMBER, NEXT_NUMBER, ...phones, EMAIL, NEXT_EMAIL, OPENID])).toEqual([]);
    // The search finds what does stand there.
    expect(await columnsWith(['private_person2'])).toContain('merchant_application.wechat_id');
  });

  it('shows staff the contacts as they were given, and each such answer stands in the audit log', async () => {
    const { admin, reviewer } = w.world;
    const seen = async (action: string, subject: string) => {
      const { body } = await admin.get(`/v1/audit-log?action=${action}&subject=${subject}&limit=100`);
      return (body.items as { detail: object }[]).length;
    };
    const before = await seen('contacts.shown', merchant);
    const { body } = await reviewer.get(`/v1/merchants/${merchant}`);
    expect(body).toMatchObject({ phone: PHONE, email: NEXT_EMAIL });
    expect(await seen('contacts.shown', merchant)).toBe(before + 1);

    // A list of other things asks what each merchant is called, and opens nothing.
    const { displayName } = body;
    expect((await reviewer.get(`/v1/merchants/${merchant}/name`)).body).toEqual({
      id: merchant,
      code: body.code,
      displayName,
      erasedAt: null,
    });
    expect(await seen('contacts.shown', merchant)).toBe(before + 1);

    const listed = await reviewer.get('/v1/merchants?limit=100');
    expect(listed.body.items).toContainEqual(expect.objectContaining({ id: merchant, phone: PHONE }));
    const { body: log } = await admin.get('/v1/audit-log?action=contacts.shown&subject=merchants&limit=1');
    expect(log.items[0]).toMatchObject({ actor: { kind: 'staff' }, detail: { ids: expect.arrayContaining([merchant]) } }); // prettier-ignore
    await reviewer.get('/v1/merchant-applications');
    expect(await seen('contacts.shown', 'merchant-applications')).toBe(1);
  });
});

describe('the data keys', () => {
  const tables = (keys: string) => allSealedTables(testConfig(w.testApp.databaseUrl, { YINKE_DATA_KEYS: keys }));
  const config = (keys: string) => testConfig(w.testApp.databaseUrl, { YINKE_DATA_KEYS: keys, YINKE_EMBEDDED: '1' });

  it('are known for every column that is sealed', async () => {
    // Heads of chains, and a storefront’s key, are something else.
    const columns = await w.db.query<{ t: string }[]>(
      `SELECT DISTINCT TABLE_NAME t FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
         AND (COLUMN_NAME IN ('key_id', 'contact_key_id', 'sealed') OR COLUMN_NAME LIKE 'sealed\\_%' OR COLUMN_NAME LIKE 'totp\\_secret')
         AND TABLE_NAME NOT IN ('seal_head', 'audit_log_head', 'order_event_conflict')`,
    );
    const names = tables(OLD).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(columns.map(({ t }) => t)));
    const inUse = await keysInUse(w.db.manager, tables(OLD));
    expect(new Set(inUse.map(({ table }) => table))).toEqual(new Set(names));
    expect(new Set(inUse.map(({ keyId }) => keyId))).toEqual(new Set(['k1']));
  });

  it('of which one is missing are refused at the start, by its name and that of the tables', async () => {
    await expect(assertDataKeys(config(NEW))).rejects.toThrow(
      /^YINKE_DATA_KEYS does not have the key k1, which rows of .*bank_account.*payout_file are sealed with\. Put it back/,
    );
    await expect(assertDataKeys(config(`${NEW},${OLD}`))).resolves.toBeUndefined();
  });

  it('are changed while people work: everything is sealed under the new one, and the old one can go', async () => {
    const both = config(`${NEW},${OLD}`);
    const serving = await createApp(both);
    await serving.listen(0, '127.0.0.1');
    const url = await serving.getUrl();
    const [maker, reviewer, http] = [w.world.maker.at(url), w.world.reviewer.at(url), w.testApp.http.at(url)];

    // Broken off after its first rows, and begun again.
    const payouts = tables(`${NEW},${OLD}`).find(({ name }) => name === 'payout');
    if (!payouts) throw new Error('payouts are sealed');
    const unitOfWork = w.testApp.app.get(UnitOfWork);
    const before = await countOld(w.db.manager, payouts, 'k2');
    const rows = resealTable(unitOfWork, { ...payouts, atOnce: 1 }, 'k2');
    await rows.next();
    await rows.return(undefined);
    expect(await countOld(w.db.manager, payouts, 'k2')).toBe(before - 1);

    const people = { areDone: false };
    const statuses: number[] = [];
    const load = (async () => {
      for (let n = 0; !people.areDone || n < 3; n += 1) {
        const wechatId = `under_load_${n}`;
        const { status, body } = await http.post('/v1/merchant-applications', { ...FORM, wechatId });
        const approved = await reviewer.post(`/v1/merchant-applications/${body.id}/approve`, {});
        const read = await maker.get(`/v1/payout-batches/${batch}/file`);
        expect(read.bytes.equals(file)).toBe(true);
        statuses.push(status, approved.status, read.status);
      }
    })();
    const said: string[] = [];
    expect([await rotateDataKeys(both, (line) => said.push(line)), said]).toEqual([true, said]);
    people.areDone = true;
    await load;
    await serving.close();
    expect(new Set(statuses)).toEqual(new Set([200, 201]));
    expect(said).toContainEqual(expect.stringMatching(/^payout_file +\d+ of \d+$/));
    expect(said.at(-1)).toBe('everything is sealed under k2: k1 can be taken out of YINKE_DATA_KEYS');
    const inUse = await keysInUse(w.db.manager, tables(NEW));
    expect(new Set(inUse.map(({ keyId }) => keyId))).toEqual(new Set(['k2']));
    const { body } = await w.world.admin.get('/v1/audit-log?action=data-keys.rotated');
    expect(body.items).toMatchObject([
      { actor: { kind: 'system' }, subject: 'k2', detail: { rows: { payout_file: expect.any(Number) }, remain: 0 } },
    ]);

    // With the new key alone.
    await assertDataKeys(config(NEW));
    const after = await createApp(config(NEW));
    await after.listen(0, '127.0.0.1');
    const at = await after.getUrl();
    expect((await w.world.maker.at(at).get(`/v1/payout-batches/${batch}/file`)).bytes.equals(file)).toBe(true);
    const { body: shown } = await w.world.reviewer.at(at).get(`/v1/merchants/${merchant}`);
    expect(shown).toMatchObject({ phone: PHONE, email: NEXT_EMAIL });
    await w.credit(merchant, 1_000n);
    const drafted = await w.world.maker
      .at(at)
      .post('/v1/payout-batches', { currency: 'CNY', rail: 'csv-file', merchants: [merchant] });
    expect([drafted.status, drafted.body.payoutCount]).toEqual([201, 1]);
    const again = await w.testApp.http
      .at(at)
      .with({ 'idempotency-key': 'private-application' })
      .post('/v1/merchant-applications', FORM);
    expect(again.status).toBe(201);
    await after.close();
  });

  it('stay where a row cannot be opened: it is named, the others are done, and the old key is still needed', async () => {
    await w.db.query('UPDATE bank_account SET sealed_number = REVERSE(sealed_number) WHERE owner_id = ? LIMIT 1', [merchant]); // prettier-ignore
    const said: string[] = [];
    expect(await rotateDataKeys(config(`${OLD},${NEW}`), (line) => said.push(line))).toBe(false);
    expect(said.filter((line) => line.startsWith('NOT DONE'))).toEqual([
      expect.stringMatching(/^NOT DONE {2}bank_account bac_/),
    ]);
    expect(said.at(-1)).toBe('1 row(s) cannot be opened and stay under an old key: keep it');
    const inUse = await keysInUse(w.testApp.app.get(DataSource).manager, tables(OLD));
    expect(inUse.filter(({ keyId }) => keyId === 'k2')).toEqual([{ table: 'bank_account', keyId: 'k2' }]);
  });
});
