import { differencesOf } from '../../web/console/pages/payouts/differences.js';

type Payout = Parameters<typeof differencesOf>[0][number];

const payout = (merchant: string, amount: number, over: Partial<Payout['beneficiary']> = {}): Payout => ({
  merchant: `mer_${merchant}` as Payout['merchant'],
  amount,
  beneficiary: { holder: merchant, maskedNumber: '••••0001', bankName: null, ...over },
});

const none = { newPayees: [], changedAccounts: [], farAbove: [], missing: [] };

test('a batch of the same payees, accounts and amounts differs in nothing', () => {
  const batch = [payout('anna', 1_000), payout('li', 2_000)];
  expect(differencesOf(batch, batch)).toEqual(none);
});

test('who was not paid last time is new, who is not paid now is missing, the largest amounts first', () => {
  const { newPayees, missing, ...others } = differencesOf(
    [payout('anna', 1_000), payout('bo', 9_000)],
    [payout('li', 2_000), payout('zoe', 3_000)],
  );
  expect(newPayees.map(({ holder }) => holder)).toEqual(['bo', 'anna']);
  expect(missing.map(({ holder }) => holder)).toEqual(['zoe', 'li']);
  expect(others).toEqual({ changedAccounts: [], farAbove: [] });
});

test('another number, bank or holder is a changed account', () => {
  const before = [payout('anna', 1_000)];
  for (const over of [{ maskedNumber: '••••0002' }, { bankName: 'Bank' }, { holder: 'Anna B' }]) {
    const { changedAccounts } = differencesOf([payout('anna', 1_000, over)], before);
    expect(changedAccounts).toHaveLength(1);
  }
});

test('an amount is far above from twice that of last time on', () => {
  const before = [payout('anna', 1_000)];
  expect(differencesOf([payout('anna', 1_999)], before)).toEqual(none);
  expect(differencesOf([payout('anna', 2_000)], before).farAbove).toMatchObject([
    { now: { amount: 2_000 }, before: { amount: 1_000 } },
  ]);
});

test('a balance that was split into several payouts counts as one', () => {
  const before = [payout('anna', 1_000), payout('anna', 1_000)];
  expect(differencesOf([payout('anna', 2_000)], before)).toEqual(none);
});
