import { jest } from '@jest/globals';
import { PayoutOutcomeService } from '../../src/finance/payouts/payout-outcome.service.js';
import { camt, pain002, type Booking, type CamtOptions } from '../support/bank-reports.js';
import type { Answer } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';
import type { MerchantId } from '../../src/shared/ids.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

/** No booking is older than the payout that it is of. */
const day = new Date().toISOString().slice(0, 10);

const report = (xml: string) =>
  w.world.maker.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', Buffer.from(xml));
const statement = (bookings: Booking[], more: CamtOptions & { kind?: '054'; currency?: string } = {}) =>
  report(
    camt(
      bookings.map((one) => ({ day, ...one })),
      more.currency,
      more.kind,
      more,
    ),
  );
const results = ({ body }: Answer) => body.lines.map((line: any) => line.result);
const lines = async (query: string) => (await w.world.auditor.get(`/v1/bank-report-lines?${query}`)).body.items;
const act = (line: string, step: 'match' | 'dismiss', body: unknown, by = w.world.maker) =>
  by.post(`/v1/bank-report-lines/${line}/${step}`, body);
const codeOf = ({ status, body }: Answer) => [status, body.code];

async function sent(...amounts: bigint[]) {
  const merchants = [];
  for (const amount of amounts) merchants.push(await w.merchant(amount));
  const draft = await w.submitted(merchants, { rail: 'iso20022-file' });
  const [{ message_id: file }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [draft.id]);
  return { id: draft.id as string, file: file as string, merchants, payouts: draft.payouts as any[] };
}

/** Sends one more payout of what a merchant has. */
async function again(merchant: { id: MerchantId; number: string }, amount: bigint) {
  await w.credit(merchant.id, amount);
  const draft = await w.submitted([merchant], { rail: 'iso20022-file' });
  return { id: draft.id as string, payout: draft.payouts[0] };
}

describe('a booking that names no payment', () => {
  it('is of the one open payout with that account and amount, also when it comes again in other words', async () => {
    const { id, merchants, payouts } = await sent(4_711n, 4_712n);
    const account = merchants[0]!.number;
    const first = await statement([{ amount: '47.11', account, bankReference: 'AB-1' }]);
    expect(first.body.lines).toMatchObject([
      {
        payout: payouts[0].id,
        result: 'applied',
        detail: 'found by account and amount',
        account: `••••${account.slice(-4)}`,
      },
    ]);
    expect(await w.states(id)).toEqual(['paid', 'submitting']);
    const repeats = [
      await statement([{ amount: '47.11', account, bankReference: 'AB-1' }], { messageId: 'STMT-2' }),
      await statement([{ amount: '47.11', account }], { kind: '054' }),
      await statement([{ amount: '47.11', account }], { kind: '054', messageId: 'N2' }),
    ];
    expect(repeats.map(results)).toEqual([['duplicate'], ['duplicate'], ['duplicate']]);
    expect(await lines(`payout=${payouts[0].id}&result=applied`)).toHaveLength(1);
  });

  it('is never taken for the next payout of the same amount', async () => {
    const { merchants, payouts } = await sent(900n);
    const merchant = merchants[0]!;
    const account = merchant.number;
    await statement([{ reference: payouts[0].reference, amount: '9.00' }]);
    const next = await again(merchant, 900n);
    const unclear = await statement([{ amount: '9.00', account }]);
    expect(unclear.body.lines).toMatchObject([{ result: 'unmatched', detail: expect.stringMatching(/several/) }]);
    expect(await w.states(next.id)).toEqual(['submitting']);
    const early = await statement([{ amount: '9.00', account, day: '2025-01-31' }]);
    expect(results(early)).toEqual(['unmatched']);
    await act(unclear.body.lines[0].id, 'dismiss', { reason: 'told before, by its reference' });
    await act(early.body.lines[0].id, 'dismiss', { reason: 'of January' });
    const both = await statement([
      { amount: '9.00', account, bankReference: 'N-1' },
      { amount: '9.00', account, bankReference: 'N-2' },
    ]);
    expect(results(both)).toEqual(['unmatched', 'unmatched']);
    for (const line of both.body.lines) await act(line.id, 'dismiss', { reason: 'a trial' });
  });

  it('is matched by nobody but a person when it is of another account, currency, amount or day, or not booked', async () => {
    const { id, merchants } = await sent(5_005n);
    const account = merchants[0]!.number;
    const one = { amount: '50.05', account };
    const odd = [
      await statement([{ ...one, account: '6222021234567890' }]),
      await statement([{ ...one, amount: '50.06' }]),
      await statement([one], { currency: 'USD' }),
      await statement([one], { own: '999999999' }),
    ];
    expect(odd.flatMap(results)).toEqual(['unmatched', 'unmatched', 'unmatched', 'unmatched']);
    expect(results(await statement([{ ...one, pending: true }]))).toEqual(['noted']);
    expect(await w.states(id)).toEqual(['submitting']);
    for (const { body } of odd) await act(body.lines[0].id, 'dismiss', { reason: 'not ours' });
    expect(results(await statement([{ ...one, returned: 'AC04' }]))).toEqual(['applied']);
    expect(await w.states(id)).toEqual(['returned']);
  });
});

describe('a batch that is booked as one sum', () => {
  it('pays every payout that was not refused before, twice told as once', async () => {
    const { id, file, payouts } = await sent(100n, 200n, 300n);
    const refused = [{ reference: payouts[1].reference, status: 'RJCT', reason: 'AM04' }];
    await report(pain002({ original: file, group: 'PART', payments: refused }));
    const whole = await statement([{ amount: '6.00', batch: { paymentInformationId: `${file}-1` } }]);
    expect(whole.body.lines).toMatchObject([{ result: 'unmatched', detail: expect.stringMatching(/sum/) }]);
    await act(whole.body.lines[0].id, 'dismiss', { reason: 'the bank corrected it' });
    const rest = { amount: '4.00', batch: { messageId: file } };
    const told = await statement([rest]);
    expect(told.body.lines).toMatchObject([
      { reference: payouts[0].reference, amount: '1.00', result: 'applied' },
      { reference: payouts[2].reference, amount: '3.00', result: 'applied' },
    ]);
    expect(await w.states(id)).toEqual(['paid', 'failed', 'paid']);
    expect(results(await statement([rest], { messageId: 'STMT-9' }))).toEqual(['duplicate', 'duplicate']);
  });

  it('is refused as a whole, or in one block, for every payout that has no word of its own', async () => {
    const { id, file, payouts } = await sent(100n, 200n);
    const payments = [{ reference: payouts[0].reference, status: 'ACSP' }];
    const answer = await report(pain002({ original: file, block: 'RJCT', group: 'PART', reason: 'DT01', payments }));
    expect(results(answer)).toEqual(['applied', 'applied']);
    expect(await w.states(id)).toEqual(['accepted', 'failed']);
  });
});

describe('lines that wait for a person', () => {
  it('stay listed with their age until somebody matches them, who is named', async () => {
    const { id, payouts, merchants } = await sent(150n, 250n);
    const { body } = await statement([
      { amount: '1.50', remittance: 'salary' },
      { reference: 'RENT', amount: '9999.00' },
    ]);
    await w.db.query('UPDATE bank_report SET received_at = received_at - INTERVAL 73 HOUR WHERE id = ?', [body.id]);
    const open = await lines(`result=open&report=${body.id}`);
    expect(open).toMatchObject([
      { id: `${body.id}-1`, kind: 'camt.053', messageId: 'STMT-1', ageDays: 3, result: 'unmatched', decidedBy: null },
      { id: `${body.id}-2`, reference: 'RENT' },
    ]);
    const [salary, rent] = open.map((line: any) => line.id);
    expect(codeOf(await act(salary, 'match', { payout: payouts[1].id }))).toEqual([409, 'bank-report.wrong-amount']);
    expect(codeOf(await act(salary, 'match', { payout: payouts[0].id }, w.world.checker))).toEqual([
      403,
      'access.forbidden',
    ]);
    expect(await w.states(id)).toEqual(['submitting', 'submitting']);

    const matched = await act(salary, 'match', { payout: payouts[0].id });
    expect([matched.status, matched.body.result, matched.body.payout]).toEqual([200, 'matched', payouts[0].id]);
    expect(matched.body.decidedBy).toMatch(/^stf_/);
    expect(await w.states(id)).toEqual(['paid', 'submitting']);
    for (const step of ['match', 'dismiss'] as const) {
      const repeat = await act(salary, step, step === 'match' ? { payout: payouts[0].id } : { reason: 'no' });
      expect(codeOf(repeat)).toEqual([409, 'bank-report.line-decided']);
    }
    expect((await act(rent, 'dismiss', { reason: 'rent of the office' })).body).toMatchObject({
      result: 'dismissed',
      decisionReason: 'rent of the office',
    });
    expect(codeOf(await act(rent, 'match', { payout: payouts[1].id }))).toEqual([409, 'bank-report.line-decided']);
    expect(await lines(`result=open&report=${body.id}`)).toEqual([]);
    const seen = await w.world.checker.get(`/v1/bank-reports/${body.id}`);
    expect(seen.body).toMatchObject({ lineCount: 2, complete: true, results: { matched: 1, dismissed: 1 } });
    expect((await w.world.auditor.get('/v1/bank-reports?limit=1')).body.items).toEqual([seen.body]);
    // The same statement again finds what the person found.
    expect(results(await statement([{ amount: '1.50', remittance: 'salary' }]))).toEqual(['duplicate']);

    // A credit is a return, once a person says of what.
    const credit = await statement([{ amount: '1.50', credit: true }]);
    expect(results(credit)).toEqual(['unmatched']);
    expect((await act(credit.body.lines[0].id, 'match', { payout: payouts[0].id })).body).toMatchObject({
      bankStatus: 'returned',
    });
    expect(await w.balances(merchants[0]!.id)).toMatchObject({ available: 0, held: 150 });
  });

  it('are not matched to what is not there, does not fit, or has been told', async () => {
    const { payouts, id } = await sent(100n, 100n);
    const { body } = await statement([
      { reference: 'X1', amount: '1.00' },
      { reference: 'X2', amount: '1.00' },
      { reference: 'X3', amount: '1.00', returned: 'AC04' },
      { reference: payouts[1].reference, amount: '1.00', credit: true },
    ]);
    const [one, two, back, unclear] = body.lines.map((line: any) => line.id);
    expect(results({ body } as Answer)).toEqual(['unmatched', 'unmatched', 'unmatched', 'unmatched']);
    expect((await act(one, 'match', { payout: payouts[0].id })).status).toBe(200);
    const refusals = [
      [two, payouts[0].id, 409, 'bank-report.already-recorded'],
      [two, 'pay_01h00000000000000000000000', 404, 'payout.not-found'],
      [two, 'mer_01h00000000000000000000000', 422, 'request.invalid'],
      [`${body.id}-9`, payouts[0].id, 404, 'bank-report.line-not-found'],
      ['bkr_x-1', payouts[0].id, 404, 'bank-report.line-not-found'],
    ] as const;
    for (const [line, payout, status, code] of refusals)
      expect(codeOf(await act(line, 'match', { payout }))).toEqual([status, code]);
    expect(codeOf(await act(`${body.id}-9`, 'dismiss', { reason: 'x' }))).toEqual([404, 'bank-report.line-not-found']);
    expect(codeOf(await act(two, 'dismiss', {}))).toEqual([422, 'request.invalid']);
    expect((await w.world.auditor.get('/v1/bank-reports/bkr_x')).body.code).toBe('bank-report.not-found');
    expect((await w.world.auditor.get('/v1/bank-report-lines?result=paid')).status).toBe(422);

    await report(pain002({ original: 'NONE', payments: [{ reference: payouts[1].reference, status: 'RJCT' }] }));
    expect(await w.states(id)).toEqual(['paid', 'failed']);
    expect(codeOf(await act(back, 'match', { payout: payouts[1].id }))).toEqual([409, 'bank-report.contradicting']);
    expect(await w.balances(payouts[1].merchant)).toMatchObject({ available: 100, held: 0 });
    for (const line of [two, back, unclear]) await act(line, 'dismiss', { reason: 'cleared with the bank' });
  });

  it('are decided once, however many people decide at once', async () => {
    const { payouts, id } = await sent(700n, 700n);
    const { body } = await statement([
      { reference: 'Y1', amount: '7.00' },
      { reference: 'Y2', amount: '7.00' },
    ]);
    const [one, two] = body.lines.map((line: any) => line.id);
    const answers = await Promise.all([
      act(one, 'match', { payout: payouts[0].id }),
      act(one, 'match', { payout: payouts[1].id }),
      act(one, 'match', { payout: payouts[0].id }),
      act(one, 'dismiss', { reason: 'a doubt' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const paid = (await w.states(id)).filter((state) => state === 'paid').length;
    expect(paid).toBe((await lines(`report=${body.id}&result=matched`)).length);
    await act(two, 'dismiss', { reason: 'not needed' });
  });

  it('are listed once when one report comes from two people at once, or after a process died half-way', async () => {
    const { id, payouts } = await sent(100n);
    const strangers = Array.from({ length: 500 }, (_, n) => ({ reference: `STRANGER-${n}`, amount: '0.01' }));
    const long = [...strangers, { reference: payouts[0].reference as string, amount: '1.00' }];
    const outcomes = w.testApp.app.get(PayoutOutcomeService, { strict: false });
    const record = outcomes.record.bind(outcomes);
    const death = jest.spyOn(outcomes, 'record').mockImplementation(async (tx, words) => {
      const verdicts = await record(tx, words);
      if (words.length > 0) throw new Error('the process died');
      return verdicts;
    });
    expect((await statement(long, { messageId: 'LONG' })).status).toBe(500);
    death.mockRestore();
    expect(await w.states(id)).toEqual(['submitting']);
    const [half] = (await w.world.auditor.get('/v1/bank-reports?limit=1')).body.items;
    expect(half).toMatchObject({ messageId: 'LONG', lineCount: 501, complete: false, results: { unmatched: 500 } });

    const whole = await Promise.all([statement(long, { messageId: 'LONG' }), statement(long, { messageId: 'LONG' })]);
    expect(whole.map(({ body }) => body.results.duplicate).sort()).toEqual([500, 501]);
    expect(await w.states(id)).toEqual(['paid']);

    const fresh = Array.from({ length: 20 }, (_, n) => ({ reference: `FRESH-${n}`, amount: '0.02' }));
    const twice = await Promise.all([1, 2, 3].map(() => statement(fresh)));
    expect(twice.map(({ body }) => body.results.unmatched).sort()).toEqual([0, 0, 20]);
    await w.db.query(
      "UPDATE bank_report_line SET result = 'dismissed', decided_by = 'stf_x', decided_at = NOW(6), decision_reason = 'a test' WHERE result = 'unmatched'",
    );
  });
});
