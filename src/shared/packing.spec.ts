import fc from 'fast-check';
import { ID_PREFIXES, type IdKind, type MerchantId } from './ids.js';
import {
  amount,
  Cursor,
  id,
  letters,
  listOf,
  moment,
  oneOf,
  or,
  record,
  text,
  whole,
  type Packing,
} from './packing.js';

function packed<T>(packing: Packing<T>, value: T): Buffer {
  const cursor = new Cursor(Buffer.alloc(4096));
  packing.write(cursor, value);
  return cursor.done;
}

function comesBack<T>(packing: Packing<T>, values: fc.Arbitrary<T>): void {
  fc.assert(
    fc.property(values, (value) => {
      const from = new Cursor(packed(packing, value));
      expect(packing.read(from)).toEqual(value);
      expect(from.atEnd).toBe(true);
    }),
  );
}

const suffix = fc.stringMatching(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
const merchant = suffix.map((letters): MerchantId => `mer_${letters}`);
const moments = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('what is packed comes back as it was', () => {
  it('ids of every kind, in 16 bytes', () => {
    for (const kind of Object.keys(ID_PREFIXES) as IdKind[])
      fc.assert(
        fc.property(suffix, (letters) => {
          const value = `${ID_PREFIXES[kind]}_${letters}` as const;
          const bytes = packed<string>(id(kind), value);
          expect([bytes.length, id(kind).read(new Cursor(bytes))]).toEqual([16, value]);
        }),
        { numRuns: 20 },
      );
  });

  it('moments, amounts, numbers, letters and texts', () => {
    comesBack(moment, moments);
    comesBack(amount, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String));
    comesBack(whole(1), fc.nat(255));
    comesBack(
      whole(6),
      fc.nat({ max: Number.MAX_SAFE_INTEGER }).map((value) => value % 2 ** 48),
    );
    comesBack(letters('hex', 64), fc.stringMatching(/^[0-9a-f]{64}$/));
    for (const count of [21, 22, 23, 24]) {
      const value = fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${count}}$`));
      comesBack(letters('base64url', count), value);
    }
    comesBack(
      text,
      fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => Buffer.byteLength(value) < 256),
    );
  });

  it('what is made of them, and what is missing', () => {
    const packing = record<{
      who: MerchantId | null;
      at: readonly string[];
      how?: 'a' | 'b' | undefined;
      own: boolean;
    }>({
      who: or(null, id('merchant')),
      at: listOf(moment),
      how: or(undefined, oneOf('a', 'b')),
      own: oneOf(false, true),
    });
    comesBack(
      packing,
      fc.record(
        {
          who: fc.option(merchant),
          at: fc.array(moments, { maxLength: 255 }),
          how: fc.constantFrom('a', 'b'),
          own: fc.boolean(),
        },
        { requiredKeys: ['who', 'at', 'own'] },
      ),
    );
    expect(packing.read(new Cursor(Buffer.alloc(10)))).not.toHaveProperty('how');
  });
});

test('what would not come back is refused', () => {
  const refused: [Packing<string>, string[]][] = [
    [
      id('merchant'),
      [
        '',
        'mer_1',
        `vis_${'0'.repeat(26)}`,
        `mer_${'0'.repeat(25)}`,
        `mer_${'0'.repeat(27)}`,
        `mer_8${'0'.repeat(25)}`,
      ],
    ],
    [moment, ['', '2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000+08:00', '1969-12-31T23:59:59.999Z']],
    [amount, ['', '-1', '01', ' 1', '1.5', '0x1', '18446744073709551616', 'ten']],
    [letters('hex', 4), ['', 'abc', 'ABCD', 'abcde', 'wxyz']],
    [letters('base64url', 22), ['', 'a'.repeat(21), 'a'.repeat(23), '+'.repeat(22)]],
    [text, ['a'.repeat(256), '\ud800']],
    [oneOf('a', 'b'), ['', 'c']],
  ];
  for (const [packing, values] of refused)
    for (const value of values)
      expect(() => packed(packing, value)).toThrow(/come back|out of range|Invalid time|no id|BigInt/);
  expect(() => packed(whole(1), 256)).toThrow('out of range');
  expect(() => packed(whole(1), -1)).toThrow('out of range');
  expect(() => packed(listOf(whole(1)), Array<number>(256).fill(0))).toThrow('out of range');
});

test('bytes that end too early, or stand for nothing, are refused', () => {
  for (const packing of [
    id('visit'),
    moment,
    amount,
    whole(2),
    letters('hex', 64),
    oneOf('a', 'b'),
  ] as Packing<unknown>[])
    expect(() => packing.read(new Cursor(Buffer.alloc(0)))).toThrow(RangeError);
  expect(() => text.read(new Cursor(Buffer.from([2, 65])))).toThrow(RangeError);
  expect(() => listOf(whole(1)).read(new Cursor(Buffer.from([2, 1])))).toThrow(RangeError);
  for (const byte of [2, 255]) expect(() => oneOf('a', 'b').read(new Cursor(Buffer.from([byte])))).toThrow(RangeError);
});
