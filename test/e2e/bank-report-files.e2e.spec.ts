import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { strToU8, zipSync } from 'fflate';
import { camt, pain002, type Booking } from '../support/bank-reports.js';
import { PayoutWorld } from '../support/payouts.js';

const LIMIT = 6_000_000;

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start({ YINKE_BANK_REPORT_LIMIT_BYTES: String(LIMIT), YINKE_BODY_LIMIT_BYTES: '65536' });
});
afterAll(() => w.close());
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
  await until(() => expect(openFiles()).toEqual([]));
});

/** Temporary files that this process has open; on Linux only. */
function openFiles(): string[] {
  if (!existsSync('/proc/self/fd')) return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return /\/yinke-[0-9a-f-]{36}/.test(file) ? [file] : [];
    } catch {
      return [];
    }
  });
}

async function until(holds: () => void): Promise<void> {
  for (let tries = 100; ; tries -= 1) {
    try {
      holds();
      return;
    } catch (error) {
      if (tries === 0) throw error;
      await setTimeout(50);
    }
  }
}

async function submitted(amounts: bigint[]) {
  const merchants = [];
  for (const amount of amounts) merchants.push(await w.merchant(amount));
  const { id, payouts } = await w.submitted(merchants, { rail: 'iso20022-file' });
  return { id: id as string, references: payouts.map((payout: any) => payout.reference as string) as string[] };
}

const post = (body: Uint8Array | string, headers: Record<string, string> = {}) =>
  w.world.maker.with(headers).post('/v1/bank-reports', typeof body === 'string' ? Buffer.from(body) : body);
const reportCount = async () => Number((await w.db.query('SELECT COUNT(*) n FROM bank_report'))[0].n);
const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)])));

describe('a bank’s file', () => {
  it.each([
    ['application/xml', { 'content-type': 'application/xml' }],
    ['another case and parameters', { 'content-type': 'Text/XML; charset=utf-8' }],
    ['bytes of any kind', { 'content-type': 'application/octet-stream' }],
    ['no content type', {}],
  ])('is read as XML when it is sent as %s', async (_, headers) => {
    const { id, references } = await submitted([100n]);
    const answer = await post(camt([{ reference: references[0]!, amount: '1.00' }]), headers);
    expect(answer).toMatchObject({
      status: 201,
      body: { kind: 'camt.053', fileName: null, results: { applied: 1 }, nextCursor: null },
    });
    expect(await w.states(id)).toEqual(['paid']);
  });

  it.each([
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--', 415, 'request.unsupported-media-type'],
    ['a packed body', { 'content-encoding': 'gzip' }, '<a/>', 415, 'request.unsupported-media-type'],
    ['nothing', { 'content-type': 'application/xml' }, '', 422, 'bank-report.unreadable'],
    ['a web page', {}, '<html/>', 422, 'bank-report.unreadable'],
    ['no statement', {}, camt([]).replace(/<Stmt>.*<\/Stmt>/s, ''), 422, 'bank-report.empty'],
    ['more than the limit', {}, camt([]) + ' '.repeat(LIMIT), 413, 'request.too-large'],
  ])('that is %s is refused', async (_, headers, body, status, code) => {
    const before = await reportCount();
    expect(await post(body, headers)).toMatchObject({ status, body: { code } });
    expect(await reportCount()).toBe(before);
  });

  it('is taken from nobody who may not hand one in, whatever its length', async () => {
    const body = Buffer.alloc(LIMIT * 2, ' ');
    for (const [client, status] of [
      [w.world.checker, 403],
      [w.world.sk, 403],
      [w.world.maker.with({ authorization: 'Bearer sk_none' }), 401],
    ] as const)
      expect((await client.post('/v1/bank-reports', body)).status).toBe(status);
  });

  it('of a batch is applied piece by piece, its equal lines each once, and its lines have pages', async () => {
    const { id, references } = await submitted(Array.from({ length: 30 }, () => 100n));
    const stranger = { amount: '5.00', account: '622200001', credit: true } satisfies Booking;
    const far: Booking[] = Array.from({ length: 1500 }, (_, n) => ({ reference: `RENT-${n}`, amount: '7.00' }));
    const own = references.map((reference): Booking => ({ reference, amount: '1.00' }));
    const xml = camt([stranger, ...own.slice(0, 15), ...far, ...own.slice(15), stranger]);
    const { body } = await post(xml);
    expect(body.results).toMatchObject({ applied: 30, unmatched: 1502 });
    expect(body.lines).toHaveLength(200);
    expect(await w.states(id)).toEqual(references.map(() => 'paid'));

    const lines = [...body.lines];
    for (let cursor = body.nextCursor; cursor !== null;) {
      const page = await w.world.auditor.get(`/v1/bank-reports/${body.id}/lines?limit=200&cursor=${cursor}`);
      lines.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    expect(lines.map((line) => line.id)).toEqual(lines.map((_, n) => `${body.id}-${n + 1}`));
    expect(lines).toHaveLength(1532);
    expect((await w.world.maker.get(`/v1/bank-reports/${body.id}`)).body).toMatchObject({
      complete: true,
      lineCount: 1532,
      results: body.results,
    });
    // Each of the two equal lines is known again as itself.
    expect((await post(xml)).body.results).toMatchObject({ applied: 0, unmatched: 0, duplicate: 1532 });
    expect((await w.world.maker.get('/v1/bank-reports/bkr_none/lines')).body.code).toBe('bank-report.not-found');
  });

  it('that is a status of the whole batch speaks of those only whom no piece of it names', async () => {
    const { id, references } = await submitted([100n, 200n, 300n]);
    const [{ message_id: original }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [id]);
    const foreign = Array.from({ length: 1200 }, (_, n) => ({ reference: `X${n}`, status: 'ACSP' }));
    const named = { reference: references[0]!, status: 'ACSP' };
    const xml = pain002({ original, block: 'RJCT', reason: 'AM04', payments: [named, ...foreign] });
    expect((await post(xml)).body.results).toMatchObject({ applied: 3, unmatched: 1200 });
    expect(await w.states(id)).toEqual(['accepted', 'failed', 'failed']);
  });

  it('that is cut off changes nothing, however late that shows', async () => {
    const { id, references } = await submitted([100n]);
    const rents = Array.from({ length: 3000 }, (_, n): Booking => ({ reference: `R${n}`, amount: '7.00' }));
    const xml = camt([{ reference: references[0]!, amount: '1.00' }, ...rents]);
    const before = await reportCount();
    expect(await post(xml.slice(0, -20))).toMatchObject({ status: 422, body: { code: 'bank-report.unreadable' } });
    expect(await reportCount()).toBe(before);
    expect(await w.states(id)).toEqual(['submitting']);
  });

  it('whose sender goes away half-way changes nothing and leaves nothing', async () => {
    const { id, references } = await submitted([100n]);
    const xml = camt([{ reference: references[0]!, amount: '1.00' }]);
    const before = await reportCount();
    const gone = new AbortController();
    const half = new ReadableStream({
      async start(controller) {
        controller.enqueue(Buffer.from(xml.slice(0, -20)));
        await until(() => expect(openFiles()).toHaveLength(existsSync('/proc/self/fd') ? 1 : 0));
        gone.abort();
      },
    });
    const { headers } = w.world.maker as unknown as { headers: Record<string, string> };
    const sent = fetch(new URL('/v1/bank-reports', w.testApp.baseUrl), {
      ...{ method: 'POST', headers, body: half, signal: gone.signal, duplex: 'half' },
    });
    await expect(sent).rejects.toThrow(/abort/);
    expect((await post(xml)).status).toBe(201);
    expect(await reportCount()).toBe(before + 1);
    expect(await w.states(id)).toEqual(['paid']);
  });

  it('that is an archive is as many reports, or none', async () => {
    const { id, references } = await submitted([100n, 200n]);
    const files = {
      '1.xml': camt([{ reference: references[0]!, amount: '1.00' }]),
      'sub/2.xml': camt([{ reference: references[1]!, amount: '2.00' }], 'CNY', '054', { messageId: 'N-2' }),
      'letter.txt': 'Dear customer',
    };
    const before = await reportCount();
    const broken = await post(zip({ ...files, '3.xml': '<Document>' }), { 'content-type': 'application/zip' });
    expect(broken).toMatchObject({ status: 422, body: { code: 'bank-report.unreadable' } });
    expect(broken.body.detail).toContain('3.xml');
    expect(await reportCount()).toBe(before);
    const headers = { 'content-type': 'application/zip', 'idempotency-key': 'archive-1' };
    const archive = zip(files); // made once: it says when
    const answer = await post(archive, headers);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        skipped: ['letter.txt'],
        reports: [
          { fileName: '1.xml', kind: 'camt.053', results: { applied: 1 } },
          { fileName: 'sub/2.xml', kind: 'camt.054', messageId: 'N-2', results: { applied: 1 } },
        ],
      },
    });
    expect(await w.states(id)).toEqual(['paid', 'paid']);
    const again = await post(archive, headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(answer.body);
    expect(await post(zip({ ...files, 'x.txt': '' }), headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.key-reused' },
    });
    expect(await reportCount()).toBe(before + 2);
  });
});
