import { entryWords } from './entry-words.js';

const entry = (account: 'owed' | 'held', amount: bigint, balanceAfter: bigint) => ({
  asset: 'CNY',
  account,
  amount,
  balanceAfter,
  kind: amount < 0n ? ('refund' as const) : ('reward' as const),
  description: amount < 0n ? 'Refund r1 of order A' : 'Reward for order B',
});

describe('a statement in words', () => {
  it('tells how a debt came about and how later credits net it', () => {
    expect(entryWords(entry('owed', -1_160n, -1_160n))).toEqual({
      en: 'Refund r1 of order A: 11.60 CNY more was taken back than was available: the balance is negative, 11.60 CNY in all, and later credits settle it first.',
      'zh-CN': '订单 A 的退款（r1）：¥11.60 因扣回超出可用余额，记为欠款；目前共欠 ¥11.60，今后入账优先抵扣。',
    });
    expect(entryWords(entry('owed', 1_000n, -160n)).en).toBe(
      'Reward for order B: 10.00 CNY of it settled a part of the negative balance; 1.60 CNY remains.',
    );
    expect(entryWords(entry('owed', 160n, 0n))['zh-CN']).toBe('订单 B 的奖励：¥1.60 用于抵扣欠款；欠款已结清。');
  });

  it('takes a better word for what happened where there is one', () => {
    const occasion = { en: 'Refund 2 (r9) of order A', 'zh-CN': '订单 A 的第2笔退款（r9）' };
    expect(entryWords(entry('held', -5n, 0n), occasion)).toEqual({
      en: 'Refund 2 (r9) of order A: 0.05 CNY is on hold no longer.',
      'zh-CN': '订单 A 的第2笔退款（r9）：¥0.05 不再冻结。',
    });
  });

  it('leaves a person their own words, and is silent in Chinese about what only English tells', () => {
    const adjustment = { ...entry('held', 5n, 5n), kind: 'adjustment' as const, description: '补发 7 月奖励' };
    expect(entryWords(adjustment)['zh-CN']).toBe('人工调整（补发 7 月奖励）：¥0.05 被冻结。');
    const old = { ...entry('held', 5n, 5n), description: 'A description of an earlier version' };
    expect(entryWords(old)['zh-CN']).toBe('奖励：¥0.05 被冻结。');
  });
});
