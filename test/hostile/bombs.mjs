// @ts-check
/** Files that want to fill memory or disk, or to be read as something else: for where banks' reports are handed in. */
import { strToU8, zipSync } from 'fflate';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.054.001.08';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
/** @param {string} inner */
const report = (inner) =>
  `${HEAD}<Document xmlns="${NAMESPACE}"><BkToCstmrDbtCdtNtfctn>${inner}</BkToCstmrDbtCdtNtfctn></Document>`;

function laughs() {
  const lines = ['<!ENTITY a0 "haha">'];
  for (let level = 1; level < 10; level += 1) lines.push(`<!ENTITY a${level} "${`&a${level - 1};`.repeat(10)}">`);
  return `${HEAD}<!DOCTYPE Document [${lines.join('')}]><Document xmlns="${NAMESPACE}">&a9;</Document>`;
}

/** @type {[string, () => Buffer | string][]} */
export const XML_BOMBS = [
  ['a billion laughs', laughs],
  ['quadratic blow-up', () => `${HEAD}<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50_000)}">]><a>${'&b;'.repeat(5_000)}</a>`],
  [
    'a file as an entity',
    () => `${HEAD}<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Document xmlns="${NAMESPACE}">&b;</Document>`,
  ],
  [
    'an address as an entity',
    () => `${HEAD}<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><Document xmlns="${NAMESPACE}"/>`,
  ],
  ['a parameter entity', () => `${HEAD}<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/hostname"> %b;]><a/>`],
  ['elements nested without end', () => report('<a>'.repeat(100_000))],
  ['elements nested and closed', () => report('<a>'.repeat(50_000) + '</a>'.repeat(50_000))],
  [
    'a hundred thousand attributes',
    () => report(`<a ${Array.from({ length: 100_000 }, (_, i) => `b${i}="1"`).join(' ')}/>`),
  ],
  ['one attribute without end', () => report(`<a b="${'x'.repeat(3_000_000)}"/>`)],
  ['one name without end', () => report(`<${'a'.repeat(1_000_000)}/>`)],
  ['one text without end', () => report(`<MsgId>${'x'.repeat(3_000_000)}</MsgId>`)],
  ['a comment without end', () => report(`<!--${'x'.repeat(2_000_000)}`)],
  ['CDATA without end', () => report(`<![CDATA[${'x'.repeat(2_000_000)}`)],
  ['a namespace of somebody else', () => '<Document xmlns="urn:evil"><a/></Document>'],
  ['two documents', () => report('') + report('')],
  ['nothing', () => ''],
  ['only spaces', () => ' '.repeat(10_000)],
  ['not XML', () => 'hello'],
  ['a broken end', () => report('<Ntfctn><Id>1</Id>').slice(0, -30)],
  ['NUL bytes', () => Buffer.alloc(100_000)],
  ['another encoding than it says', () => Buffer.from(`${HEAD}<a>\xff\xfe\xe9</a>`, 'latin1')],
  ['UTF-16', () => Buffer.from(`\ufeff${report('')}`, 'utf16le')],
  ['UTF-7 by name', () => '<?xml version="1.0" encoding="UTF-7"?><a>+ADw-</a>'],
  ['an encoding that does not exist', () => '<?xml version="1.0" encoding="no-such-thing"?><a/>'],
  [
    'an amount without end',
    () => report(`<Ntfctn><Id>1</Id><Ntry><Amt Ccy="CNY">${'9'.repeat(100_000)}</Amt></Ntry></Ntfctn>`),
  ],
  [
    'amounts that are none',
    () =>
      report(
        ['NaN', '-1', '1e309', '0x10', '١٢', '1,00', '']
          .map(
            (a) =>
              `<Ntfctn><Id>${a}</Id><Ntry><Amt Ccy="CNY">${a}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts></Ntry></Ntfctn>`,
          )
          .join(''),
      ),
  ],
  ['HTML', () => '<!doctype html><html><script>alert(1)</script></html>'],
  ['processing instructions', () => report('<?xml-stylesheet href="http://127.0.0.1:1/"?>'.repeat(1_000))],
  ['ten thousand entries', () => report(`<Ntfctn><Id>1</Id>${'<Ntry/>'.repeat(10_000)}</Ntfctn>`)],
];

const zeros = new Uint8Array(20_000_000);

/** Made once: each costs time. @type {Map<string, Buffer | string>} */
const made = new Map();

/** @type {[string, () => Buffer][]} */
export const ZIP_BOMBS = [
  ['zeros, packed a thousand to one', () => Buffer.from(zipSync({ 'a.xml': zeros }, { level: 9 }))],
  ['an archive in an archive', () => Buffer.from(zipSync({ 'b.zip': zipSync({ 'a.xml': zeros }, { level: 9 }) }))],
  [
    'ten thousand empty files',
    () =>
      Buffer.from(
        zipSync(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`${i}.xml`, new Uint8Array(0)]))),
      ),
  ],
  ['a path that climbs', () => Buffer.from(zipSync({ '../../../../tmp/evil.xml': strToU8(report('')) }))],
  ['an absolute path', () => Buffer.from(zipSync({ '/etc/evil.xml': strToU8(report('')) }))],
  ['a name without end', () => Buffer.from(zipSync({ [`${'a'.repeat(60_000)}.xml`]: strToU8(report('')) }))],
  ['a name that is none', () => Buffer.from(zipSync({ '\u0000\r\n=1+1': strToU8(report('')) }))],
  ['laughs in an archive', () => Buffer.from(zipSync({ 'a.xml': strToU8(laughs()) }))],
  ['an empty archive', () => Buffer.from(zipSync({}))],
  ['an archive that is cut', () => Buffer.from(zipSync({ 'a.xml': strToU8(report('')) })).subarray(0, -20)],
  [
    'an archive with a wrong sum',
    () => flipped(Buffer.from(zipSync({ 'a.xml': strToU8(report('<a>1</a>'.repeat(100))) })), 40),
  ],
  ['sizes that lie', () => lying(Buffer.from(zipSync({ 'a.xml': strToU8(report('')) }, { level: 0 })))],
  ['an end record alone', () => Buffer.from('504b0506ffffffffffffffffffffffffffffffff0000', 'hex')],
  ['a start that is all', () => Buffer.from('504b0304', 'hex')],
];

/** @param {Buffer} bytes @param {number} at */
function flipped(bytes, at) {
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
}

/** @param {Buffer} bytes says of its one file that it has four gigabytes */
function lying(bytes) {
  const directory = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
  for (const at of [22, directory + 24]) bytes.writeUInt32LE(0xfffffffe, at);
  return bytes;
}

/** @param {string} name @param {() => Buffer | string} make */
export function bomb(name, make) {
  const known = made.get(name) ?? make();
  made.set(name, known);
  return known;
}
