import fc from 'fast-check';
import { RuleBook } from '../../shared/rule-book.js';
import { assetWords, exactWords } from '../../shared/asset.js';
import { decimalText, fraction, fractionText, parseFraction } from '../../shared/fraction.js';
import { calculateRewards } from './reward-calculation.js';
import { explainReward, wholeExplanation } from './reward-explanation.js';
import type { RewardRuleVersion } from './reward-rule.js';
import { selectRules, type RewardableOrder } from './reward-selection.js';
import { RewardCounters } from './reward-counters.js';
import { rewardWords } from './reward-words.js';
import type { RewardRuleId } from '../../shared/ids.js';

const order: RewardableOrder = {
  id: 'ord_1',
  storefrontId: 'sto_1',
  orderId: 'A-1',
  state: 'completed',
  currency: 'CNY',
  lines: [{ sku: 'tea', category: 'drinks', quantity: 1, unitPrice: 673n, lineTotal: 673n }],
  shipping: 0n,
  tax: 0n,
  shopperRef: null,
  attribution: {
    merchantId: 'mer_1',
    via: 'referrer',
    visitId: 'vis_1',
    attributedAt: '2026-04-20T08:00:00.000Z',
    reason: 'A test.',
    decision: { touch: 'first', windowDays: 30, touches: 2 },
  },
  placedAt: new Date('2026-04-30T09:00:00Z'),
  amountPaid: 673n,
  completedAt: new Date('2026-05-01T00:00:00Z'),
  merchantAtCompletion: { state: 'active', group: 'gold', wechatId: 'LiWei_01' },
};

const NAMES = { merchant: '李薇', timeZone: 'Asia/Shanghai' };

const NO_LIMIT = { cap: null, merchantMonthBudget: null, ruleBudget: null };

function rule(ruleId: RewardRuleId, over: Partial<RewardRuleVersion> = {}): RewardRuleVersion {
  return {
    ruleId,
    version: 1,
    scope: {},
    storefrontId: null,
    validFrom: new Date('2020-01-01T00:00:00Z'),
    validTo: null,
    endedAt: null,
    name: null,
    posting: { posting: 'direct' },
    conditions: {},
    grants: [{ ...NO_LIMIT, asset: 'CNY', kind: 'percent', rateBps: 300 }],
    ...over,
  };
}

function explained(rules: RewardRuleVersion[]) {
  const context = { rewardOwnPurchases: false, firstOrder: false, timeZone: 'UTC' };
  const selection = selectRules(order, new RuleBook(rules), context);
  if ('noReward' in selection) throw new Error(selection.noReward);
  const [grant] = calculateRewards(order, selection, new RewardCounters()).grants;
  const explanation = wholeExplanation(order, explainReward(order, grant!));
  return { explanation, words: rewardWords(explanation, grant!.matureAt, NAMES) };
}

describe('a reward in words', () => {
  it('says which merchant and why: how they were named, when, the window, and which visit counts', () => {
    const { words } = explained([rule('rrl_1')]);
    expect(words.en).toContain(
      'The merchant is 李薇: the shopper named the merchant’s WeChat ID at 2026-04-20T08:00:00.000Z (visit vis_1) and ordered at 2026-04-30T09:00:00.000Z, inside the window of 30 days that ended at 2026-05-20T08:00:00.000Z; of 2 such visits in that time the first one counts at this storefront.',
    );
    expect(words['zh-CN']).toContain(
      '归属微商 李薇：顾客于 2026年4月20日 16:00（门店时区）报出该微商的微信号（访问 vis_1），2026年4月30日 17:00 下单，在30天归属窗口内（至 2026年5月20日 16:00）；窗口内共有2次带来顾客的访问，按本店规则以首次为准。',
    );
  });

  it('says which rule version won, and of every other that covered the lines why it lost', () => {
    const { explanation, words } = explained([
      rule('rrl_1', { name: 'All' }),
      rule('rrl_2', { name: 'Gold', scope: { group: 'gold' }, version: 3 }),
      rule('rrl_3', { scope: { group: 'gold' }, validFrom: new Date('2019-01-01T00:00:00Z') }),
      rule('rrl_0', { scope: { group: 'gold' }, version: 3 }),
      rule('rrl_4', { name: 'Large', scope: { merchant: 'mer_1' }, conditions: { minPaid: 10_000 } }),
      rule('rrl_5', { scope: { merchant: 'mer_2' } }),
      rule('rrl_7', { scope: { merchant: 'mer_1' }, conditions: { firstOrder: true } }),
      rule('rrl_8', { scope: { merchant: 'mer_1' }, conditions: { exclude: { categories: ['drinks'] } } }),
      rule('rrl_9', { scope: { merchant: 'mer_1' }, conditions: { bonus: true, minPaid: 10_000 } }),
      rule('rrl_6', { grants: [{ ...NO_LIMIT, asset: 'POINTS', kind: 'fixed', amount: 1n }] }),
    ]);
    expect(explanation.rule).toMatchObject({ id: 'rrl_2', version: 3 });
    expect(explanation.candidates.map(({ rule: id, loss }) => [id, loss])).toEqual([
      ['rrl_0', 'made-earlier'],
      ['rrl_3', 'valid-earlier'],
      ['rrl_1', 'less-specific'],
      ['rrl_8', 'not-these-lines'],
      ['rrl_7', 'not-first-order'],
      ['rrl_4', 'min-paid'],
    ]);
    expect(words.en).toContain('Rule “Gold”, version 3, for group gold and everything, gives 3.00 %');
    expect(words.en).toContain('Rule “All”, version 1, for everyone and everything: lost, because it is less specific');
    expect(words['zh-CN']).toContain('规则“Large”（第1版，适用于该微商、全部商品）：商品实付未达到最低要求');
    expect(explained([rule('rrl_1')]).words.en).toContain('No other rule covered these lines.');
  });

  it('writes exact amounts as decimals: 6.73 × 3 % is 20.19 cents, rounded once to 0.20', () => {
    const { explanation, words } = explained([rule('rrl_1')]);
    expect(explanation.arithmetic.exact).toBe('2019/100');
    expect(words.en).toContain(
      '3.00 % of the commissionable amount (6.73 CNY paid for these products): 20.19 cents (CNY).',
    );
    expect(words.en).toContain('rounded once, half away from zero, to 0.20 CNY.');
    expect(words['zh-CN']).toContain('按计奖金额（商品实付 ¥6.73）的 3.00% 计：¥0.2019。');
  });

  it.each([
    ['302/15', '20.1333…'],
    ['1/3', '0.3333…'],
    ['29/2', '14.5'],
    ['1/64', '0.015625'],
    ['7', '7'],
  ])('%s is %s', (text, decimals) => {
    expect(decimalText(parseFraction(text))).toBe(decimals);
  });

  it('knows units of every asset', () => {
    expect(exactWords(fraction(1n, 2n), 'JPY', 'en')).toBe('0.5 JPY');
    expect(exactWords(fraction(1n, 2n), 'POINTS', 'zh-CN')).toBe('0.5积分');
    expect(exactWords(fraction(1n, 2n), 'KWD', 'en')).toBe('0.5 of the smallest unit of KWD');
    expect(exactWords(fraction(4n, 2n), 'EUR', 'en')).toBe(assetWords(2n, 'EUR', 'en'));
  });

  it('reads back every fraction that was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (n, d) => {
        expect(parseFraction(fractionText(fraction(n, d)))).toEqual(fraction(n, d));
      }),
    );
  });
});
