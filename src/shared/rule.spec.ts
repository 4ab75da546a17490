import fc from 'fast-check';
import { RuleBook } from './rule-book.js';
import {
  compareRules,
  inForce,
  matches,
  scopeProblem,
  specificity,
  type RuleLine,
  type RuleScope,
  type RuleSubject,
  type RuleVersion,
} from './rule.js';
import type { RuleId } from './ids.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

function version(over: Partial<RuleVersion> = {}): RuleVersion {
  return {
    ruleId: 'prl_1',
    version: 1,
    scope: {},
    storefrontId: null,
    validFrom: day(1),
    validTo: null,
    endedAt: null,
    ...over,
  };
}

const ORDER: RuleScope[] = [
  { merchant: 'mer_m', product: 'p' },
  { merchant: 'mer_m', category: 'c' },
  { merchant: 'mer_m' },
  { group: 'g', product: 'p' },
  { group: 'g', category: 'c' },
  { group: 'g' },
  { product: 'p' },
  { category: 'c' },
  {},
];

const name = <Name extends string>(...names: Name[]) => fc.option(fc.constantFrom(...names), { nil: undefined });
const moment = fc.integer({ min: 1, max: 6 }).map(day);
const scopes = fc
  .record({
    merchant: name('mer_a', 'mer_b'),
    group: name('mer_a', 'g'),
    product: name('p', 'q'),
    category: name('p', 'c'),
  })
  .filter((scope) => scopeProblem(scope) === null);
const versions = fc.uniqueArray(
  fc.record({
    ruleId: fc.constantFrom<RuleId>('prl_1', 'prl_2', 'prl_3', 'prl_4'),
    version: fc.integer({ min: 1, max: 4 }),
    scope: scopes,
    storefrontId: fc.constantFrom(null, 'sto_s' as const, 'sto_t' as const),
    validFrom: moment,
    validTo: fc.option(moment),
    endedAt: fc.option(moment),
  }),
  { selector: (v) => `${v.ruleId}/${v.version}`, maxLength: 16 },
);
const subjects: fc.Arbitrary<RuleSubject> = fc.record({
  storefrontId: fc.constantFrom('sto_s', 'sto_t'),
  merchantId: fc.constantFrom('mer_a', 'mer_b'),
  group: fc.constantFrom(null, 'mer_a', 'g'),
});
const lines: fc.Arbitrary<RuleLine> = fc.record({
  sku: fc.constantFrom('p', 'q'),
  category: fc.constantFrom(null, 'p', 'c'),
});

describe('which rule wins', () => {
  it('ranks scopes from merchant and product down to everyone', () => {
    expect(ORDER.map(specificity)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('breaks ties by later start, then higher version, then the rule made later', () => {
    const late = version({ validFrom: day(2) });
    const second = version({ version: 2 });
    const younger = version({ ruleId: 'prl_2' });
    const sorted = [version(), younger, second, late].sort(compareRules);
    expect(sorted).toEqual([late, second, younger, version()]);
  });

  it('orders any rules the same whatever order they come in', () => {
    fc.assert(
      fc.property(versions, fc.infiniteStream(fc.nat()), (list, keys) => {
        const shuffled = list.map((v) => [keys.next().value, v] as const).sort((a, b) => a[0] - b[0]);
        expect(shuffled.map(([, v]) => v).sort(compareRules)).toEqual([...list].sort(compareRules));
      }),
    );
  });

  it('is a total order: antisymmetric, transitive, and zero only for itself', () => {
    fc.assert(
      fc.property(versions, (list) => {
        const sorted = [...list].sort(compareRules);
        sorted.forEach((a, i) => {
          sorted.forEach((b, j) => {
            expect(Math.sign(compareRules(a, b))).toBe(Math.sign(i - j));
          });
        });
      }),
    );
  });

  it('refuses a scope for merchant and group, or for product and category', () => {
    expect(scopeProblem({ merchant: 'mer_m', group: 'g' })).toMatch(/exclude/);
    expect(scopeProblem({ product: 'p', category: 'c' })).toMatch(/exclude/);
    expect(scopeProblem({ group: 'g', category: 'c' })).toBeNull();
  });
});

describe('when a rule holds', () => {
  it('holds from its first moment to just before its last', () => {
    const rule = version({ validFrom: day(2), validTo: day(4) });
    expect([1, 2, 3, 4].map((n) => inForce([rule], day(n)).length)).toEqual([0, 1, 1, 0]);
  });

  it('is replaced by a later version from that moment on, and does not come back when that one ends', () => {
    const first = version();
    const second = version({ version: 2, validFrom: day(3), validTo: day(5) });
    expect([2, 3, 4, 5].map((n) => inForce([second, first], day(n)).map((v) => v.version))).toEqual([
      [1],
      [2],
      [2],
      [],
    ]);
  });

  it('of two versions from one moment is the higher one, whichever was made known first', () => {
    const [first, second] = [version(), version({ version: 2 })];
    for (const list of [
      [first, second],
      [second, first],
    ])
      expect(inForce(list, day(1))).toEqual([second]);
  });

  it('of several rules each has its version', () => {
    const other = version({ ruleId: 'prl_2', validFrom: day(2) });
    expect(inForce([version(), other], day(2))).toEqual([version(), other]);
  });

  it('ends with all its versions', () => {
    const rule = [version({ endedAt: day(3) }), version({ version: 2, validFrom: day(4), endedAt: day(3) })];
    expect([2, 3, 5].map((n) => inForce(rule, day(n)).length)).toEqual([1, 0, 0]);
  });
});

describe('whom and what a rule is for', () => {
  const subject: RuleSubject = { storefrontId: 'sto_s', merchantId: 'mer_m', group: 'g' };
  const line: RuleLine = { sku: 'p', category: 'c' };
  const covers = (over: Partial<RuleVersion>) => matches(version(over), subject, line);

  it('is everyone and everything when it says nothing', () => {
    expect(covers({})).toBe(true);
  });

  it.each<[string, Partial<RuleVersion>, Partial<RuleVersion>]>([
    ['storefront', { storefrontId: 'sto_s' }, { storefrontId: 'sto_t' }],
    ['merchant', { scope: { merchant: 'mer_m' } }, { scope: { merchant: 'mer_n' } }],
    ['group', { scope: { group: 'g' } }, { scope: { group: 'h' } }],
    ['product', { scope: { product: 'p' } }, { scope: { product: 'q' } }],
    ['category', { scope: { category: 'c' } }, { scope: { category: 'd' } }],
  ])('is one %s and no other when it names one', (_, own, other) => {
    expect([covers(own), covers(other)]).toEqual([true, false]);
  });

  it('is nobody without a group, and nothing without a category, when it names one', () => {
    expect(matches(version({ scope: { group: 'g' } }), { ...subject, group: null }, line)).toBe(false);
    expect(matches(version({ scope: { category: 'c' } }), subject, { ...line, category: null })).toBe(false);
  });
});

describe('the rule book', () => {
  it('finds the same rules in the same order as looking at each rule', () => {
    fc.assert(
      fc.property(versions, subjects, lines, fc.array(moment, { minLength: 1 }), (list, subject, line, moments) => {
        const book = new RuleBook(list);
        for (const at of moments) {
          const expected = inForce(list, at).filter((v) => matches(v, subject, line));
          expect([...book.at(at).for(subject).covering(line)]).toEqual(expected.sort(compareRules));
        }
      }),
    );
  });

  it('chooses the most specific rule that applies', () => {
    const rules = ORDER.map((scope, i) => version({ ruleId: `prl_${i}`, scope }));
    const mine = new RuleBook(rules).at(day(1)).for({ storefrontId: 'sto_s', merchantId: 'mer_m', group: 'g' });
    const line = { sku: 'p', category: 'c' };
    expect(mine.choose(line, () => true)?.ruleId).toBe('prl_0');
    expect(mine.choose(line, (v) => v.scope.merchant === undefined)?.ruleId).toBe('prl_3');
    expect(mine.choose(line, () => false)).toBeUndefined();
  });
});
