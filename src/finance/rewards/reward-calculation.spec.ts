import fc from 'fast-check';
import { divideHalfAwayFromZero } from '../../shared/money.js';
import { RuleBook } from '../../shared/rule-book.js';
import { calculateRewards, lineBases, type RewardableOrder } from './reward-calculation.js';
import { explainReward } from './reward-explanation.js';
import { rewardWords } from './reward-words.js';
import type { GrantTerms, RewardRuleVersion } from './reward-rule.js';

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
    minPaid: null,
    grants,
    ...over,
  };
}

const percent = (rateBps: number, cap: bigint | null = null): GrantTerms => ({
  asset: 'CNY',
  kind: 'percent',
  rateBps,
  cap,
});
const fixed = (asset: string, amount: bigint): GrantTerms => ({ asset, kind: 'fixed', amount, cap: null });

function reward(of: RewardableOrder, rules: RewardRuleVersion[], rewardOwnPurchases = false) {
  return calculateRewards(of, new RuleBook(rules), { rewardOwnPurchases });
}
const amounts = (of: RewardableOrder, rules: RewardRuleVersion[]) =>
  reward(of, rules).grants.map((g) => [g.asset, g.amount, g.rule.ruleId]);

describe('what an order earns', () => {
  it('is a share of what was paid for merchandise, rounded half away from zero: 500 × 2.9 % = 15', () => {
    const [grant] = reward(order([{ lineTotal: 500n }]), [rule([percent(290)])]).grants;
    expect(grant).toMatchObject({ asset: 'CNY', amount: 15n, matureAt: null, held: false });
  });

  it('leaves shipping, tax and discounts out of the basis', () => {
    const paid = order([{ lineTotal: 10_000n }, { lineTotal: 20_000n }], {
      amountPaid: 16_000n,
      shipping: 700n,
      tax: 300n,
    });
    expect(lineBases(paid)).toEqual([5_000n, 10_000n]);
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
    const dollars = rule([{ asset: 'USD', kind: 'fixed', amount: 5n, cap: null }]);
    const large = rule([percent(5000)], { minPaid: 1_001n, scope: { merchant: 'mer_1' } });
    const all = rule([percent(100)]);
    expect(amounts(order([{ lineTotal: 1_000n }]), [dollars, large, all])).toEqual([['CNY', 10n, all.ruleId]]);
  });

  it('counts points for every full amount, and a fixed grant once an order', () => {
    const points = rule([{ asset: 'POINTS', kind: 'per-amount', per: 1_000n, units: 3n, cap: null }]);
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
    const explanation = explainReward(paid, grant!);
    expect(explanation.arithmetic).toMatchObject({ exact: '1500', cappedAt: 1000, amount: 1000 });
    expect(rewardWords(explanation, null).en).toContain('The cap of 10.00 CNY was applied');
    expect(rewardWords(explanation, null)['zh-CN']).toContain('上限 10.00 CNY');
  });

  it('matures after the hold period, counted from completion', () => {
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
    expect(reward(closed, rules)).toMatchObject({ grants: [], nothing: expect.stringContaining('closed') });
    expect(reward(order([{ lineTotal: 0n }]), rules)).toMatchObject({ nothing: 'Nothing was paid for merchandise.' });
    for (const shopperRef of ['liwei_01', 'mer_1']) {
      expect(reward(order(lines, { shopperRef }), rules)).toMatchObject({
        nothing: expect.stringContaining('own purchases'),
      });
      expect(reward(order(lines, { shopperRef }), rules, true).grants).toHaveLength(2);
    }
    const suspended = order(lines, { merchantAtCompletion: { state: 'suspended', group: null, wechatId: 'LiWei_01' } });
    expect(reward(suspended, rules).grants.map((g) => g.held)).toEqual([true, true]);
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
    rule([percent(one), { asset: 'POINTS', kind: 'per-amount', per: 700n, units: 2n, cap: null }]),
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
