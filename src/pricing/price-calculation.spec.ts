import fc from 'fast-check';
import { RuleBook } from '../shared/rule-book.js';
import { compareRules, matches, scopeProblem, type RuleSubject } from '../shared/rule.js';
import { merchantPrice, priceBasket, type ListLine } from './price-calculation.js';
import { appliesIn, type PriceEffect, type PriceRuleVersion } from './price-rule.js';

const START = new Date('2026-01-01T00:00:00Z');
const SUBJECT: RuleSubject = { storefrontId: 'sto_a', merchantId: 'mer_a', group: 'gold' };

function rule(effect: PriceEffect, over: Partial<PriceRuleVersion> = {}): PriceRuleVersion {
  return {
    ruleId: 'prl_1',
    version: 1,
    scope: {},
    storefrontId: null,
    validFrom: START,
    validTo: null,
    endedAt: null,
    name: null,
    floor: null,
    effect,
    ...over,
  };
}

const percent = (rateBps: number): PriceEffect => ({ kind: 'percent-off', rateBps });
const off = (amount: bigint, currency = 'CNY'): PriceEffect => ({ kind: 'amount-off', amount, currency });
const fixed = (amount: bigint, currency = 'CNY'): PriceEffect => ({ kind: 'fixed-price', amount, currency });
const rulesOf = (rules: PriceRuleVersion[], subject = SUBJECT) => new RuleBook(rules).at(START).for(subject);
const line = (over: Partial<ListLine> = {}): ListLine => ({
  sku: 'tea',
  category: 'drinks',
  quantity: 1,
  unitPrice: 1000n,
  ...over,
});

describe('the price of one unit', () => {
  it.each([
    ['ten per cent off', 1000n, rule(percent(1000)), 900n],
    ['half a cent of discount rounds up to a cent', 50n, rule(percent(100)), 49n],
    ['less than half a cent of discount is none', 49n, rule(percent(100)), 49n],
    ['all of it off', 1000n, rule(percent(10_000)), 0n],
    ['an amount off', 1000n, rule(off(150n)), 850n],
    ['more off than it costs', 100n, rule(off(150n)), 0n],
    ['a fixed price', 1000n, rule(fixed(700n)), 700n],
    ['a fixed price above the list price changes nothing', 1000n, rule(fixed(1200n)), 1000n],
    ['the floor stops a percentage', 1000n, rule(percent(5000), { floor: 800n }), 800n],
    ['the floor stops an amount', 1000n, rule(off(900n), { floor: 800n }), 800n],
    ['the floor stops a fixed price', 1000n, rule(fixed(1n), { floor: 800n }), 800n],
    ['a floor above the list price changes nothing', 500n, rule(percent(1000), { floor: 800n }), 500n],
    ['nothing is taken off nothing', 0n, rule(percent(1000)), 0n],
  ])('%s', (_, list, by, expected) => {
    expect(merchantPrice(list, by)).toBe(expected);
  });
});

describe('the price of a basket', () => {
  it('is the list price to the cent when nobody brought the shopper', () => {
    const lines = [line({ quantity: 3 }), line({ sku: 'cup', category: null, unitPrice: 333n })];
    const basket = priceBasket(lines, 'CNY', null);
    expect(basket).toMatchObject({ listTotal: 3333n, discountTotal: 0n, total: 3333n });
    expect(basket.lines.map((l) => [l.unitPrice, l.rule])).toEqual([
      [1000n, null],
      [333n, null],
    ]);
  });

  it('rounds the discount of one unit and multiplies then', () => {
    const basket = priceBasket([line({ unitPrice: 333n, quantity: 100 })], 'CNY', rulesOf([rule(percent(500))]));
    expect(basket).toMatchObject({ listTotal: 33_300n, total: 31_600n, discountTotal: 1700n });
  });

  it('takes the most specific rule for each line, and skips rules of another currency', () => {
    const rules = [
      rule(percent(100), { ruleId: 'prl_everyone' }),
      rule(percent(200), { ruleId: 'prl_group', scope: { group: 'gold' } }),
      rule(off(5n), { ruleId: 'prl_tea', scope: { merchant: 'mer_a', product: 'tea' } }),
      rule(off(7n, 'EUR'), { ruleId: 'prl_euro', scope: { merchant: 'mer_a' } }),
      rule(fixed(1n), { ruleId: 'prl_other', scope: { merchant: 'mer_b' } }),
    ];
    const lines = [line(), line({ sku: 'cup' })];
    const chosen = (subject = SUBJECT, currency = 'CNY') =>
      priceBasket(lines, currency, rulesOf(rules, subject)).lines.map((l) => l.rule?.ruleId);
    expect(chosen()).toEqual(['prl_tea', 'prl_group']);
    expect(chosen(SUBJECT, 'EUR')).toEqual(['prl_euro', 'prl_euro']);
    expect(chosen({ ...SUBJECT, merchantId: 'mer_b' })).toEqual(['prl_other', 'prl_other']);
    expect(chosen({ ...SUBJECT, storefrontId: 'sto_b', merchantId: 'mer_c' })).toEqual(['prl_group', 'prl_group']);
  });

  const amounts = fc.bigInt({ min: 0n, max: 10_000_000_000n });
  const effects: fc.Arbitrary<PriceEffect> = fc.oneof(
    fc.integer({ min: 0, max: 10_000 }).map(percent),
    fc.tuple(amounts, fc.constantFrom('CNY', 'EUR')).map(([amount, currency]) => off(amount, currency)),
    fc.tuple(amounts, fc.constantFrom('CNY', 'EUR')).map(([amount, currency]) => fixed(amount, currency)),
  );
  const rules = fc.uniqueArray(
    fc
      .record({
        n: fc.nat(20),
        effect: effects,
        floor: fc.option(amounts),
        scope: fc
          .record(
            {
              merchant: fc.constantFrom('mer_a' as const, 'mer_b' as const),
              group: fc.constantFrom('gold', 'silver'),
              product: fc.constantFrom('tea', 'cup'),
              category: fc.constantFrom('drinks', 'tea'),
            },
            { requiredKeys: [] },
          )
          .filter((scope) => scopeProblem(scope) === null),
        storefrontId: fc.constantFrom(null, 'sto_a' as const, 'sto_b' as const),
      })
      .map(({ n, effect, ...over }) => rule(effect, { ruleId: `prl_${n}`, ...over })),
    { selector: (r) => r.ruleId },
  );
  const baskets = fc.array(
    fc.record({
      sku: fc.constantFrom('tea', 'cup', 'pot'),
      category: fc.constantFrom(null, 'drinks'),
      quantity: fc.integer({ min: 1, max: 1_000_000 }),
      unitPrice: amounts,
    }),
  );

  it('keeps every unit between its floor and its list price, and every sum exact', () => {
    fc.assert(
      fc.property(baskets, rules, (lines, list) => {
        const basket = priceBasket(lines, 'CNY', rulesOf(list));
        let total = 0n;
        for (const priced of basket.lines) {
          expect(priced.unitPrice >= 0n && priced.unitPrice <= priced.listUnitPrice).toBe(true);
          const floor = priced.rule?.floor ?? 0n;
          expect(priced.unitPrice >= floor || priced.unitPrice === priced.listUnitPrice).toBe(true);
          expect(priced.lineTotal).toBe(priced.unitPrice * BigInt(priced.quantity));
          total += priced.lineTotal;
        }
        expect(basket.total).toBe(total);
        expect(basket.listTotal - basket.discountTotal).toBe(total);
      }),
    );
  });

  it('takes the same rules whatever order they were made known in, and the ones that looking at each would find', () => {
    fc.assert(
      fc.property(baskets, rules, (lines, list) => {
        const basket = priceBasket(lines, 'CNY', rulesOf(list));
        expect(priceBasket(lines, 'CNY', rulesOf([...list].reverse()))).toEqual(basket);
        for (const priced of basket.lines) {
          const covering = list.filter((r) => matches(r, SUBJECT, priced) && appliesIn(r, 'CNY')).sort(compareRules);
          expect(priced.rule).toEqual(covering[0] ?? null);
        }
      }),
    );
  });
});
