import fc from 'fast-check';
import { divideHalfAwayFromZero } from '../../shared/money.js';
import { RuleBook } from '../../shared/rule-book.js';
import { commissionableAmounts } from './commissionable-amounts.js';
import { calculateRewards } from './reward-calculation.js';
import { selectRules, type OrderContext, type RewardableOrder } from './reward-selection.js';
import { RewardCounters } from './reward-counters.js';
import { explainReward, wholeExplanation } from './reward-explanation.js';
import { rewardWords } from './reward-words.js';
import type { GrantTerms, RewardRuleVersion } from './reward-rule.js';
import type { MerchantId } from '../../shared/ids.js';

const completedAt = new Date('2026-05-01T00:00:00Z');

type Line = { sku?: string; category?: string | null; lineTotal: bigint };

function order(lines: readonly Line[], over: Partial<RewardableOrder> = {}): RewardableOrder {
  const total = lines.reduce((sum, line) => sum + line.lineTotal, 0n);
  return {
    id: 'ord_1',
    storefrontId: 'sto_1',
    orderId: 'A-1',
    state: 'completed',
    currency: 'CNY',
    lines: lines.map((line) => ({
      sku: line.sku ?? 'sku',
      category: line.category ?? null,
      quantity: 1,
      unitPrice: line.lineTotal,
      lineTotal: line.lineTotal,
    })),
    shipping: 0n,
    tax: 0n,
    shopperRef: null,
    attribution: {
      merchantId: 'mer_1',
      via: 'code',
      visitId: 'vis_1',
      attributedAt: '2026-04-30T00:00:00Z',
      reason: 'A test.',
    },
    placedAt: completedAt,
    amountPaid: total,
    completedAt,
    merchantAtCompletion: { state: 'active', group: null, wechatId: 'LiWei_01' },
    ...over,
  };
}

let made = 0;
function rule(grants: GrantTerms[], over: Partial<RewardRuleVersion> = {}): RewardRuleVersion {
  made += 1;
  return {
    ruleId: `rrl_${made.toString().padStart(4, '0')}`,
    version: 1,
    scope: {},
    storefrontId: null,
    validFrom: new Date('2020-01-01T00:00:00Z'),
    validTo: null,
    endedAt: null,
    name: null,
    posting: { posting: 'direct' },
    conditions: {},
    grants,
    ...over,
  };
}

const NAMES = { merchant: '李薇', timeZone: 'Asia/Shanghai' };

const NO_LIMIT = { cap: null, merchantMonthBudget: null, ruleBudget: null };
const percent = (rateBps: number, cap: bigint | null = null): GrantTerms => ({
  ...NO_LIMIT,
  asset: 'CNY',
  kind: 'percent',
  rateBps,
  cap,
});
const fixed = (asset: string, amount: bigint): GrantTerms => ({ ...NO_LIMIT, asset, kind: 'fixed', amount });

function reward(
  of: RewardableOrder,
  rules: RewardRuleVersion[],
  context: Partial<OrderContext> = {},
  counters = new RewardCounters(),
) {
  const asked = { rewardOwnPurchases: false, firstOrder: false, timeZone: 'Asia/Shanghai', ...context };
  const selection = selectRules(of, new RuleBook(rules), asked);
  if ('noReward' in selection) return { grants: [], volumes: [], noReward: selection.noReward };
  const decision = calculateRewards(of, selection, counters);
  counters.count(
    decision.volumes,
    decision.grants.flatMap((grant) => grant.uses),
  );
  return decision;
}
const amounts = (of: RewardableOrder, rules: RewardRuleVersion[]) =>
  reward(of, rules).grants.map((g) => [g.asset, g.amount, g.rule.ruleId]);

describe('what an order earns', () => {
  it('is a share of what was paid for merchandise, rounded half away from zero: 500 × 2.9 % = 15', () => {
    const [grant] = reward(order([{ lineTotal: 500n }]), [rule([percent(290)])]).grants;
    expect(grant).toMatchObject({ asset: 'CNY', amount: 15n, matureAt: null, held: false });
  });

  it('leaves shipping, tax and discounts out of the commissionable amount', () => {
    const paid = order([{ lineTotal: 10_000n }, { lineTotal: 20_000n }], {
      amountPaid: 16_000n,
      shipping: 700n,
      tax: 300n,
    });
    expect(commissionableAmounts(paid)).toEqual([5_000n, 10_000n]);
    expect(reward(paid, [rule([percent(1000)])]).grants[0]?.amount).toBe(1_500n);
  });

  it('adds rates up exactly over lines and rounds once', () => {
    const lines = Array.from({ length: 10 }, () => ({ lineTotal: 5n }));
    expect(reward(order(lines), [rule([percent(1000)])]).grants[0]?.amount).toBe(5n); // ten times 0.5, not ten times 1
  });

  it('takes the most specific rule for each line and asset', () => {
    const everyone = rule([percent(100), fixed('POINTS', 7n)]);
    const category = rule([percent(500)], { scope: { category: 'tea' } });
    const mine = rule([percent(2000)], { scope: { merchant: 'mer_1', product: 'cup' } });
    const basket = order([
      { sku: 'cup', category: 'tea', lineTotal: 1000n },
      { sku: 'pot', category: 'tea', lineTotal: 1000n },
      { sku: 'mat', lineTotal: 1000n },
    ]);
    expect(amounts(basket, [everyone, category, mine])).toEqual([
      ['CNY', 10n, everyone.ruleId],
      ['CNY', 50n, category.ruleId],
      ['CNY', 200n, mine.ruleId],
      ['POINTS', 7n, everyone.ruleId],
    ]);
  });

  it('ignores cash of another currency, and rules for more than was paid', () => {
    const dollars = rule([fixed('USD', 5n)]);
    const large = rule([percent(5000)], { conditions: { minPaid: 1_001 }, scope: { merchant: 'mer_1' } });
    const all = rule([percent(100)]);
    expect(amounts(order([{ lineTotal: 1_000n }]), [dollars, large, all])).toEqual([['CNY', 10n, all.ruleId]]);
  });

  it('counts points for every full amount, and a fixed grant once an order', () => {
    const points = rule([{ ...NO_LIMIT, asset: 'POINTS', kind: 'per-amount', per: 1_000n, units: 3n }]);
    const coupon = rule([fixed('COUPON:TEA', 1n)]);
    const basket = order([{ lineTotal: 1_500n }, { lineTotal: 1_400n }]);
    expect(amounts(basket, [points, coupon])).toEqual([
      ['COUPON:TEA', 1n, coupon.ruleId],
      ['POINTS', 6n, points.ruleId],
    ]);
  });

  it('clamps to the cap and says so', () => {
    const paid = order([{ lineTotal: 10_000n }, { lineTotal: 5_000n }]);
    const [grant] = reward(paid, [rule([percent(1000, 1_000n)])]).grants;
    expect(grant?.amount).toBe(1_000n);
    const explanation = wholeExplanation(paid, explainReward(paid, grant!));
    expect(explanation.arithmetic).toMatchObject({ exact: '1500', cappedAt: 1000, amount: 1000 });
    expect(rewardWords(explanation, null, NAMES).en).toContain('The cap of 10.00 CNY was applied');
    expect(rewardWords(explanation, null, NAMES)['zh-CN']).toContain('上限 ¥10.00');
  });

  it('matures after the waiting period, counted from completion', () => {
    const pending = rule([percent(100)], { posting: { posting: 'pending', holdDays: 7 } });
    const [grant] = reward(order([{ lineTotal: 1_000n }]), [pending]).grants;
    expect(grant?.matureAt?.toISOString()).toBe('2026-05-08T00:00:00.000Z');
  });

  it('uses the rule version in force at completion', () => {
    const old = rule([percent(100)]);
    const next = { ...old, version: 2, grants: [percent(900)], validFrom: new Date(completedAt.getTime() + 1) };
    expect(reward(order([{ lineTotal: 1_000n }]), [old, next]).grants[0]?.rule.version).toBe(1);
    const later = order([{ lineTotal: 1_000n }], { completedAt: new Date(completedAt.getTime() + 1) });
    expect(reward(later, [old, next]).grants[0]?.amount).toBe(90n);
  });

  it('is nothing for a closed merchant, a zero-value order, an own purchase; held for a suspended merchant', () => {
    const rules = [rule([percent(1000), fixed('POINTS', 5n)])];
    const lines = [{ lineTotal: 1_000n }];
    const closed = order(lines, { merchantAtCompletion: { state: 'closed', group: null, wechatId: 'LiWei_01' } });
    expect(reward(closed, rules)).toMatchObject({ grants: [], noReward: expect.stringContaining('closed') });
    expect(reward(order([{ lineTotal: 0n }]), rules)).toMatchObject({ noReward: 'Nothing was paid for merchandise.' });
    for (const shopperRef of ['liwei_01', 'mer_1', 'ＬｉＷｅｉ＿０１', ' LiWei_01 ', 'Li\u200bWei_01', 'MER_1']) {
      expect(reward(order(lines, { shopperRef }), rules)).toMatchObject({
        noReward: expect.stringContaining('own purchases'),
      });
      expect(reward(order(lines, { shopperRef }), rules, { rewardOwnPurchases: true }).grants).toHaveLength(2);
    }
    const suspended = order(lines, { merchantAtCompletion: { state: 'suspended', group: null, wechatId: 'LiWei_01' } });
    expect(reward(suspended, rules).grants.map((g) => g.held)).toEqual([true, true]);
  });
});

describe('conditions', () => {
  it('count only lines of the categories and products let in, and not those kept out', () => {
    const some = rule([percent(1000)], {
      scope: { merchant: 'mer_1' },
      conditions: {
        include: { categories: ['tea'], products: ['cup'] },
        exclude: { products: ['old-tea'] },
      },
    });
    const all = rule([percent(100)]);
    const basket = order([
      { sku: 'green', category: 'tea', lineTotal: 1_000n },
      { sku: 'old-tea', category: 'tea', lineTotal: 1_000n },
      { sku: 'cup', lineTotal: 1_000n },
      { sku: 'mat', category: 'home', lineTotal: 1_000n },
    ]);
    expect(amounts(basket, [some, all])).toEqual([
      ['CNY', 200n, some.ruleId],
      ['CNY', 20n, all.ruleId],
    ]);
  });

  it('a rule for first orders says nothing about later ones, nor about shoppers that nobody names', () => {
    const welcome = rule([fixed('CNY', 500n)], { conditions: { firstOrder: true }, scope: { merchant: 'mer_1' } });
    const all = rule([percent(100)]);
    const of = order([{ lineTotal: 10_000n }]);
    expect(reward(of, [welcome, all], { firstOrder: true }).grants.map((g) => g.amount)).toEqual([500n]);
    expect(reward(of, [welcome, all]).grants.map((g) => g.amount)).toEqual([100n]);
  });

  it('every bonus rule that matches adds to the winner, by its own terms, and the sum is rounded once', () => {
    const base = rule([percent(105)]);
    const bonus = rule([percent(50, 4n)], { conditions: { bonus: true } });
    const other = rule([percent(15)], { conditions: { bonus: true, minPaid: 1_000 }, scope: { product: 'sku' } });
    const unmatched = rule([percent(5000)], { conditions: { bonus: true }, scope: { product: 'other' } });
    const { grants } = reward(order([{ lineTotal: 1_000n }]), [base, bonus, other, unmatched]);
    expect(grants.map((g) => [g.rule.ruleId, g.amount])).toEqual([
      [base.ruleId, 11n], // 10.5, 4 (capped from 5) and 1.5: 16 in all
      [bonus.ruleId, 4n],
      [other.ruleId, 1n],
    ]);
    const explanation = wholeExplanation(
      order([{ lineTotal: 1_000n }]),
      explainReward(order([{ lineTotal: 1_000n }]), grants[1]!),
    );
    expect(rewardWords(explanation, null, NAMES).en).toContain('It is a bonus');
  });
});

describe('what rules count over many orders', () => {
  const limited = (merchantMonthBudget: bigint | null, ruleBudget: bigint | null): GrantTerms => ({
    ...percent(1000),
    merchantMonthBudget,
    ruleBudget,
  });
  const at = (moment: string, merchantId: MerchantId = 'mer_1') => {
    const one = order([{ lineTotal: 1_000n }], { completedAt: new Date(moment) });
    return { ...one, attribution: { ...one.attribution, merchantId } };
  };

  it('the grant that meets a budget gets what is left, and says so; the next one gets nothing', () => {
    const rules = [rule([limited(250n, null)])];
    const counters = new RewardCounters();
    const earned = (of: RewardableOrder) => reward(of, rules, {}, counters);
    expect([1, 2].map(() => earned(at('2026-05-01T00:00:00Z')).grants[0]?.amount)).toEqual([100n, 100n]);
    const [last] = earned(at('2026-05-30T00:00:00Z')).grants;
    expect(last?.lines).toEqual([{ line: 0, commissionable: 1_000n, share: 50n }]);
    const explained = wholeExplanation(at('2026-05-30T00:00:00Z'), explainReward(at('2026-05-30T00:00:00Z'), last!));
    expect(explained.arithmetic).toMatchObject({
      clampedBy: { month: '2026-05', budget: 250, left: 50, amountBefore: 100 },
      amount: 50,
    });
    expect(rewardWords(explained, null, NAMES).en).toContain(
      'of the merchant’s budget for 2026-05 of 2.50 CNY only 0.50 CNY was left',
    );
    expect(rewardWords(explained, null, NAMES)['zh-CN']).toContain('该微商2026年5月预算 ¥2.50 仅余 ¥0.50');
    expect(earned(at('2026-05-31T15:59:59Z')).noReward).toBe(
      'The budget of the rules that cover this order is used up.',
    );
    // In Shanghai June has begun, and another merchant has a budget of their own.
    expect(earned(at('2026-05-31T16:00:00Z')).grants[0]?.amount).toBe(100n);
    expect(earned(at('2026-05-01T00:00:00Z', 'mer_2')).grants[0]?.amount).toBe(100n);
  });

  it('the budget of a rule is for all merchants and months, and the smaller remainder decides', () => {
    const rules = [rule([limited(150n, 180n)])];
    const counters = new RewardCounters();
    const amountOf = (of: RewardableOrder) => reward(of, rules, {}, counters).grants[0]?.amount;
    expect(amountOf(at('2026-05-01T00:00:00Z'))).toBe(100n);
    expect(amountOf(at('2026-05-01T00:00:00Z'))).toBe(50n);
    expect(amountOf(at('2026-06-09T00:00:00Z', 'mer_2'))).toBe(30n);
    expect(amountOf(at('2026-07-09T00:00:00Z', 'mer_3'))).toBeUndefined();
  });

  it('a later version with a smaller budget than was used gives nothing, never less', () => {
    const first = rule([limited(null, 300n)]);
    const next = { ...rule([limited(null, 50n)]), ruleId: first.ruleId, version: 2, validFrom: completedAt };
    const counters = new RewardCounters();
    expect(reward(at('2026-04-30T00:00:00Z'), [first, next], {}, counters).grants[0]?.amount).toBe(100n);
    expect(reward(at('2026-05-02T00:00:00Z'), [first, next], {}, counters).grants).toEqual([]);
  });

  it('a tiered rule earns by the month’s volume, and explains where the order stands in it', () => {
    const tiers = [
      { from: 0n, rateBps: 100 },
      { from: 1_500n, rateBps: 1000 },
    ];
    const rules = [rule([{ ...NO_LIMIT, asset: 'CNY', kind: 'tiered', mode: 'whole', tiers }])];
    const counters = new RewardCounters();
    const earned = (moment: string) => reward(at(moment), rules, {}, counters).grants[0];
    expect(earned('2026-05-01T00:00:00Z')?.amount).toBe(10n);
    const crossing = earned('2026-05-02T00:00:00Z');
    expect(crossing?.amount).toBe(190n); // 10 % of 2,000, of which 10 were earned before
    const explained = wholeExplanation(
      at('2026-05-02T00:00:00Z'),
      explainReward(at('2026-05-02T00:00:00Z'), crossing!),
    );
    expect(explained.arithmetic.volume).toEqual({ month: '2026-05', before: 1_000, after: 2_000 });
    expect(rewardWords(explained, null, NAMES).en).toContain(
      'In 2026-05 this order takes the volume from 10.00 CNY to 20.00 CNY, and earns',
    );
    expect(earned('2026-05-31T16:00:00Z')?.amount).toBe(10n);
  });

  it('a month’s orders earn what its volume earns, to half a minor unit an order, however they are split', () => {
    const tiers = fc.uniqueArray(fc.record({ from: fc.bigInt({ min: 0n, max: 9_000n }), rateBps: fc.nat(10_000) }), {
      selector: (tier) => tier.from,
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        tiers,
        fc.array(fc.bigInt({ min: 1n, max: 5_000n }), { minLength: 1, maxLength: 9 }),
        (some, month) => {
          const sorted = some.sort((a, b) => (a.from < b.from ? -1 : 1));
          const rules = [rule([{ ...NO_LIMIT, asset: 'CNY', kind: 'tiered', mode: 'marginal', tiers: sorted }])];
          const total = (orders: readonly bigint[]) => {
            const counters = new RewardCounters();
            return orders
              .map((lineTotal) => reward(order([{ lineTotal }]), rules, {}, counters).grants[0]?.amount ?? 0n)
              .reduce((a, b) => a + b, 0n);
          };
          const off = 2n * (total(month) - total([month.reduce((a, b) => a + b, 0n)]));
          expect((off < 0n ? -off : off) <= BigInt(month.length + 1)).toBe(true);
        },
      ),
    );
  });

  it('grants never come to more than a budget, and each order uses what it got', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 500n }),
        fc.array(fc.bigInt({ min: 1n, max: 5_000n }), { minLength: 1, maxLength: 12 }),
        (budget, month) => {
          const rules = [rule([limited(null, budget), fixed('POINTS', 1n)])];
          const counters = new RewardCounters();
          let granted = 0n;
          let due = 0n;
          for (const lineTotal of month) {
            const of = order([{ lineTotal }]);
            granted += reward(of, rules, {}, counters).grants.find((g) => g.asset === 'CNY')?.amount ?? 0n;
            due += divideHalfAwayFromZero(lineTotal, 10n);
          }
          expect(granted).toBe(due < budget ? due : budget);
        },
      ),
    );
  });
});

describe('whatever the order', () => {
  const line = fc.record({
    sku: fc.constantFrom('a', 'b', 'c'),
    category: fc.constantFrom('x', 'y', null),
    lineTotal: fc.bigInt({ min: 0n, max: 1_000_000n }),
  });
  const lines = fc.array(line, { minLength: 1, maxLength: 8 });
  const rates = fc.tuple(
    fc.integer({ min: 1, max: 10_000 }),
    fc.integer({ min: 1, max: 10_000 }),
    fc.integer({ min: 1, max: 10_000 }),
  );
  const caps = fc.option(fc.bigInt({ min: 1n, max: 5_000n }), { nil: null });
  const rulesOf = ([one, two, three]: [number, number, number], cap: bigint | null) => [
    rule([percent(one), { ...NO_LIMIT, asset: 'POINTS', kind: 'per-amount', per: 700n, units: 2n }]),
    rule([percent(two, cap)], { scope: { product: 'a' } }),
    rule([percent(three), fixed('POINTS', 9n)], { scope: { category: 'x' } }),
  ];

  it('no cent is lost: shares add up to grants, grants to the asset rounded once, and caps hold', () => {
    fc.assert(
      fc.property(lines, rates, caps, (basket, rate, cap) => {
        const { grants } = reward(order(basket), rulesOf(rate, cap));
        for (const grant of grants) {
          expect(grant.lines.reduce((sum, part) => sum + part.share, 0n)).toBe(grant.amount);
          expect(grant.amount > 0n && grant.lines.every((part) => part.share >= 0n)).toBe(true);
          if (grant.terms.cap !== null) expect(grant.amount <= grant.terms.cap).toBe(true);
          const all = grants.filter((other) => other.asset === grant.asset);
          const { assetExact } = grant.arithmetic;
          expect(all.reduce((sum, other) => sum + other.amount, 0n)).toBe(
            divideHalfAwayFromZero(assetExact.numerator, assetExact.denominator),
          );
        }
      }),
    );
  });

  it('the order of the lines makes no difference to any amount', () => {
    fc.assert(
      fc.property(
        lines,
        rates,
        caps,
        fc.bigInt({ min: 0n, max: 100n }),
        fc.infiniteStream(fc.nat()),
        (basket, rate, cap, percentPaid, random) => {
          const rules = rulesOf(rate, cap);
          const shuffled = basket
            .map((value) => ({ value, at: random.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ value }) => value);
          const amountPaid = (basket.reduce((sum, one) => sum + one.lineTotal, 0n) * percentPaid) / 100n;
          expect(amounts(order(shuffled, { amountPaid }), rules)).toEqual(
            amounts(order(basket, { amountPaid }), rules),
          );
        },
      ),
    );
  });

  it('who pays more for a line earns the merchant no less', () => {
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 1, max: 10_000 }),
        fc.bigInt({ min: 1n, max: 10_000n }),
        (basket, rate, more) => {
          const rules = [rule([percent(rate)])];
          const total = (of: Line[]) => reward(order(of), rules).grants.reduce((sum, grant) => sum + grant.amount, 0n);
          const [first, ...others] = basket;
          expect(total([{ ...first!, lineTotal: first!.lineTotal + more }, ...others]) >= total(basket)).toBe(true);
        },
      ),
    );
  });
});
