import { camt, collected, type Booking, type CamtOptions } from '../support/bank-reports.js';
import type { Answer } from '../support/http-client.js';
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

describe('what the bank takes for a payment', () => {
  it.each<[title: string, fee: object, expected: { bank: number; fees: number }]>([
    ['the operator bears it', {}, { bank: 1_150, fees: -150 }],
    [
      'the operator bears a fee that was booked before',
      { fee: { amount: 130, chargedTo: 'platform' } },
      { bank: 1_150, fees: -150 },
    ],
    ['the fee was more', { fee: { amount: 200, chargedTo: 'platform' } }, { bank: 1_150, fees: -150 }],
    ['the merchant bears a fee', { fee: { amount: 130, chargedTo: 'merchant' } }, { bank: 1_020, fees: -20 }],
  ])('is shown and leaves the bank: %s', async (_, terms, { bank, fees }) => {
    await w.policy(terms);
    const { id, payouts } = await sent(1_000n);
    await w.policy({});
    const { reference } = payouts[0];
    const told = (payouts[0].sentAmount / 100).toFixed(2);
    const booked = (Number(payouts[0].sentAmount) / 100 + 1.5).toFixed(2);
    const { body } = await statement([{ reference, amount: booked, instructed: told, charges: '1.50' }]);
    expect(body.lines).toMatchObject([{ result: 'applied', amount: told, charge: '1.50' }]);
    expect(await w.states(id)).toEqual(['paid']);
    expect({ bank: await w.total('bank', payouts[0].id), fees: await w.total('fees', payouts[0].id) }).toEqual({
      bank,
      fees,
    });
    expect(results(await statement([{ reference, amount: booked, instructed: told, charges: '1.50' }]))).toEqual([
      'duplicate',
    ]);
    expect(await w.total('bank', payouts[0].id)).toBe(bank);
    // What comes back later is what was told to pay; the charge stays a cost.
    expect(results(await statement([{ reference, amount: told, returned: 'AC04' }]))).toEqual(['applied']);
    expect(await w.total('bank', payouts[0].id)).toBe(150);
    expect(await w.total('fees', payouts[0].id)).toBe(-150);
    expect(await w.balances(payouts[0].merchant)).toMatchObject({ held: 1_000 });
  });

  it('is booked once when it is told only after the payment, also by two at once', async () => {
    const { payouts } = await sent(1_000n);
    const { reference, id } = payouts[0];
    expect(results(await statement([{ reference, amount: '10.00' }], { kind: '054' }))).toEqual(['applied']);
    const whole = { reference, amount: '11.50', instructed: '10.00', charges: '1.50' };
    const both = await Promise.all([statement([whole]), statement([whole], { messageId: 'STMT-2' })]);
    expect(both.flatMap(results)).toEqual(['duplicate', 'duplicate']);
    expect([await w.total('bank', id), await w.total('fees', id)]).toEqual([1_150, -150]);
  });

  it('waits for a person when it does not add up', async () => {
    const { id, payouts } = await sent(1_000n);
    const { reference } = payouts[0];
    const odd = await statement([
      { reference, amount: '11.51', instructed: '10.00', charges: '1.50' },
      { reference, amount: '11.50', instructed: '10.00' },
      { reference, amount: '11.50', instructed: '10.01', charges: '1.49' },
    ]);
    expect(results(odd)).toEqual(['contradicting', 'contradicting', 'contradicting']);
    expect(await w.states(id)).toEqual(['submitting']);
  });

  it('is that of its own payment where several are one sum', async () => {
    const { payouts } = await sent(1_000n, 2_000n);
    const [one, two] = payouts.map(({ reference }) => reference);
    const sum = collected(
      '31.50',
      [
        { reference: one, amount: '11.50', instructed: '10.00', charges: '1.50' },
        { reference: two, amount: '20.00' },
      ],
      'CNY',
      { day },
    );
    expect(results(await statement([sum]))).toEqual(['applied', 'applied']);
    expect([await w.total('bank', payouts[0].id), await w.total('bank', payouts[1].id)]).toEqual([1_150, 2_000]);
  });
});

describe('a return of less than was paid', () => {
  it.each<[title: string, fee: object, kept: { held: number; fees: number }]>([
    ['the operator, when the terms name nobody', {}, { held: 10_000, fees: -500 }],
    ['the operator, who bears the fee', { fee: { amount: 130, chargedTo: 'platform' } }, { held: 10_000, fees: -630 }],
    ['the merchant, who bears the fee', { fee: { amount: 130, chargedTo: 'merchant' } }, { held: 9_500, fees: 0 }],
    ['the merchant, who would bear a fee', { fee: { amount: 0, chargedTo: 'merchant' } }, { held: 9_500, fees: 0 }],
  ])('costs %s', async (_, terms, { held, fees }) => {
    await w.policy(terms);
    const { id, payouts } = await sent(10_000n);
    await w.policy({});
    const { reference, sentAmount, merchant } = payouts[0];
    const less = ((sentAmount - 500) / 100).toFixed(2);
    await statement([{ reference, amount: (sentAmount / 100).toFixed(2) }]);
    const { body } = await statement([{ reference, amount: less, returned: 'AC04' }]);
    expect(body.lines).toMatchObject([{ result: 'applied', detail: 'the bank kept 5.00' }]);
    expect(results(await statement([{ reference, amount: less, returned: 'AC04' }]))).toEqual(['duplicate']);
    expect(await w.states(id)).toEqual(['returned']);
    expect(await w.balances(merchant)).toMatchObject({ available: 0, held });
    expect(await w.total('fees', payouts[0].id)).toBe(fees);
    expect((await w.total('bank', payouts[0].id)) + fees + held).toBe(10_000);
    // What came back can be paid out again.
    const { body: holds } = await w.world.checker.get(`/v1/holds?merchant=${merchant}`);
    await w.world.checker.post(`/v1/holds/${holds.items[0].id}/release`, { reason: 'another account' });
    const again = await w.world.maker.post(`/v1/payouts/${payouts[0].id}/retry`, {});
    expect([again.status, again.body.payouts?.[0]?.amount]).toEqual([201, held]);
  });

  it('is one when it is the first that is heard; more than was paid, or nothing, waits for a person', async () => {
    const { id, payouts } = await sent(10_000n);
    const { reference } = payouts[0];
    const odd = [
      await statement([{ reference, amount: '100.01', returned: 'AC04' }]),
      await statement([{ reference, amount: '0.00', returned: 'AC04' }]),
    ];
    expect(odd.flatMap(results)).toEqual(['contradicting', 'contradicting']);
    expect(results(await statement([{ reference, amount: '0.01', returned: 'AC04' }]))).toEqual(['applied']);
    expect(await w.states(id)).toEqual(['returned']);
    expect([await w.total('bank', payouts[0].id), await w.total('fees', payouts[0].id)]).toEqual([9_999, -9_999]);
  });
});
