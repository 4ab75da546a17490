import { parse } from 'csv-parse/sync';
import { camt } from '../support/bank-reports.js';
import { HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';
import { settled, startTestWorker } from '../support/worker.js';

let w: PayoutWorld;
let worker: Awaited<ReturnType<typeof startTestWorker>>;
let merchant: { id: string };
let payout: { id: string; batch: string; reference: string };

const year = (offset: number) => `${new Date().getUTCFullYear() + offset}-01-01T00:00:00Z`;
const period = `from=${year(0)}&to=${year(1)}`;
/** The month of now where the year is never cut in two by it. */
const month = () => new Date().toISOString().slice(0, 7);

/** An order that earns its merchant 25.00, paid out and booked by the bank; beside it a correction with a nasty reason. */
beforeAll(async () => {
  w = await PayoutWorld.start({ DATABASE_POOL_SIZE: '4' });
  worker = await startTestWorker(w.testApp);
  const { admin, sk, maker, checker, reviewer } = w.world;
  merchant = await w.merchant(0n);
  const { body: card } = await reviewer.get(`/v1/merchants/${merchant.id}`);
  const grants = [{ asset: 'CNY', kind: 'percent', rateBps: 500 }];
  await admin.post('/v1/reward-rules', { scope: {}, validFrom: '2020-01-01T00:00:00Z', posting: 'direct', grants });
  let visit = { attributed: false, visit: '' };
  while (!visit.attributed) visit = (await sk.post('/v1/visits', { merchantCode: card.code })).body; // known shortly
  const lines = [{ sku: 'tea', quantity: 1, unitPrice: 50_000, lineTotal: 50_000 }];
  await sk.post('/v1/orders', { orderId: 'A-1', visit: visit.visit, currency: 'CNY', lines });
  expect((await sk.post('/v1/orders/A-1/complete', { amountPaid: 50_000 })).status).toBe(202);
  await settled(w.testApp);

  const draft = await w.submitted([merchant], { rail: 'iso20022-file' });
  const { id, reference } = draft.payouts[0];
  payout = { id, batch: draft.id, reference };
  const xml = camt([{ reference, amount: '25.00' }]);
  const booked = await maker.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', Buffer.from(xml));
  expect(booked.body.lines[0].result).toBe('applied');

  const adjustment = { asset: 'CNY', amount: 7, reason: '=HYPERLINK("http://evil.example")' };
  const { body: proposed } = await maker.post(`/v1/merchants/${merchant.id}/adjustments`, adjustment);
  expect((await checker.post(`/v1/adjustments/${proposed.id}/approve`)).status).toBe(200);
});
afterAll(async () => {
  await worker.close();
  await w.close();
});

const csv = (text: string): Record<string, string>[] => parse(text, { columns: true });

describe('any cent can be followed', () => {
  it('from the order to the line of the bank', async () => {
    const { auditor } = w.world;
    const { body: order } = await auditor.get('/v1/orders/A-1');
    const [reward] = order.rewards;
    const { body: earned } = await auditor.get(`/v1/finance/journals?reward=${reward.id}`);
    expect(earned.items.map((one: any) => [one.id, one.kind])).toEqual([[order.events[0].journal, 'reward']]);
    const { body: paid } = await auditor.get(`/v1/finance/journals?payout=${payout.id}`);
    expect(paid.items.map((one: any) => one.kind)).toEqual(['payout-reserved', 'payout-submitted', 'payout-paid']);
    const { body: last } = await auditor.get(`/v1/finance/journals/${paid.items[2].id}`);
    expect(last).toMatchObject({
      kind: 'payout-paid',
      cause: { type: 'payout', id: payout.id },
      payouts: [{ id: payout.id, batch: payout.batch, reference: payout.reference, state: 'paid' }],
      bankLines: [{ payout: payout.id, amount: '25.00', bookedOn: '2025-11-24', result: 'applied' }],
    });
    expect(last.entries.reduce((sum: number, entry: { amount: number }) => sum + entry.amount, 0)).toBe(0);
  });

  it('and from the journal of a payout back to the order', async () => {
    const { auditor } = w.world;
    const { body: statement } = await auditor.get(
      `/v1/merchants/${merchant.id}/statements?month=${month()}&timeZone=UTC`,
    );
    const from = statement.items.find((entry: any) => entry.account === 'available' && entry.amount === 2500);
    expect(from.words.en).toMatch(/^Order A-1 complete: |^Reward for order A-1: /);
    const { body: journal } = await auditor.get(`/v1/finance/journals/${from.journal.id}`);
    expect(journal).toMatchObject({
      kind: 'reward',
      cause: { type: 'order-event' },
      orders: [{ storefront: w.world.storefront.id, orderId: 'A-1' }],
      payouts: [],
    });
    const { body: causes } = await auditor.get(`/v1/finance/journals?cause=${journal.cause.id}`);
    expect(causes.items.map((one: any) => one.id)).toEqual([journal.id]);
  });

  it('but not where there is nothing, or to whom it is no business', async () => {
    const { auditor, sk, pk, reviewer } = w.world;
    expect(await auditor.get('/v1/finance/journals/jnl_none')).toMatchObject({
      status: 404,
      body: { code: 'journal.not-found' },
    });
    for (const bad of ['reward=1', 'payout=x', 'limit=0', 'cursor=!', 'other=1'])
      expect([bad, (await auditor.get(`/v1/finance/journals?${bad}`)).status]).toEqual([bad, 422]);
    for (const path of ['journals', 'journals/x', `journals.csv?${period}`, `journals/totals?${period}`])
      for (const one of [sk, pk, reviewer]) expect((await one.get(`/v1/finance/${path}`)).status).toBe(403);
  });
});

describe('the accountant’s CSV', () => {
  it('has a line for each entry, adds up to the totals, and starts no formula', async () => {
    const { auditor } = w.world;
    const file = await auditor.get(`/v1/finance/journals.csv?${period}`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toContain('text/csv');
    const rows = csv(file.text);
    const { body: totals } = await auditor.get(`/v1/finance/journals/totals?${period}`);
    const column = (name: string) => rows.reduce((sum, row) => sum + Number(row[name] || 0), 0);
    expect(totals).toMatchObject({
      final: false,
      entries: rows.length,
      assets: [{ asset: 'CNY', debit: column('debit'), credit: column('credit') }],
    });
    expect(column('amount')).toBe(0);
    expect(rows.map((row) => row.description)).toContain(`'=HYPERLINK("http://evil.example")`);
    expect(file.text).not.toMatch(/(^|,)"?[=@]/m);
  });

  it.each([
    ['', '/from'],
    [`from=${year(0)}`, '/to'],
    [`from=${year(1)}&to=${year(0)}`, '/to'],
    [`from=2026-02-31T00:00:00Z&to=${year(1)}`, '/from'],
  ])('is refused for %j', async (query, pointer) => {
    for (const path of ['journals.csv', 'journals/totals']) {
      const answer = await w.world.auditor.get(`/v1/finance/${path}?${query}`);
      expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
      expect(answer.body.errors.map((error: any) => error.pointer)).toContain(pointer);
    }
  });

  it('does not keep connections of those who went away', async () => {
    const { body: session } = await w.testApp.http.post('/v1/staff/sessions', {
      email: 'admin@yinke.test',
      password: 'correct horse battery',
    });
    await w.db.query(
      `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at, posted_at)
       SELECT CONCAT('jnl_far_', a.n, b.n, c.n, d.n), CONCAT('far', a.n, b.n, c.n, d.n), 'adjustment', REPEAT('x', 500), 'adjustment', 'x', NOW(), '1999-01-01'
       FROM ${['a', 'b', 'c', 'd'].map((name) => `(${[...Array(10).keys()].map((n) => `SELECT ${n} n`).join(' UNION ')}) ${name}`).join(', ')}`,
    );
    await w.db.query(
      "INSERT INTO entry (journal_id, line, owner, asset, account, amount) SELECT id, 1, 'platform', 'CNY', 'fees', 1 FROM journal WHERE posted_at < '2000-01-01'",
    );
    const url = `${w.testApp.baseUrl}/v1/finance/journals.csv?from=1998-01-01T00:00:00Z&to=2000-01-01T00:00:00Z`;
    for (let i = 0; i < 8; i += 1) {
      const gone = new AbortController();
      const headers = { authorization: `Bearer ${session.token}` };
      const answer = await fetch(url, { headers, signal: gone.signal });
      await answer.body!.getReader().read();
      gone.abort();
    }
    // Four connections in all: were any kept, the last of these would wait for ever.
    for (const answer of await Promise.all([...Array(4)].map(() => w.world.auditor.get('/v1/finance/trial-balance'))))
      expect(answer.status).toBe(200);
    await w.db.query("DELETE FROM entry WHERE journal_id LIKE 'jnl_far_%'");
    await w.db.query("DELETE FROM journal WHERE id LIKE 'jnl_far_%'");
  });
});

describe('a merchant’s month', () => {
  it('is the same in JSON and CSV, opens and closes, and is found in the list of months', async () => {
    const { auditor } = w.world;
    const path = `/v1/merchants/${merchant.id}/statements`;
    const { body } = await auditor.get(`${path}?month=${month()}&timeZone=UTC`);
    expect(body).toMatchObject({ merchant: merchant.id, month: month(), timeZone: 'UTC', final: false });
    const available = body.accounts.find((one: any) => one.account === 'available');
    expect(available).toEqual({
      asset: 'CNY',
      account: 'available',
      opening: 0,
      credited: 2507,
      debited: -2500,
      closing: 7,
      entries: 3,
    });
    const file = await auditor.with({ accept: 'text/csv' }).get(`${path}?month=${month()}&timeZone=UTC`);
    expect(file.headers.get('content-disposition')).toContain(`${merchant.id}-${month()}.csv`);
    const rows = csv(file.text);
    expect(rows.filter(({ row }) => row === 'entry')).toHaveLength(body.items.length);
    expect(rows.find((row) => row.row === 'closing' && row.account === 'available')).toMatchObject({ balance: '7' });
    expect(file.text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    const chinese = await auditor
      .with({ accept: 'text/csv' })
      .get(`${path}?month=${month()}&timeZone=UTC&language=zh-CN`);
    expect(csv(chinese.text)).toHaveLength(rows.length);
    for (const one of csv(chinese.text)) {
      const { 行: row, 账户: account, 类型: kind, 说明: description, 起因: cause } = one;
      expect([row, account].join()).toMatch(/^(期初|明细|期末),(待结算|可用|待打款（已锁定）|冻结|欠款)$/);
      // What a person wrote stands as it was written.
      if (kind !== '人工调整')
        expect(`${kind} ${description} ${cause}`.replaceAll(/\b([a-z]+[-_]\w+|[0-9A-Z]{26})\b/g, '')).not.toMatch(
          /[a-z]{2}/i,
        );
    }
    const { body: months } = await auditor.get(`${path}/months`);
    expect(months).toMatchObject({ timeZone: 'Asia/Shanghai', items: [{ final: false }] });
    const before = await auditor.get(`${path}?month=2020-02`);
    expect(before.body).toMatchObject({ final: true, accounts: [], items: [], nextCursor: null });
  });

  it('is refused when it is none', async () => {
    const { auditor } = w.world;
    const path = `/v1/merchants/${merchant.id}/statements`;
    for (const bad of ['', 'month=2026-13', 'month=2026', `month=${month()}&timeZone=Mars/Base`, `month=0001-01`])
      expect([bad, (await auditor.get(`${path}?${bad}`)).status]).toEqual([bad, 422]);
    for (const unknown of ['statements?month=2026-01', 'statements/months'])
      expect((await auditor.get(`/v1/merchants/mer_none/${unknown}`)).body.code).toBe('merchant.not-found');
  });

  it('is for staff and the merchant alone', async () => {
    const nobody = new HttpClient(w.testApp.baseUrl);
    const path = `/v1/merchants/${merchant.id}/statements?month=${month()}`;
    expect([(await nobody.get(path)).status, (await w.world.sk.get(path)).status]).toEqual([401, 403]);
  });
});

describe('the trial balance', () => {
  it('of a past moment is what had been posted by then', async () => {
    const { auditor } = w.world;
    const at = `/v1/finance/trial-balance?at=`;
    expect((await auditor.get(`${at}2020-01-01T00:00:00Z`)).body).toMatchObject({ items: [], totals: [] });
    const now = (await auditor.get('/v1/finance/trial-balance')).body;
    expect(now.items).toContainEqual({ asset: 'CNY', account: 'available', balance: 7 });
    for (const bad of ['yesterday', '9999-01-01T00:00:00Z'])
      expect((await auditor.get(`${at}${bad}`)).body).toMatchObject({ status: 422, errors: [{ pointer: '/at' }] });
  });

  it('says so when a sum is larger than an answer can carry to the cent, and stands again once that is put right', async () => {
    const { auditor, maker, checker } = w.world;
    const merchants = [await w.merchant(0n), await w.merchant(0n)];
    const correct = async (amount: number) => {
      for (const { id } of merchants) {
        const adjustment = { asset: 'KWD', amount, reason: 'Typed by a cat.' };
        const { body } = await maker.post(`/v1/merchants/${id}/adjustments`, adjustment);
        expect((await checker.post(`/v1/adjustments/${body.id}/approve`)).status).toBe(200);
      }
    };
    const refused = { status: 409, body: { code: 'finance.sum-too-large', detail: expect.stringContaining('KWD') } };
    await correct(Number.MAX_SAFE_INTEGER);
    expect(await auditor.get('/v1/finance/trial-balance')).toMatchObject(refused);
    expect(await auditor.get(`/v1/finance/journals/totals?${period}`)).toMatchObject(refused);
    await correct(-Number.MAX_SAFE_INTEGER);
    await correct(Number.MAX_SAFE_INTEGER);
    const months = `/v1/merchants/${merchants[0]?.id ?? ''}/statements?month=${month()}`;
    expect(await auditor.get(months)).toMatchObject(refused);
    await correct(-Number.MAX_SAFE_INTEGER);
    expect((await auditor.get('/v1/finance/trial-balance')).status).toBe(200);
  });
});
