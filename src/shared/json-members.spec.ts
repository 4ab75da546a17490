import fc from 'fast-check';
import { jsonShape, membersOf, MOST_LEVELS } from './json-members.js';

const depthOf = (value: unknown): number =>
  value === null || typeof value !== 'object' ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf));

test('the shape of a text is that of its value, whatever stands in its strings', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{"a":1}', '\\":', '"', '[[', '\\\\'));
  const values = fc.anything({
    values: [texts, fc.boolean(), fc.integer(), fc.constant(null)],
    key: texts,
    maxDepth: 4,
    withNullPrototype: false,
  });
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, 2), (value, space) => {
      const json = JSON.stringify(value, undefined, space);
      const parsed = JSON.parse(json) as unknown;
      expect(jsonShape(Buffer.from(json))).toEqual({ depth: depthOf(parsed), members: membersOf(parsed) });
    }),
  );
});

test('a name that stands twice in an object is missing from its value', () => {
  for (const json of ['{"a":1,"a":1}', '[{"b":{"a":1,"\\u0061":2}}]', '{"__proto__":1,"__proto__":2}']) {
    const { members } = jsonShape(Buffer.from(json));
    expect(membersOf(JSON.parse(json))).toBe(members - 1);
  }
});

test('a text that nests very deep is not read to its end', () => {
  expect(jsonShape(Buffer.from('['.repeat(100_000))).depth).toBe(MOST_LEVELS + 1);
});
