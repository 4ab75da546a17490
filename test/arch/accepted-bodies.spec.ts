import { readFileSync } from 'node:fs';
import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import '../../src/api/api.module.js';
import { accepted } from '../../src/shared/accepted.js';
import { explained } from '../../src/shared/validated.js';

type Body = Record<string, unknown>;
type Dto = new () => object;
type Json = Record<string, any>;

const document: Json = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));

/** Bodies of all operations: the class by its name, and an example of it. */
const bodies = (() => {
  const operations: Json[] = Object.values(document.paths as Json).flatMap((path: Json) => Object.values(path));
  const names = operations
    .map(({ requestBody }) => requestBody?.content?.['application/json']?.schema?.$ref?.split('/').at(-1))
    .filter((name): name is string => name !== undefined);
  const { validationMetadatas } = getMetadataStorage() as unknown as { validationMetadatas: Map<Dto, unknown> };
  const classes = new Map([...validationMetadatas.keys()].map((type) => [type.name, type]));
  return [...new Set(names)].sort().flatMap((name): { name: string; type: Dto; example: Body }[] => {
    const type = classes.get(name);
    return type ? [{ name, type, example: document.components.examples[name]?.value ?? {} }] : [];
  });
})();

/** What is judged by class-validator alone: a body may be anything there. */
const NEVER_ACCEPTED: readonly string[] = [];

function judged({ type }: { type: Dto }, body: Body): object | undefined {
  try {
    return explained(type, structuredClone(body));
  } catch {
    return undefined;
  }
}

/** Values that a check may get wrong. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      false,
      0,
      -0,
      -1,
      1,
      2,
      1.5,
      1e21,
      2 ** 53,
      2 ** 53 - 1,
      '',
      ' ',
      ' a',
      'a',
      'A\u0000',
      '\ud800',
      '1',
      'CNY',
      'cny',
    ],
    ...[
      'x'.repeat(64),
      'x'.repeat(65),
      '🍵'.repeat(64),
      'x'.repeat(5000),
      '2026-02-31T00:00:00Z',
      '2026-02-28T00:00:00Z',
      '2026-02-30',
    ],
    ...[[], {}, [[]], [null], [{}], [1], ['a'], ['a', 'a'], { length: 1 }, [[{}]], { a: { b: [] } }],
    ...[
      'vis_01h455vb4pex5vsknk084sn02q',
      'mer_01h455vb4pex5vsknk084sn02q',
      'https://a.example',
      'percent-off',
      'constructor',
    ],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const NAMES = ['surprise', 'toString', 'constructor', '__proto__', 'then', 'length'];

/** One change of a body, anywhere in it. */
const change = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('set', 'set', 'set', 'delete', 'add', 'double', 'empty'),
  name: fc.constantFrom(...NAMES),
  value: hostile,
});

/** All objects and lists in a value, itself first. */
function placesIn(value: unknown): Body[] {
  if (value === null || typeof value !== 'object') return [];
  return [value as Body, ...Object.values(value).flatMap(placesIn)];
}

function changed(
  example: Body,
  optional: readonly string[],
  changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
): Body {
  const body = structuredClone(example);
  for (const { at, how, name, value: given } of changes) {
    const value = structuredClone(given);
    const places = placesIn(body);
    const place = places[at % places.length]!;
    const keys = [...Object.keys(place), ...(place === body ? optional : [])];
    const key = keys[Math.floor(at / places.length) % Math.max(keys.length, 1)] ?? name;
    if (Array.isArray(place)) {
      if (how === 'double') place.push(...(structuredClone(place) as unknown[]));
      else if (how === 'empty') place.length = 0;
      else place.splice(at % (place.length + 1), how === 'add' ? 0 : 1, value);
    } else if (how === 'delete') Reflect.deleteProperty(place, key);
    else if (how === 'add')
      Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true });
    else place[key] = value;
  }
  // As it comes: text that was parsed.
  return JSON.parse(JSON.stringify(body)) as Body;
}

it('there are bodies of many kinds', () => {
  expect(bodies.length).toBeGreaterThan(50);
  expect(bodies.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['OpenVisitDto', 'QuoteBasketDto', 'PlaceOrderDto', 'CompleteOrderDto']),
  );
});

it('an example that class-validator takes is accepted without it', () => {
  const unaccepted = bodies.filter((body) => judged(body, body.example) && !accepted(body.type, body.example));
  expect(unaccepted.map(({ name }) => name)).toEqual(NEVER_ACCEPTED);
});

describe.each(bodies)('a body of $name', (body) => {
  const optional = Object.keys(document.components.schemas[body.name]?.properties ?? {});

  it('is accepted as class-validator would take it, with the same value, and never otherwise', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const plain = changed(body.example, optional, changes);
        const made = accepted(body.type, structuredClone(plain));
        const expected = judged(body, plain);
        if (made === undefined) return;
        expect(expected).toBeDefined();
        expect(made).toStrictEqual(expected);
      }),
      { numRuns: 400 },
    );
  });
});
