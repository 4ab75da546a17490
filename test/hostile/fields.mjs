// @ts-check
/** The fields of a body, and what its schema says of each. */

/**
 * @typedef {(string | number)[]} Place
 * @typedef {{ place: Place, schema: any, value: unknown }} Field
 */

/**
 * Every field of a value and what it might have beside, with its schema; the whole first.
 * @param {any} schema @param {unknown} value @param {(node: any) => any} follow @returns {Field[]}
 */
export function fieldsOf(schema, value, follow) {
  /** @type {Field[]} */
  const found = [];
  /** @param {any} given @param {unknown} at @param {Place} place */
  const walk = (given, at, place) => {
    const shape = shapeOf(given, follow);
    found.push({ place, schema: shape, value: at });
    if (place.length > 6) return;
    if (Array.isArray(at)) at.slice(0, 3).forEach((item, index) => walk(shape?.items, item, [...place, index]));
    else if (at !== null && typeof at === 'object') {
      for (const [key, item] of Object.entries(at)) walk(shape?.properties?.[key], item, [...place, key]);
      for (const key of Object.keys(shape?.properties ?? {}))
        if (!(key in at))
          found.push({ place: [...place, key], schema: shapeOf(shape.properties[key], follow), value: undefined });
    }
  };
  walk(schema, value, []);
  return found;
}

/** @param {any} schema @param {(node: any) => any} follow @returns {any} */
function shapeOf(schema, follow) {
  const shape = follow(schema);
  const choice = shape?.anyOf ?? shape?.oneOf ?? shape?.allOf;
  return choice
    ? {
        ...shape,
        ...shapeOf(
          choice.find((/** @type {any} */ one) => follow(one)?.type !== 'null'),
          follow,
        ),
      }
    : shape;
}

/** The same value with another at a place; `undefined` takes it away. @param {any} value @param {Place} place @param {unknown} put @returns {any} */
export function withAt(value, place, put) {
  const [first, ...rest] = place;
  if (first === undefined) return put;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? withAt(item, rest, put) : item));
  const { [first]: old, ...others } = value ?? {};
  const made = withAt(old, rest, put);
  return made === undefined ? others : { ...others, [first]: made };
}

/** @param {any} schema */
const typeOf = (schema) =>
  Array.isArray(schema?.type) ? schema.type.find((/** @type {string} */ t) => t !== 'null') : schema?.type;

const MOMENTS = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '1000-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59Z',
  '1970-01-01T00:00:00Z',
  '1970-01-01T00:00:00.001+14:00',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999999999Z',
  '10000-01-01T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2038-01-19T03:14:08Z',
  '2026-02-29T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:59:60Z',
  '2026-01-01',
  '2026-01-01T00:00:00',
  '2026-W01-1',
  '20260101T000000Z',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00-23:59',
  '2026-01-01t00:00:00z',
  '2026-01-01 00:00:00Z',
  'now',
  '0',
  '1e3',
  '2026-01-01T00:00:00Z ',
];
const DAYS = [
  '0000-00-00',
  '0001-01-01',
  '1969-12-31',
  '9999-12-31',
  '10000-01-01',
  '2026-02-29',
  '2026-1-1',
  '2026-01-01T00:00:00Z',
  '20260101',
  'today',
  '',
];
const MONTHS = ['0000-01', '1969-12', '1970-01', '8999-12', '9999-12', '2026-13', '2026-00', '2026-1', '202601', ''];
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  1.5,
  -1.5,
  127,
  128,
  255,
  256,
  32_767,
  32_768,
  65_535,
  65_536,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_648,
  -2_147_483_649,
  4_294_967_295,
  4_294_967_296,
  9_007_199_254_740_991,
  9_007_199_254_740_992,
  -9_007_199_254_740_991,
  1e16,
  1e18,
  2 ** 63,
  2 ** 64,
  1e21,
  1e308,
  -1e308,
  5e-324,
  1e-7,
];

/**
 * Values at and just beyond what a schema allows.
 * @param {any} schema @param {import('./chance.mjs').Chance} chance @returns {unknown}
 */
export function boundaryOf(schema, chance) {
  const { minimum, maximum, minLength, maxLength, format, enum: choices, pattern } = schema ?? {};
  const letter = chance.of(['x', 'é', '中', '😀', ' ', '0']);
  if (choices) return chance.of([...choices, '', String(choices[0]).toUpperCase(), `${choices[0]} `]);
  switch (typeOf(schema)) {
    case 'integer':
    case 'number': {
      const ends = [minimum, maximum].filter((end) => end !== undefined).flatMap((end) => [end - 1, end, end + 1]);
      return chance.of([...NUMBERS, ...ends, ...ends]);
    }
    case 'boolean':
      return chance.of([true, false, null, 'true', 0, 1]);
    case 'array':
      return chance.of([[], [null], [[]], [{}], Array(2).fill(''), Array(201).fill('x'), Array(10_001).fill(0)]);
    case 'object':
      return chance.of([{}, [], null, { '': '' }]);
    default: {
      if (format === 'date-time') return chance.of(MOMENTS);
      if (format === 'date') return chance.of(DAYS);
      if (pattern?.includes('0[1-9]|1[0-2]')) return chance.of(MONTHS);
      const lengths = [
        0,
        minLength,
        (minLength ?? 1) - 1,
        maxLength,
        (maxLength ?? 255) + 1,
        maxLength && maxLength - 1,
        40,
        41,
        64,
        65,
        128,
        129,
        191,
        255,
        256,
        2_000,
        4_096,
        65_535,
        65_536,
      ];
      return letter.repeat(chance.of(lengths.filter((length) => length !== undefined && length >= 0)));
    }
  }
}

/** A value of another type than the schema's. @param {any} schema @param {import('./chance.mjs').Chance} chance */
export function wrongTypeOf(schema, chance) {
  const own = typeOf(schema);
  /** @type {[string, unknown][]} */
  const all = [
    ['null', null],
    ['boolean', true],
    ['boolean', false],
    ['integer', 7],
    ['number', 1.25],
    ['string', 'text'],
    ['string', '7'],
    ['string', ''],
    ['array', []],
    ['array', ['text']],
    ['array', [[[]]]],
    ['array', [null]],
    ['object', {}],
    ['object', { id: 'x' }],
    ['object', { length: 1e9 }],
    ['object', { toString: 1 }],
    ['object', { valueOf: null, toJSON: 'x' }],
    ['object', { 0: 'a', length: 1 }],
  ];
  return chance.of(all.filter(([type]) => type !== own))[1];
}
