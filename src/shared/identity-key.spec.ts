import fc from 'fast-check';
import { identityKey } from './identity-key.js';

test.each([
  ['LiWei_01', 'liwei_01'],
  ['ＬｉＷｅｉ＿０１', 'liwei_01'],
  [' Li Wei_01\u3000', 'liwei_01'],
  ['Li\u200bWei\ufeff_01\u2060', 'liwei_01'],
  ['ｌｉ－ｗｅｉ', 'li-wei'],
  ['李华', '李华'],
  ['Ⅰ\u0384', 'í'],
])('%j and %j are one identity', (typed, key) => expect(identityKey(typed)).toBe(key));

test('the key of a key is itself, so a stored key can be compared with a fresh one', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('Ａ', 'a', '＿', '\u200b', '\u3000', '1', '１', 'ß', 'ﬁ', '\u3164') }),
  );
  fc.assert(fc.property(text, (typed) => expect(identityKey(identityKey(typed))).toBe(identityKey(typed))));
});

test('other letters, digits and signs are another identity', () => {
  const keys = ['liwei_01', 'liwei-01', 'liwei01', 'liwei_o1', 'lіwei_01'].map(identityKey);
  expect(new Set(keys).size).toBe(keys.length);
});
