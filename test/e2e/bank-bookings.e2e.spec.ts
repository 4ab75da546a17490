import { camt, collected, type Booking, type CamtOptions } from '../support/bank-reports.js';
import type { Answer } from '../support/http-client.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => expect(await w.offenders()).toEqual([]));

/** The operator’s account of the samples. */
const OWN = '1001244319000000017';
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

describe('a booking that cannot be told by itself', () => {
  it.each<[title: string, booking: (reference: string, account: string, other: string) => Booking, own: string]>([
    ['names somebody else’s payment', (_, account) => ({ amount: '10.00', account, reference: 'SALARY-1' }), OWN],
    ['is of an account that is none of ours', (reference) => ({ amount: '10.00', reference }), '4711'],
    ['is a debit with a credit in it', (reference) => ({ amount: '10.00', reference, sign: 'CRDT' }), OWN],
    [
      'is a return with a debit in it',
      (reference) => ({ amount: '10.00', reference, returned: 'AC04', sign: 'DBIT' }),
      OWN,
    ],
    ['mentions two payments', (one, _, two) => ({ amount: '10.00', remittance: `${one} ${two}` }), OWN],
  ])('waits for a person: it %s', async (_, bookingOf, own) => {
    const { id, merchants, payouts } = await sent(1_000n, 1n);
    const booking = bookingOf(payouts[0].reference, merchants[0]!.number, payouts[1].reference);
    const answer = await statement([booking], { own });
    expect(results(answer)).toEqual(['unmatched']);
    expect(results(await statement([booking], { own }))).toEqual(['duplicate']);
    expect(await w.states(id)).toEqual(['submitting', 'submitting']);
    const [{ id: line }] = answer.body.lines;
    const dismissed = await w.world.maker.post(`/v1/bank-report-lines/${line}/dismiss`, { reason: 'not ours' });
    expect(dismissed.status).toBe(200);
  });

  it.each<[title: string, code: Partial<Booking>]>([
    ['FEES', { code: 'FEES' }],
    ['CHRG', { code: 'CHRG' }],
    ['the bank’s own code', { ownCode: 'NCHG+808' }],
  ])('is noted when it is charges by %s, also of the payout’s amount and in either direction', async (_, code) => {
    const { id, payouts } = await sent(150n);
    const { reference } = payouts[0];
    const charges = await statement([
      { reference, amount: '1.50', ...code },
      { reference, amount: '0.35', ...code },
      { reference, amount: '1.50', credit: true, ...code },
    ]);
    expect(results(charges)).toEqual(['noted', 'noted', 'noted']);
    expect(await w.states(id)).toEqual(['submitting']);
    expect(results(await statement([{ reference, amount: '1.50' }]))).toEqual(['applied']);
    expect(results(await statement([{ reference, amount: '1.50', ...code }]))).toEqual(['noted']);
  });

  it('is of the payout whose reference a text mentions, beside words of that form that are none', async () => {
    const { id, payouts } = await sent(1_001n);
    const remittance = `EREF+${payouts[0].reference.toLowerCase()} ${'0'.repeat(26)}`;
    const { body } = await statement([{ amount: '10.01', remittance }]);
    expect(body.lines).toMatchObject([{ result: 'applied', payout: payouts[0].id, reference: payouts[0].reference }]);
    expect(await w.states(id)).toEqual(['paid']);
  });
});

describe('an entry of payments without amounts', () => {
  it('settles the payouts that it names when it is their sum, and none of them when it is not', async () => {
    const { id, payouts } = await sent(100n, 250n, 300n);
    const parts = payouts.map(({ reference }) => ({ reference, amount: '0', withoutAmount: true }));
    const wrong = await statement([collected('6.51', parts, 'CNY', { day })]);
    expect(results(wrong)).toEqual(['contradicting', 'contradicting', 'contradicting']);
    expect(await w.states(id)).toEqual(['submitting', 'submitting', 'submitting']);
    const rest = [{ ...parts[0]!, instructed: '1.00' }, ...parts.slice(1)];
    const right = await statement([collected('6.50', rest, 'CNY', { day })], { messageId: 'STMT-2' });
    expect(right.body.lines).toMatchObject([
      { result: 'applied', amount: '1.00' },
      { result: 'applied', amount: '2.50' },
      { result: 'applied', amount: '3.00' },
    ]);
    expect(await w.states(id)).toEqual(['paid', 'paid', 'paid']);
  });

  it('does not settle one payout twice', async () => {
    const { id, payouts } = await sent(100n);
    const part = { reference: payouts[0].reference, amount: '0', withoutAmount: true };
    const answer = await statement([collected('2.00', [part, part], 'CNY', { day })]);
    expect(results(answer)).toEqual(['contradicting', 'contradicting']);
    expect(await w.states(id)).toEqual(['submitting']);
  });
});
