import { firstSignIn } from '../support/actors.js';
import { camt, type Booking } from '../support/bank-reports.js';
import type { MerchantPayoutDto } from '../../src/finance/payouts/balances/merchant-payout.dto.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());

const day = new Date().toISOString().slice(0, 10);
const FILE = { rail: 'iso20022-file' };

async function bankSays(booking: Booking): Promise<void> {
  const { body } = await w.world.maker
    .with({ 'content-type': 'application/xml' })
    .post('/v1/bank-reports', Buffer.from(camt([{ day, ...booking }], 'CNY')));
  expect(body.lines).toMatchObject([{ result: 'applied' }]);
}

describe('what was paid out to a merchant', () => {
  it('is the sum of the payouts that the bank has paid, what arrived of each, without those that came back', async () => {
    await w.policy({ fee: { amount: 130, chargedTo: 'merchant' } });
    const merchant = await w.merchant(5_000n);
    const other = await w.merchant(900n);
    const own = await firstSignIn(w.testApp.http, merchant.applicationToken);
    const cash = async () => {
      const { body } = await own.get(`/v1/merchants/${merchant.id}/balances`);
      return body.items.find(({ asset }: { asset: string }) => asset === 'CNY');
    };
    const payouts = async () =>
      (await own.get(`/v1/merchants/${merchant.id}/payouts`)).body.items as MerchantPayoutDto[];
    const sumOfPaid = async () =>
      (await payouts()).filter(({ state }) => state === 'paid').reduce((sum, { sentAmount }) => sum + sentAmount, 0);
    expect(await cash()).toMatchObject({ paidOut: 0, lastPaid: null });

    const [one] = (await w.submitted([merchant, other], FILE)).payouts;
    expect(await cash()).toMatchObject({ inTransit: 5_000, paidOut: 0, lastPaid: null });
    await bankSays({ reference: one.reference, amount: '48.70' });
    const [first] = await payouts();
    expect(await cash()).toMatchObject({
      inTransit: 0,
      paidOut: 4_870,
      lastPaid: { id: one.id, sentAmount: 4_870, at: first?.stateAt },
    });

    await w.credit(merchant.id, 2_000n);
    const [two] = (await w.submitted([merchant], FILE)).payouts;
    await bankSays({ reference: two.reference, amount: '18.70' });
    expect(await cash()).toMatchObject({ paidOut: 6_740, lastPaid: { id: two.id, sentAmount: 1_870 } });
    expect(await sumOfPaid()).toBe(6_740);

    await bankSays({ reference: two.reference, amount: '18.70', returned: 'AC04' });
    expect(await cash()).toMatchObject({ held: 2_000, paidOut: 4_870, lastPaid: { id: one.id } });
    expect(await sumOfPaid()).toBe(4_870);
    expect(await w.offenders()).toEqual([]);
  });
});
