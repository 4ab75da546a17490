import {
  conditionFaults,
  conditionsOf,
  conditionWords,
  unmet,
  wholeConditions,
  type Considered,
  type RewardConditions,
} from './reward-conditions.js';

const at = (sku: string, category: string | null = null, more: Partial<Considered> = {}): Considered => ({
  line: { sku, category },
  merchandise: 1_000n,
  firstOrder: false,
  ...more,
});
const counts = (conditions: RewardConditions, sku: string, category?: string | null) =>
  unmet(conditions, at(sku, category)) === null;

describe('whether a line counts for a rule', () => {
  it('does when the rule names no lines', () => {
    expect(counts({}, 'tea')).toBe(true);
  });

  it('does when its product or its category is let in', () => {
    const include = { products: ['tea'], categories: ['gifts'] };
    expect(counts({ include }, 'tea')).toBe(true);
    expect(counts({ include }, 'cup', 'gifts')).toBe(true);
    expect(counts({ include }, 'cup', 'drinks')).toBe(false);
    expect(counts({ include }, 'cup')).toBe(false);
    expect(counts({ include }, 'gifts', 'tea')).toBe(false);
  });

  it('does not when it is kept out, even when it is let in, too', () => {
    const exclude = { products: ['tea'], categories: ['gifts'] };
    expect(counts({ exclude }, 'tea')).toBe(false);
    expect(counts({ exclude }, 'cup', 'gifts')).toBe(false);
    expect(counts({ exclude }, 'cup')).toBe(true);
    expect(counts({ include: { products: ['tea'] }, exclude }, 'tea')).toBe(false);
    expect(counts({ include: { products: ['cup'] }, exclude }, 'cup')).toBe(true);
  });

  it('says what kept it out, and of several the amount first, then the first order, then the lines', () => {
    const include = { products: ['cup'] };
    const all = { minPaid: 1_001, firstOrder: true, include };
    expect(unmet(all, at('tea'))).toBe('min-paid');
    expect(unmet(all, at('tea', null, { merchandise: 1_001n }))).toBe('not-first-order');
    expect(unmet(all, at('tea', null, { merchandise: 1_001n, firstOrder: true }))).toBe('not-these-lines');
    expect(unmet(all, at('cup', null, { merchandise: 1_001n, firstOrder: true }))).toBeNull();
    expect(unmet({ bonus: true }, at('tea'))).toBeNull();
  });
});

describe('conditions as they are kept', () => {
  it.each<[RewardConditions]>([
    [{}],
    [{ minPaid: 0 }],
    [{ include: { products: ['tea'] } }],
    [{ exclude: { categories: ['gifts'] } }],
    [{ firstOrder: true }],
    [{ bonus: true }],
    [{ include: { categories: ['a'], products: ['b'] }, exclude: { products: ['c'] }, firstOrder: true, bonus: true }],
  ])('say what was said, and leave out what is no condition: %j', (conditions) => {
    expect(conditionsOf(conditions)).toEqual(conditions);
    const nothing = { minPaid: null, include: null, exclude: null, firstOrder: false, bonus: false };
    expect(wholeConditions(conditions)).toEqual({ ...nothing, ...conditions });
    expect(conditionsOf(wholeConditions(conditions))).toEqual(conditions);
  });

  it('are none where nothing was said, and know nothing but conditions', () => {
    expect(conditionsOf({ minPaid: null, include: null, firstOrder: null, bonus: false })).toEqual({});
    expect(conditionsOf({ name: 'Spring' } as object)).toEqual({});
    expect(conditionsOf({ include: { categories: [], products: null } })).toEqual({ include: {} });
  });

  it('must name categories or products where they are about lines', () => {
    expect(conditionFaults({ include: {}, exclude: { products: [] } })).toEqual([
      { name: 'include', detail: 'must name categories or products' },
      { name: 'exclude', detail: 'must name categories or products' },
    ]);
    expect(conditionFaults({ include: { products: ['tea'] }, minPaid: 0, bonus: true })).toEqual([]);
  });

  it('are explained each once, and only those that there are', () => {
    const lines = { products: ['tea'] };
    expect(conditionWords({ include: lines, exclude: lines, firstOrder: true, bonus: true }, 'en')).toEqual([
      'It is for a shopper’s first order, as this is.',
      'It counts only certain products and categories.',
    ]);
    expect(conditionWords({}, 'zh-CN')).toEqual([]);
  });
});
