import { camt, type Booking, type CamtOptions } from '../support/bank-reports.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** No booking is older than the payout that it is of. */
const day = dayAfter(0);

const report = (xml: string) =>
  w.world.maker.with({ 'content-type': 'application/xml' }).post('/v1/bank-reports', Buffer.from(xml));
const statement = (bookings: (Booking | string)[], more: CamtOptions & { kind?: '054' } = {}) =>
  report(
    camt(
      bookings.map((one) => (typeof one === 'string' ? one : { day, ...one })),
      'CNY',
      more.kind,
      more,
    ),
  );
const results = ({ body }: Answer) => body.lines.map((line: any) => line.result);

async function sent(...amounts: bigint[]) {
  const merchants = [];
  for (const amount of amounts) merchants.push(await w.merchant(amount));
  const draft = await w.submitted(merchants, { rail: 'iso20022-file' });
  const [{ message_id: file }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [draft.id]);
  return { id: draft.id as string, file: file as string, merchants, payouts: draft.payouts as any[] };
}

const act = (line: string, step: string, by: HttpClient, body?: unknown) =>
  by.post(`/v1/bank-report-lines/${line}/${step}`, body);
const codeOf = ({ status, body }: Answer) => [status, body.code];
const reason = 'the correspondent bank took its share';

describe('a line of another amount', () => {
  it.each<[title: string, amount: string, back: boolean, bank: number, fees: number]>([
    ['less was paid', '9.50', false, 950, 50],
    ['more was paid', '10.50', false, 1_050, -50],
    ['less came back', '9.50', true, 50, -50],
    ['more came back', '10.50', true, -50, 50],
  ])('is matched by two people, who say why, and the difference is a fee: %s', async (_, amount, back, bank, fees) => {
    const { id: batch, payouts } = await sent(1_000n);
    const { id, reference, merchant } = payouts[0];
    if (back) await statement([{ reference, amount: '10.00' }]);
    const told = await statement([{ reference: 'TROUBLE', amount, ...(back && { returned: 'AC04' }) }]);
    expect(results(told)).toEqual(['unmatched']);
    const [{ id: line }] = told.body.lines;
    const { maker, checker } = w.world;
    // In a request null is the same as nothing.
    for (const none of [{}, { reason: null }])
      expect(codeOf(await act(line, 'match', maker, { payout: id, ...none }))).toEqual([
        409,
        'bank-report.wrong-amount',
      ]);
    expect(codeOf(await act(line, 'match/approve', checker))).toEqual([409, 'bank-report.no-proposal']);
    const proposed = await act(line, 'match', maker, { payout: id, reason });
    expect([proposed.status, proposed.body.result]).toEqual([200, 'unmatched']);
    expect(proposed.body.proposal).toMatchObject({ payout: id, reason });
    expect(await w.states(batch)).toEqual([back ? 'paid' : 'submitting']);
    for (const step of ['match', 'dismiss'])
      expect(codeOf(await act(line, step, maker, step === 'match' ? { payout: id, reason } : { reason }))).toEqual([
        409,
        'bank-report.line-proposed',
      ]);
    expect(codeOf(await act(line, 'match/approve', maker))).toEqual([403, 'access.forbidden']);

    // Rejected, it waits as before; proposed again, it is approved once, by however many.
    expect((await act(line, 'match/reject', checker, { reason: 'ask the bank' })).body).toMatchObject({
      result: 'unmatched',
      proposal: null,
    });
    await act(line, 'match', maker, { payout: id, reason });
    const answers = await Promise.all([1, 2, 3].map(() => act(line, 'match/approve', checker)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await w.states(batch)).toEqual([back ? 'returned' : 'paid']);
    expect([await w.total('bank', id), await w.total('fees', id)]).toEqual([bank, fees]);
    expect(await w.total('in-transit', id)).toBe(0);
    expect(await w.balances(merchant)).toMatchObject({ available: 0, held: back ? 1_000 : 0 });
    expect(codeOf(await act(line, 'match/reject', checker, { reason: 'late' }))).toEqual([
      409,
      'bank-report.line-decided',
    ]);
  });

  it('is not approved by who proposed it, nor when the payout has been told meanwhile', async () => {
    const { payouts } = await sent(1_000n);
    const { id, reference } = payouts[0];
    const both = await w.staffMember('finance-maker', 'finance-checker');
    const [{ id: line }] = (await statement([{ reference, amount: '9.00' }])).body.lines;
    expect((await act(line, 'match', both, { payout: id, reason })).status).toBe(200);
    expect(codeOf(await act(line, 'match/approve', both))).toEqual([409, 'bank-report.same-person']);
    expect(codeOf(await act(line, 'match/reject', both, { reason }))).toEqual([409, 'bank-report.same-person']);
    expect(results(await statement([{ reference, amount: '10.00' }]))).toEqual(['applied']);
    expect(codeOf(await act(line, 'match/approve', w.world.checker))).toEqual([409, 'bank-report.already-recorded']);
    expect((await act(line, 'match/reject', w.world.checker, { reason })).status).toBe(200);
    expect((await act(line, 'dismiss', w.world.maker, { reason })).status).toBe(200);
  });

  it('is not matched in another currency', async () => {
    const { payouts } = await sent(1_000n);
    const xml = camt([{ reference: 'X', amount: '10.00', day }], 'EUR');
    const [{ id: line }] = (await report(xml)).body.lines;
    const answer = await act(line, 'match', w.world.maker, { payout: payouts[0].id, reason });
    expect(codeOf(answer)).toEqual([409, 'bank-report.wrong-amount']);
    await act(line, 'dismiss', w.world.maker, { reason });
  });

  it('takes the charges that it names into the difference', async () => {
    await w.policy({ fee: { amount: 130, chargedTo: 'platform' } });
    const { payouts } = await sent(1_000n);
    await w.policy({});
    const { id, reference } = payouts[0];
    const odd = { reference, amount: '10.50', instructed: '9.00', charges: '1.50' };
    const [{ id: line }] = (await statement([odd])).body.lines;
    await act(line, 'match', w.world.maker, { payout: id, reason });
    expect((await act(line, 'match/approve', w.world.checker)).status).toBe(200);
    expect([await w.total('bank', id), await w.total('fees', id)]).toEqual([1_050, -50]);
  });
});
