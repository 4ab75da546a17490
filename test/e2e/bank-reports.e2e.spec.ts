import { createHash } from 'node:crypto';
import { camt, pain002, validateXml } from '../support/bank-reports.js';
import { IBANS, PayoutWorld } from '../support/payouts.js';
import type { PayoutBatchId } from '../../src/shared/ids.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

async function report(xml: string, type = 'application/xml') {
  return w.world.maker.with({ 'content-type': type }).post('/v1/bank-reports', Buffer.from(xml));
}

async function submittedFile(amounts: bigint[]) {
  const merchants = [];
  for (const amount of amounts) merchants.push(await w.merchant(amount));
  const draft = await w.submitted(merchants, { rail: 'iso20022-file' });
  const [{ message_id: original }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [draft.id]);
  return {
    id: draft.id as PayoutBatchId,
    original: original as string,
    merchants,
    references: draft.payouts.map((p: any) => p.reference) as string[],
  };
}

const results = (answer: { body: any }) => answer.body.lines.map((line: any) => line.result);

describe('claim 12: a bank file', () => {
  it('is written once when it is submitted, valid, and the same to the byte at every download', async () => {
    const merchants = [
      await w.merchant(123_456n, { number: IBANS[0], country: 'DE', holder: '王小明' }, 'EUR'),
      await w.merchant(1n, { number: IBANS[3], country: 'FR', holder: 'José Ñandú' }, 'EUR'),
    ];
    const chinese = await w.merchant(500n, {}, 'EUR');
    const draft = await w.draft([...merchants, chinese], { rail: 'iso20022-file', currency: 'EUR' });
    expect(draft.body.skipped).toMatchObject([{ merchant: chinese.id, reason: 'not-expressible' }]);
    expect(draft.body.payouts.map((payout: any) => payout.beneficiary.holderSent).sort()).toEqual([
      'Jose Nandu',
      'Wang Xiao Ming',
    ]);
    const { id } = draft.body;
    const url = `/v1/payout-batches/${id}/file`;
    expect((await w.world.maker.get(url)).body.code).toBe('payout.no-file');
    for (const step of ['request-approval', 'approve', 'submit'] as const) await w.step(id, step);

    const downloads = [];
    for (const role of [w.world.maker, w.world.checker, w.world.auditor]) downloads.push(await role.get(url));
    await w.db.query("UPDATE payout SET holder_sent = 'Changed Later' WHERE batch_id = ?", [id]);
    downloads.push(await w.world.maker.get(url));
    await w.db.query(
      "UPDATE payout SET holder_sent = CASE country WHEN 'DE' THEN 'Wang Xiao Ming' ELSE 'Jose Nandu' END WHERE batch_id = ?",
      [id],
    );
    const { text, headers } = downloads[0]!;
    expect(new Set(downloads.map((download) => download.text)).size).toBe(1);
    validateXml(text, 'pain.001.001.09.xsd');
    expect(text).toContain('<CtrlSum>1234.57</CtrlSum>');
    const digest = createHash('sha256').update(text).digest();
    expect(headers.get('content-type')).toBe('application/xml');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9A-Z]{26}\.xml"$/);
    expect(headers.get('repr-digest')).toBe(`sha-256=:${digest.toString('base64')}:`);
    expect((await w.batch(id)).file).toEqual({
      sha256: digest.toString('hex'),
      bytes: Buffer.byteLength(text),
      payments: 2,
      controlSum: 123_457,
      version: 1,
      deletedAt: null,
    });
    expect(await w.states(id)).toEqual(['submitting', 'submitting']);
    expect((await w.world.sk.get(url)).status).toBe(403);
  });

  it('is written by the sweep when the process died before it could', async () => {
    const { id } = await submittedFile([100n, 200n]);
    const url = `/v1/payout-batches/${id}/file`;
    const before = await w.world.maker.get(url);
    await w.db.query('DELETE FROM payout_file WHERE batch_id = ?', [id]);
    await w.db.query('UPDATE payout_batch SET file_sha256 = NULL, file_bytes = NULL WHERE id = ?', [id]);
    await Promise.all([
      w.delivery.submitWaitingPayouts(),
      w.delivery.submitWaitingPayouts([id]),
      w.delivery.pollOpenPayouts(),
    ]);
    expect((await w.world.maker.get(url)).text).toBe(before.text);
  });
});

describe('bank reports', () => {
  it('“A batch answered partly completed, partly failed, partly returned”: each payout has an outcome of its own, and a report twice applied is once applied', async () => {
    const { id, original, merchants, references } = await submittedFile([100n, 200n, 300n, 400n]);
    const [a, b, c] = references as [string, string, string];
    const partly = pain002({
      original,
      group: 'PART',
      payments: [
        { reference: a, status: 'ACSP' },
        { reference: b, status: 'RJCT', reason: 'AC04' },
        { reference: c, status: 'RJCT', reason: 'AM04' },
      ],
    });
    const first = await report(partly);
    expect([first.status, first.body.kind]).toEqual([201, 'pain.002']);
    expect(results(first)).toEqual(['applied', 'applied', 'applied', 'noted']);
    expect(await w.states(id)).toEqual(['accepted', 'failed', 'failed', 'submitting']);

    const statement = camt([
      { reference: a, amount: '1.00' },
      { reference: references[3]!, amount: '4.00' },
      { reference: 'RENT-2025-11', amount: '9999.00' },
    ]);
    const booked = await report(statement, 'text/xml');
    expect(booked.body.results).toMatchObject({ applied: 2, unmatched: 1 });
    expect(booked.body.lines[2]).toMatchObject({ reference: 'RENT-2025-11', payout: null, result: 'unmatched' });
    expect(await w.states(id)).toEqual(['paid', 'failed', 'failed', 'paid']);
    expect((await w.batch(id)).state).toBe('completed');

    const journals = await w.db.query('SELECT COUNT(*) journals FROM journal');
    const again = [
      await report(partly),
      await report(statement),
      await report(camt([{ reference: a, amount: '1.00' }], 'CNY', '054')),
    ];
    expect(again.map(results)).toEqual([
      ['late', 'duplicate', 'duplicate', 'noted'],
      ['duplicate', 'duplicate', 'duplicate'],
      ['duplicate'],
    ]);
    expect(await w.db.query('SELECT COUNT(*) journals FROM journal')).toEqual(journals);
    expect(await w.balances(merchants[1]!.id)).toMatchObject({ available: 0, held: 200 });
    expect(await w.balances(merchants[2]!.id)).toMatchObject({ available: 300, held: 0 });
  });

  it('bring returned money back into held, also when the return is the first that is heard', async () => {
    const { id, merchants, references } = await submittedFile([100n, 200n]);
    const [a, b] = references as [string, string];
    await report(camt([{ reference: a, amount: '1.00' }]));
    const returns = camt([
      { reference: a, amount: '1.00', returned: 'AC04' },
      { reference: b, amount: '2.00', returned: 'MD07' },
      { reference: b, amount: '2.00' },
    ]);
    expect(results(await report(returns))).toEqual(['applied', 'applied', 'late']);
    expect(results(await report(returns))).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(await w.states(id)).toEqual(['returned', 'returned']);
    expect(await w.balances(merchants[0]!.id)).toMatchObject({ available: 0, held: 100 });
    expect(await w.balances(merchants[1]!.id)).toMatchObject({ available: 0, held: 200 });
  });

  it('that reject or accept a whole file speak for all payments that they do not name', async () => {
    const refused = await submittedFile([100n, 200n]);
    expect(results(await report(pain002({ original: refused.original, group: 'RJCT', reason: 'DT01' })))).toEqual([
      'applied',
      'applied',
    ]);
    expect(await w.states(refused.id)).toEqual(['failed', 'failed']);
    expect(await w.balances(refused.merchants[0]!.id)).toMatchObject({ available: 100 });

    const taken = await submittedFile([100n, 200n, 300n]);
    const payments = [{ reference: taken.references[1]!, status: 'RJCT', reason: 'AM04' }];
    await report(pain002({ original: taken.original, group: 'ACCP', payments }));
    expect(await w.states(taken.id)).toEqual(['accepted', 'failed', 'accepted']);
  });

  it('that contradict the books, or are of another amount, are kept and change nothing', async () => {
    const { id, references, original, merchants } = await submittedFile([100n, 200n]);
    const [a, b] = references as [string, string];
    await report(pain002({ original, payments: [{ reference: a, status: 'RJCT', reason: 'AM04' }] }));
    const odd = await report(
      camt([
        { reference: a, amount: '1.00' },
        { reference: b, amount: '2.01' },
      ]),
    );
    expect(results(odd)).toEqual(['contradicting', 'contradicting']);
    expect(odd.body.lines[1].detail).toMatch(/amount/);
    expect((await report(camt([{ reference: b, amount: '2.00' }], 'USD'))).body.results).toMatchObject({
      contradicting: 1,
    });
    expect(await w.states(id)).toEqual(['failed', 'submitting']);
    expect(await w.balances(merchants[0]!.id)).toMatchObject({ available: 100 });
    const kept = await w.db.query("SELECT result FROM bank_report_line WHERE result = 'contradicting'");
    expect(kept).toHaveLength(3);
  });

  it('sent by several people at once are applied once', async () => {
    const { id, references, original } = await submittedFile(Array.from({ length: 12 }, () => 100n));
    const words = [
      camt(references.map((reference) => ({ reference, amount: '1.00' }))),
      pain002({ original, group: 'ACSC' }),
      camt([...references].reverse().map((reference) => ({ reference, amount: '1.00' }))),
      camt(references.map((reference) => ({ reference, amount: '1.00', returned: 'AC01' }))),
    ];
    const answers = await Promise.all(words.map((word) => report(word)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(await w.states(id))).toEqual(new Set(['returned']));
  });

  it('that cannot be read are refused whole', async () => {
    const bad: [string, string, number, string][] = [
      ['', 'application/xml', 422, 'bank-report.unreadable'],
      ['<a', 'application/xml', 422, 'bank-report.unreadable'],
      ['{}', 'application/json', 422, 'bank-report.unreadable'],
      ['<Document/>', 'text/plain', 415, 'request.unsupported-media-type'],
    ];
    for (const [body, type, status, code] of bad) {
      const answer = await report(body, type);
      expect([body, answer.status, answer.body.code]).toEqual([body, status, code]);
    }
    expect((await w.world.checker.with({ 'content-type': 'text/xml' }).post('/v1/bank-reports', '<a/>')).status).toBe(
      403,
    );
  });
});
