import { differencesOf, type ComparedPayout } from './batch-differences.js';

const payout = (name: string, amount: bigint, over: Partial<ComparedPayout> = {}): ComparedPayout => ({
  merchantId: `mer_${name}`,
  amount,
  holder: name,
  lastFour: '0001',
  bankName: null,
  ...over,
});

const none = { newPayees: [], changedAccounts: [], farAbove: [], missing: [] };

test('a batch of the same payees, accounts and amounts differs in nothing', () => {
  const batch = [payout('anna', 1_000n), payout('li', 2_000n)];
  expect(differencesOf(batch, batch)).toEqual(none);
});

test('who was not paid last time is new, who is not paid now is missing, the largest amounts first', () => {
  const { newPayees, missing, ...others } = differencesOf(
    [payout('anna', 1_000n), payout('bo', 9_000n)],
    [payout('li', 2_000n), payout('zoe', 3_000n)],
  );
  expect(newPayees.map(({ holder }) => holder)).toEqual(['bo', 'anna']);
  expect(missing.map(({ holder }) => holder)).toEqual(['zoe', 'li']);
  expect(others).toEqual({ changedAccounts: [], farAbove: [] });
});

test('another number, bank or holder is a changed account', () => {
  const before = [payout('anna', 1_000n)];
  for (const over of [{ lastFour: '0002' }, { bankName: 'Bank' }, { holder: 'Anna B' }]) {
    const { changedAccounts } = differencesOf([payout('anna', 1_000n, over)], before);
    expect(changedAccounts).toHaveLength(1);
  }
});

test('an amount is far above from twice that of last time on', () => {
  const before = [payout('anna', 1_000n)];
  expect(differencesOf([payout('anna', 1_999n)], before)).toEqual(none);
  expect(differencesOf([payout('anna', 2_000n)], before).farAbove).toMatchObject([
    { now: { amount: 2_000n }, before: { amount: 1_000n } },
  ]);
});

test('a balance that was split into several payouts counts as one', () => {
  const before = [payout('anna', 1_000n), payout('anna', 1_000n)];
  expect(differencesOf([payout('anna', 2_000n)], before)).toEqual(none);
});
