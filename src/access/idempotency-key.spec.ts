import fc from 'fast-check';
import { readIdempotencyKey } from './idempotency-key.js';

describe('an Idempotency-Key', () => {
  it('is the same quoted or not', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/), (key) => {
        expect(readIdempotencyKey(key)).toBe(key);
        expect(readIdempotencyKey(`"${key}"`)).toBe(key);
      }),
    );
  });

  it('may escape quotes and backslashes when quoted', () => {
    expect(readIdempotencyKey(String.raw`"a\"b\\c"`)).toBe(String.raw`a"b\c`);
  });

  it.each(['', ' ', '""', '" "', '"open', '"a"b"', '"a", "b"', 'ü', 'a\tb', 'x'.repeat(256), '"\\x"'])(
    'is refused when it reads %j',
    (header) => expect(readIdempotencyKey(header)).toBeNull(),
  );
});
