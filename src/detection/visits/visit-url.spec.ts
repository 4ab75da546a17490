import fc from 'fast-check';
import { DomainError } from '../../shared/domain-error.js';
import { newCheckedCode, parseCheckedCode } from '../../shared/checked-code.js';
import { assertAddress, originAndPath, typedCodes, valuesInUrl } from './visit-url.js';

const CODE = '7KQ4M2XX';
const parse = (typed: string) => parseCheckedCode(typed, 8);
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x20 + 0xff00));
const all = (text: string) => Array.from(text, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

describe('a code is found in an address', () => {
  it.each([
    ['in the query', `https://shop.example/tea?a=1&m=${CODE}&b=2`],
    ['of a path alone', `/tea?m=${CODE}`],
    ['of a query alone', `?m=${CODE}`],
    ['of a hash router', `https://shop.example/#/p?m=${CODE}`],
    ['of a hash router after an empty query', `https://shop.example/?#!/p?x=1&m=${CODE}`],
    ['in the fragment alone', `https://shop.example/#m=${CODE}`],
    ['before a slash', `https://shop.example/?m=${CODE}/`],
    ['before a fragment', `https://shop.example/?m=${CODE}#x`],
    ['before an encoded fragment', `https://shop.example/?m=${CODE}%23x`],
    ['before an encoded slash', `https://shop.example/?m=${CODE}%2F`],
    ['before a second question mark', `https://shop.example/?m=${CODE}?from=timeline`],
    ['with its sign encoded', `https://shop.example/?m%3D${CODE}`],
    ['with its sign and its question mark encoded', `https://shop.example/tea%3Fm%3D${CODE}`],
    ['in an address that is encoded as a whole', encodeURIComponent(`https://shop.example/?m=${CODE}`)],
    ['in an address that is encoded twice', encodeURIComponent(encodeURIComponent(`https://shop.example/?m=${CODE}`))],
    ['in an address inside the address', `https://shop.example/login?back=${encodeURIComponent(`/tea?m=${CODE}`)}`],
    ['letter by letter encoded', `https://shop.example/?m=${all(CODE)}`],
    ['letter by letter encoded twice', `https://shop.example/?m=${all(all(CODE))}`],
    ['after an ampersand as HTML writes it', `https://shop.example/?a=1&amp;m=${CODE}`],
    ['in full-width letters', `https://shop.example/?m=${fullWidth(CODE)}`],
    ['in full-width letters, encoded', `https://shop.example/?m=${encodeURIComponent(fullWidth(CODE))}`],
    ['with full-width signs', `https://shop.example/${fullWidth(`?m=${CODE}`)}`],
    ['with zero-width characters', `https://shop.example/?m=\u200b7KQ4\u200dM2XX\ufeff`],
    ['with zero-width characters, encoded', `https://shop.example/?m=7KQ4%E2%80%8BM2XX`],
    ['with a plus for a space', `https://shop.example/?m=7KQ4+M2XX`],
    ['in quotation marks', `https://shop.example/?m="${CODE}"`],
    ['before a full stop', `https://shop.example/?m=${CODE}.`],
    ['before a Chinese full stop', `https://shop.example/?m=${CODE}。`],
    ['before words', `https://shop.example/?m=${CODE}，快来看`],
    ['before words without a sign between', `https://shop.example/?m=${CODE}快来看`],
    ['beside an escape that is broken', `https://shop.example/?q=%E0%A4%A&x=%&m=${CODE}%`],
  ])('%s', (_, url) => {
    expect(() => assertAddress(url)).not.toThrow();
    expect(valuesInUrl(url, 'm').map(parse)).toContain(CODE);
  });

  it('and the ones before it stay before it, so that the first that is a merchant’s counts', () => {
    expect(valuesInUrl(`/?m=&m=first&x=1&m=${CODE}#/p?m=last`, 'm')).toEqual(['first', CODE, 'last']);
    expect(valuesInUrl('/?m=二维码', 'm')).toEqual(['二维码']);
  });

  it('and not under another name, nor in a path', () => {
    for (const url of [
      `/?am=${CODE}`,
      `/?mm=${CODE}`,
      `/m=${CODE}`,
      `/?m[]=${CODE}`,
      `/?M=${CODE}`,
      '/?m',
      '/?m=',
      '/',
    ])
      expect(valuesInUrl(url, 'm')).toEqual([]);
    expect(valuesInUrl(`/?a.b=${CODE}&a-b=X1`, 'a-b')).toEqual(['X1']);
  });
});

const code = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 7, maxLength: 7 })
  .map((letters) => newCheckedCode(8, () => letters.shift() ?? 0));
const dress = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.toLowerCase(),
  fullWidth,
  (text) => `${text.slice(0, 4)}-${text.slice(4)}`,
  (text) => `\u200b${text}\u2060`,
);
const encode = fc.constantFrom<(text: string) => string>(
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => encodeURIComponent(text).toLowerCase(),
);
const before = fc.constantFrom('https://shop.example/tea?', '/?a=1&', 'https://shop.example/#/p?', '/?m=&', '/a#b&');
const after = fc.constantFrom('', '/', '#x', '&b=%', '。', '.', ')', '”', '?m=', ' ', '%2F', '%23top');

test('however it is written, the code is the first that is one', () => {
  fc.assert(
    fc.property(code, dress, encode, before, after, (made, dressed, encoded, start, end) => {
      const url = `${start}m=${encoded(dressed(made))}${end}`;
      expect(valuesInUrl(url, 'm').map(parse).find(Boolean)).toBe(made);
    }),
    { numRuns: 2000 },
  );
});

test('no address makes it throw, or go on for long', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('%', '2', '5', 'm', '=', '?', '&', '#', '/', '\ud800', '％', '\u200b', '.', 'A'),
    maxLength: 2048,
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 2048 }), fc.webUrl(), hostile), (url) => {
      expect(valuesInUrl(url, 'm').length).toBeLessThanOrEqual(21);
      expect(valuesInUrl(`?m=${url}`, 'm').every((value) => value.length <= 256)).toBe(true);
    }),
  );
  expect(valuesInUrl(`?m=${'%25'.repeat(600)}`, 'm')).toEqual([]);
});

test('of very many values the first are looked at, and no more', () => {
  const many = (count: number) => `?${Array.from({ length: count }, (_, i) => `m=V${i}`).join('&')}`;
  expect(valuesInUrl(many(3), 'm')).toEqual(['V0', 'V1', 'V2']);
  expect(valuesInUrl(many(500), 'm')).toEqual(Array.from({ length: 20 }, (_, i) => `V${i}`));
  expect(valuesInUrl('?m=&m', 'm')).toEqual([]);
});

test('a plus is a blank, and what is no letter or digit does not end a value', () => {
  expect(typedCodes('+AB12+CD')).toEqual(['AB12CD']);
  expect(typedCodes('AB-12--.')).toEqual(['AB-12']);
  expect(typedCodes('AB12微商')).toEqual(['AB12微商', 'AB12']);
  expect(typedCodes('微商AB12')).toEqual(['微商AB12']);
  expect(typedCodes('A'.repeat(300))).toEqual(['A'.repeat(256)]);
});

test('a code that is given by itself is read with the same care', () => {
  for (const typed of [CODE, ` ${fullWidth(CODE)} `, `${CODE}/`, all(CODE), `\ufeff${CODE}`, `${CODE}。`])
    expect(typedCodes(typed).map(parse)).toContain(CODE);
  expect(typedCodes(' ')).toEqual([]);
});

test('what is no address is refused', () => {
  for (const url of ['shop.example/tea', '', 'tea', 'https://', 'http://[', '\u200b'])
    expect(refusal(() => assertAddress(url))).toEqual([
      { pointer: '/url', detail: 'must be an address, such as https://shop.example/tea?m=ABCDEFGH' },
    ]);
});

test('of where the shopper came from only origin and path are kept', () => {
  expect(originAndPath('https://weixin.qq.com/a?id=7#secret')).toBe('https://weixin.qq.com/a');
  expect(originAndPath(null)).toBeNull();
  expect(refusal(() => originAndPath('no address'))).toEqual([expect.objectContaining({ pointer: '/referrerUrl' })]);
  expect(originAndPath(`https://shop.example/${'a'.repeat(600)}`)).toHaveLength(512);
});

/** The places that a refusal names. */
function refusal(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.errors : error;
  }
}
