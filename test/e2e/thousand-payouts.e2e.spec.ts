import { parse } from 'csv-parse/sync';
import { camt, pain002, validateXml } from '../support/bank-reports.js';
import { crowd, creditAll, type CrowdMember } from '../support/crowd.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
let members: CrowdMember[];
beforeAll(async () => {
  w = await PayoutWorld.start();
  members = await crowd(w, 1320);
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

const SLOW_MACHINE_MS = 300_000;
const day = new Date().toISOString().slice(0, 10);
const decimal = (minor: bigint) => `${minor / 100n}.${(minor % 100n).toString().padStart(2, '0')}`;

/** What the bank does with the payments of a batch, by their share of it in thousandths. */
const FATES = [
  [100, 'accepted, paid and returned', 'returned'],
  [350, 'accepted and paid', 'paid'],
  [400, 'accepted', 'accepted'],
  [500, 'rejected: account closed', 'failed'],
  [600, 'rejected: no money', 'failed'],
  [900, 'silent, then paid', 'paid'],
  [950, 'silent, then paid without a reference', 'paid'],
  [1000, 'silent', 'submitting'],
] as const;

/** A submitted batch of so many who were in none before, and what the bank says of it. */
async function batchOf(count: number, base: bigint) {
  const some = members.splice(0, count);
  const amountOf = (n: number) => base + BigInt(n);
  await creditAll(w, some, amountOf);
  const draft = await w.submitted(some, { rail: 'iso20022-file' });
  const [{ message_id: original }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [draft.id]);
  const indexOf = new Map(some.map(({ id }, n) => [id, n]));
  const payouts = (await w.allPayouts(draft.id)).map(({ id, reference, merchant: merchantId }) => {
    const n = indexOf.get(merchantId)!;
    const [, story, state] = FATES.find(([until]) => (n * 1000) / count < until)!;
    return { id, reference, story, state, amount: decimal(amountOf(n)), minor: amountOf(n), account: some[n]!.account };
  });
  const told = payouts.flatMap(({ reference, story }) => {
    if (story.startsWith('accepted')) return [{ reference, status: 'ACSP' }];
    if (!story.startsWith('rejected')) return [];
    return [{ reference, status: 'RJCT', reason: story.includes('closed') ? 'AC04' : 'AM04' }];
  });
  const booked = payouts
    .filter(({ story }) => story.includes('paid'))
    .map(({ reference, amount, account, story }) =>
      story.includes('without') ? { amount, account, day } : { reference, amount, day },
    );
  const returned = payouts
    .filter(({ state }) => state === 'returned')
    .map(({ reference, amount }) => ({ reference, amount, day, returned: 'MD07' }));
  return {
    id: draft.id as string,
    payouts,
    status: pain002({ original, group: 'PART', block: 'PART', payments: told }),
    statement: camt([...booked, ...returned]),
  };
}

async function report(xml: string): Promise<any> {
  const client = w.world.maker.with({ 'content-type': 'application/xml' });
  const { status, body } = await client.post('/v1/bank-reports', Buffer.from(xml));
  expect(status).toBe(201);
  return body.results;
}

/** All money there is, and what it is for. */
const books = async () => ({
  payouts: await w.db.query('SELECT * FROM payout ORDER BY id'),
  accounts: await w.db.query('SELECT * FROM account ORDER BY merchant_id, asset'),
  journals: await w.db.query('SELECT * FROM journal ORDER BY id'),
  entries: await w.db.query('SELECT * FROM entry ORDER BY journal_id, line'),
});

async function statesOf(batchId: string): Promise<Map<string, string>> {
  const rows = await w.db.query('SELECT id, state FROM payout WHERE batch_id = ?', [batchId]);
  return new Map(rows.map((row: any) => [row.id, row.state]));
}

describe('a thousand payouts', () => {
  it(
    'known mistake “A batch answered partly completed, partly failed, partly returned”: each comes to its own end, twice told as once',
    async () => {
      const { id, payouts, status, statement } = await batchOf(1000, 10_000n);
      validateXml(status, 'pain.002.001.10.xsd');
      validateXml(statement, 'camt.053.001.08.xsd');
      // 600 are named, and the silent 400 noted.
      expect(await report(status)).toMatchObject({ applied: 600, noted: 400 });
      expect(await report(statement)).toMatchObject({ applied: 800, duplicate: 0, unmatched: 0, contradicting: 0 });
      const ended = new Map(payouts.map((payout) => [payout.id, payout.state as string]));
      expect(await statesOf(id)).toEqual(ended);
      const once = await books();
      expect(await report(statement)).toMatchObject({ applied: 0, duplicate: 800, late: 0 });
      expect(await report(status)).toMatchObject({ applied: 0, contradicting: 0 });
      expect(await books()).toEqual(once);

      const sumOf = (...states: string[]) => {
        const some = payouts.filter(({ state }) => states.includes(state));
        return { count: some.length, amount: Number(some.reduce((sum, { minor }) => sum + minor, 0n)) };
      };
      const { body } = await w.world.auditor.get('/v1/finance/reconciliation?currency=CNY&open=true');
      expect(body.items).toMatchObject([
        {
          id,
          ageDays: 0,
          total: { count: 1000 },
          open: sumOf('accepted', 'submitting'),
          paid: sumOf('paid'),
          failed: sumOf('failed'),
          returned: sumOf('returned'),
        },
      ]);
      expect(body.waitingLines).toEqual({ count: 0, oldestDays: null });
      const csv = await w.world.auditor.with({ accept: 'text/csv' }).get(`/v1/finance/reconciliation/${id}`);
      const rows: Record<string, string>[] = parse(csv.text, { columns: true });
      expect(new Map(rows.map((row) => [row.payout, row.state]))).toEqual(ended);
      expect(rows.filter(({ openDays }) => openDays !== '')).toHaveLength(100);
    },
    SLOW_MACHINE_MS,
  );

  it(
    'come to the same ends when every report arrives several times at once',
    async () => {
      const { id, payouts, status, statement } = await batchOf(300, 500_000n);
      await Promise.all([status, statement, statement, status].map(report));
      expect(await statesOf(id)).toEqual(new Map(payouts.map((payout) => [payout.id, payout.state])));
      const journals = await w.db.query(
        "SELECT kind, COUNT(*) n FROM journal j JOIN payout p ON p.id = j.cause_id WHERE p.batch_id = ? AND kind IN ('payout-paid', 'payout-failed', 'payout-returned') GROUP BY kind ORDER BY kind",
        [id],
      );
      expect(journals.map(({ kind, n }: any) => [kind, Number(n)])).toEqual([
        ['payout-failed', 60],
        ['payout-paid', 210],
        ['payout-returned', 30],
      ]);
    },
    SLOW_MACHINE_MS,
  );
});

describe('the reconciliation', () => {
  it('shows batch, payout, bank lines and journals side by side, and how long something is open', async () => {
    const { id, payouts, status, statement } = await batchOf(20, 700_000n);
    await report(status);
    await report(statement);
    await report(camt([{ reference: 'STRANGER', amount: '1.00' }], 'CNY', '053', { messageId: 'OTHER' }));
    await w.db.query('UPDATE payout_batch SET submitted_at = submitted_at - INTERVAL 49 HOUR WHERE id = ?', [id]);
    await w.db.query("UPDATE bank_report SET received_at = received_at - INTERVAL 25 HOUR WHERE message_id = 'OTHER'");
    const url = '/v1/finance/reconciliation';
    const { body } = await w.world.maker.get(`${url}?rail=iso20022-file&limit=1`);
    expect(body.items).toMatchObject([{ id, ageDays: 2, total: { count: 20 }, returned: { count: 2 } }]);
    expect(body.waitingLines).toEqual({ count: 1, oldestDays: 1 });
    const next = await w.world.maker.get(`${url}?limit=1&cursor=${body.nextCursor}`);
    expect(next.body.items[0].id).not.toBe(id);
    const batches = await w.world.auditor.with({ accept: 'text/csv' }).get(url);
    expect(parse(batches.text, { columns: true })).toContainEqual(
      expect.objectContaining({ batch: id, ageDays: '2', totalCount: '20', returnedCount: '2' }),
    );

    const first = await w.world.checker.get(`${url}/${id}?limit=12`);
    const second = await w.world.checker.get(`${url}/${id}?limit=12&cursor=${first.body.nextCursor}`);
    const seen = [...first.body.items, ...second.body.items];
    expect(seen.map((one) => [one.id, one.state])).toEqual(payouts.map((one) => [one.id, one.state]));
    const returned = payouts.find(({ state }) => state === 'returned')!;
    const one = await w.world.auditor.get(`${url}/payouts/${returned.id}`);
    expect(one.body).toEqual(seen.find((view) => view.id === returned.id));
    expect(one.body).toMatchObject({ reference: returned.reference, openDays: null, batch: id });
    expect(one.body.lines.map((line: any) => [line.bankStatus, line.result])).toEqual([
      ['accepted', 'applied'],
      ['paid', 'applied'],
      ['returned', 'applied'],
    ]);
    expect(one.body.journals.map((journal: any) => [journal.kind, journal.amount])).toEqual(
      ['reserved', 'submitted', 'paid', 'returned'].map((move) => [`payout-${move}`, Number(returned.minor)]),
    );
    expect(seen.find(({ state }) => state === 'accepted')).toMatchObject({ openDays: 2 });

    const open = await w.world.auditor.with({ accept: 'text/csv' }).get('/v1/bank-report-lines?result=open');
    expect(parse(open.text, { columns: true })).toMatchObject([
      { reference: 'STRANGER', ageDays: '1', result: 'unmatched' },
    ]);
    for (const [path, code] of [
      [`${url}/pba_none`, 'payout.batch-not-found'],
      [`${url}/payouts/pay_none`, 'payout.not-found'],
    ] as const)
      expect((await w.world.auditor.get(path)).body.code).toBe(code);
    expect((await w.world.auditor.get(`${url}?open=perhaps`)).status).toBe(422);
    expect((await w.world.sk.get(url)).status).toBe(403);
  });
});
