import { conditionsFromJson, conditionsToJson, countsLine, type ConditionsJson } from './reward-conditions.js';

const line = (sku: string, category: string | null = null) => ({ sku, category });
const counts = (json: ConditionsJson, ...of: [sku: string, category?: string | null]) =>
  countsLine(conditionsFromJson(json), line(...of));

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
});

describe('conditions as they are kept', () => {
  it.each<[ConditionsJson]>([
    [{}],
    [{ include: { products: ['tea'] } }],
    [{ exclude: { categories: ['gifts'] } }],
    [{ firstOrder: true }],
    [{ bonus: true }],
    [{ include: { categories: ['a'], products: ['b'] }, exclude: { products: ['c'] }, firstOrder: true, bonus: true }],
  ])('say what was said, and leave out what is no condition: %j', (json) => {
    expect(conditionsToJson(conditionsFromJson(json))).toEqual(json);
  });

  it('are none where nothing was said', () => {
    const none = { include: null, exclude: null, firstOrder: false, bonus: false };
    expect(conditionsFromJson({})).toEqual(none);
    expect(conditionsToJson(none)).toEqual({});
    expect(conditionsFromJson({ include: {} }).include).toEqual({ categories: [], products: [] });
  });
});
