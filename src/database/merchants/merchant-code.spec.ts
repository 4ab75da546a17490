import fc from 'fast-check';
import { CODE_ALPHABET } from '../../shared/checked-code.js';
import { newMerchantCode, parseMerchantCode } from './merchant-code.js';

const code = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 7, maxLength: 7 })
  .map((letters) => newMerchantCode(() => letters.shift() ?? 0));
const letter = fc.constantFrom(...Array.from(CODE_ALPHABET));
const place = fc.integer({ min: 0, max: 7 });

test('every code that is made is taken as it is', () => {
  fc.assert(
    fc.property(code, (made) => {
      expect(made).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
      expect(parseMerchantCode(made)).toBe(made);
    }),
  );
});

test('a code may be typed in any case, with white space and dashes', () => {
  fc.assert(
    fc.property(code, fc.array(fc.constantFrom('', ' ', '-', '\t', '\u3000', '–'), { minLength: 8 }), (made, noise) => {
      const typed = Array.from(made)
        .map((char, i) => (i % 2 ? char.toLowerCase() : char) + (noise[i] ?? ''))
        .join('');
      expect(parseMerchantCode(typed)).toBe(made);
    }),
  );
});

test('one wrong letter is always noticed', () => {
  fc.assert(
    fc.property(code, place, letter, (made, at, wrong) => {
      fc.pre(made.charAt(at) !== wrong);
      expect(parseMerchantCode(made.slice(0, at) + wrong + made.slice(at + 1))).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

test('two letters that changed places are always noticed', () => {
  fc.assert(
    fc.property(code, place, place, (made, a, b) => {
      fc.pre(made.charAt(a) !== made.charAt(b));
      const letters = Array.from(made);
      [letters[a], letters[b]] = [made.charAt(b), made.charAt(a)];
      expect(parseMerchantCode(letters.join(''))).toBeNull();
    }),
    { numRuns: 1000 },
  );
});

test('what cannot be a code is known as such', () => {
  const valid = newMerchantCode(() => 0); // 22222222
  expect(valid).toBe('22222222');
  for (const typed of [
    '',
    '2222222',
    '222222222',
    '０２２２２２２２',
    '２２２２２２２２',
    '\u017f2222222',
    '你好你好你好你好',
    '0O1IL222',
    ' '.repeat(65) + valid,
  ])
    expect(parseMerchantCode(typed)).toBeNull();
});
