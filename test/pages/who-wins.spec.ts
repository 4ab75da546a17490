import fc from 'fast-check';
import { calculateRewards } from '../../src/finance/rewards/reward-calculation.js';
import { RewardCounters } from '../../src/finance/rewards/reward-counters.js';
import type { LineFilter } from '../../src/finance/rewards/reward-conditions.js';
import type { GrantTerms, RewardRuleVersion } from '../../src/finance/rewards/reward-rule.js';
import { selectRules, type RewardableOrder } from '../../src/finance/rewards/reward-selection.js';
import type { PriceRuleVersion } from '../../src/pricing/price-rule.js';
import { RuleBook } from '../../src/shared/rule-book.js';
import { winningPrices, winningRewards, type Basket } from '../../web/console/pages/rules/who-wins.js';

const at = new Date('2026-05-01T00:00:00Z');

const NO_LIMIT = { cap: null, merchantMonthBudget: null, ruleBudget: null };
const cap = fc.option(fc.bigInt(1n, 3_000n));
const grant: fc.Arbitrary<GrantTerms> = fc.oneof(
  fc
    .record({ rateBps: fc.integer({ min: 1, max: 10_000 }), cap, asset: fc.constantFrom('CNY', 'EUR') })
    .map((terms): GrantTerms => ({ ...NO_LIMIT, ...terms, kind: 'percent' })),
  fc
    .record({ amount: fc.bigInt(1n, 500n), cap })
    .map((terms): GrantTerms => ({ ...NO_LIMIT, ...terms, asset: 'CNY', kind: 'fixed' })),
  fc
    .record({ per: fc.bigInt(1n, 900n), units: fc.bigInt(1n, 9n), cap })
    .map((terms): GrantTerms => ({ ...NO_LIMIT, ...terms, asset: 'POINTS', kind: 'per-amount' })),
  fc
    .record({ first: fc.integer({ max: 5_000, min: 0 }), more: fc.integer({ max: 5_000, min: 0 }) })
    .map(({ first, more }): GrantTerms => ({
      ...NO_LIMIT,
      asset: 'CNY',
      kind: 'tiered',
      mode: 'whole',
      tiers: [
        { from: 0n, rateBps: first },
        { from: 2_000n, rateBps: first + more },
      ],
    })),
);
const who = fc.constantFrom({}, { merchant: 'mer_1' } as const, { merchant: 'mer_2' } as const, { group: 'gold' });
const what = fc.constantFrom({}, { product: 'a' }, { category: 'tea' }, { category: 'books' });
const version = fc.record({
  who,
  what,
  storefrontId: fc.constantFrom(null, 'sto_1' as const, 'sto_2' as const),
  from: fc.constantFrom('2020-01-01', '2025-01-01', '2027-01-01'),
  ended: fc.boolean(),
});
type Version = typeof version extends fc.Arbitrary<infer V> ? V : never;

function common({ who: whose, what: bought, storefrontId, from, ended }: Version) {
  return {
    version: 1,
    name: null,
    scope: { ...whose, ...bought },
    storefrontId,
    validFrom: new Date(from),
    validTo: null,
    endedAt: ended ? new Date('2026-04-01T00:00:00Z') : null,
  };
}

const conditions = fc.record(
  {
    minPaid: fc.integer({ min: 1, max: 4_000 }),
    firstOrder: fc.constant(true),
    bonus: fc.constant(true),
    include: fc.constantFrom<LineFilter>({ products: ['a'] }, { categories: ['tea'] }),
    exclude: fc.constant<LineFilter>({ products: ['b'] }),
  },
  { requiredKeys: [] },
);
const rules = fc
  .array(fc.record({ version, grants: fc.array(grant, { minLength: 1, maxLength: 2 }), conditions }), { maxLength: 12 })
  .map((made) =>
    made.map(({ version: one, grants, conditions: asked }, index): RewardRuleVersion => ({
      ...common(one),
      ruleId: `rrl_${index.toString().padStart(3, '0')}`,
      posting: { posting: 'direct' },
      conditions: asked,
      // One grant for each asset of a rule.
      grants: grants.filter(({ asset }, place) => grants.findIndex((other) => other.asset === asset) === place),
    })),
  );
const line = fc.record({
  sku: fc.constantFrom('a', 'b', 'c'),
  category: fc.constantFrom(null, 'tea', 'books'),
  quantity: fc.integer({ min: 1, max: 3 }),
  unitPrice: fc.bigInt(0n, 2_000n),
});
const baskets = fc.record({
  group: fc.constantFrom(null, 'gold'),
  firstOrder: fc.boolean(),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
});
type Tried = typeof baskets extends fc.Arbitrary<infer B> ? B : never;

function basketOf({ group, firstOrder, lines }: Tried): Basket {
  const subject = { storefrontId: 'sto_1', merchantId: 'mer_1', group } as const;
  return { subject, currency: 'CNY', lines, firstOrder, volumeBefore: 0n };
}

function orderOf({ group, lines }: Tried): RewardableOrder {
  const priced = lines.map((one) => ({ ...one, lineTotal: one.unitPrice * BigInt(one.quantity) }));
  return {
    id: 'ord_1',
    storefrontId: 'sto_1',
    orderId: 'A-1',
    state: 'completed',
    currency: 'CNY',
    lines: priced,
    shipping: 0n,
    tax: 0n,
    shopperRef: null,
    attribution: { merchantId: 'mer_1', via: 'code', visitId: 'vis_1', attributedAt: '', reason: '' },
    placedAt: at,
    amountPaid: priced.reduce((sum, { lineTotal }) => sum + lineTotal, 0n),
    completedAt: at,
    merchantAtCompletion: { state: 'active', group, wechatId: 'LiWei_01' },
  };
}

test('a basket is won by the rules that would reward the order, and earns the same', () => {
  fc.assert(
    fc.property(rules, baskets, (versions, tried) => {
      const shown = winningRewards(versions, basketOf(tried), at);
      const order = orderOf(tried);
      const context = { rewardOwnPurchases: false, firstOrder: tried.firstOrder, timeZone: 'Asia/Shanghai' };
      const selection = selectRules(order, new RuleBook(versions), context);
      const really = 'noReward' in selection ? [] : selection.groups;
      expect(
        shown.lines
          .flatMap(({ assets }, place) =>
            assets.flatMap(({ asset, winner, bonuses }) =>
              [...(winner ? [winner] : []), ...bonuses].map(({ rule }) => `${place} ${asset} ${rule.ruleId}`),
            ),
          )
          .sort(),
      ).toEqual(
        really
          .flatMap(({ rule, terms, lines }) => lines.map((won) => `${won.line} ${terms.asset} ${rule.ruleId}`))
          .sort(),
      );
      const grants = 'noReward' in selection ? [] : calculateRewards(order, selection, new RewardCounters()).grants;
      const earned = (asset: string) =>
        grants.filter((one) => one.asset === asset).reduce((total, { amount }) => total + amount, 0n);
      for (const { asset, amount } of shown.earned) expect(amount).toBe(earned(asset));
    }),
    { numRuns: 500 },
  );
});

test('a loser says why it lost: less specific, older, or of another currency', () => {
  const price = (ruleId: `prl_${string}`, over: Partial<PriceRuleVersion>): PriceRuleVersion => ({
    ruleId,
    version: 1,
    name: null,
    scope: {},
    storefrontId: null,
    validFrom: new Date('2026-01-01'),
    validTo: null,
    endedAt: null,
    effect: { kind: 'percent-off', rateBps: 1_000 },
    floor: null,
    ...over,
  });
  const versions = [
    price('prl_1', { scope: { category: 'tea' } }),
    price('prl_2', { scope: { category: 'tea' }, validFrom: new Date('2025-01-01') }),
    price('prl_3', {}),
    price('prl_4', { scope: { product: 'a' }, effect: { kind: 'fixed-price', amount: 1n, currency: 'EUR' } }),
  ];
  const basket = basketOf({
    group: null,
    firstOrder: false,
    lines: [{ sku: 'a', category: 'tea', quantity: 2, unitPrice: 1_000n }],
  });
  const { lines, total } = winningPrices(versions, basket, at);
  expect(total).toBe(1_800n);
  expect(lines[0]?.rule?.ruleId).toBe('prl_1');
  expect(lines[0]?.losers.map(({ rule, loss }) => [rule.ruleId, loss])).toEqual([
    ['prl_4', 'other-currency'],
    ['prl_2', 'valid-earlier'],
    ['prl_3', 'less-specific'],
  ]);
});
