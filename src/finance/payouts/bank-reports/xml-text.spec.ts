import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { encodingOf, xmlText } from './xml-text.js';

/** What is read of a file that comes in these parts. */
async function textOf(...parts: Buffer[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of xmlText(Readable.from(parts, { objectMode: true }))) texts.push(text);
  return texts;
}
const joined = async (...parts: Buffer[]) => (await textOf(...parts)).join('');
const declared = (encoding: string, text = 'ä') => `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;

describe('the encoding of a bank’s file', () => {
  it.each<[title: string, bytes: Buffer | string, encoding: string]>([
    ['without a declaration', '<Document/>', 'utf-8'],
    ['with a declaration that names none', '<?xml version="1.0"?><a encoding="gbk"/>', 'utf-8'],
    ['as declared', declared('GB18030'), 'gb18030'],
    ['as declared in other quotes and with spaces', "<?xml version='1.0' encoding = 'Big5'?>", 'big5'],
    ['as declared behind a new line', '<?xml\n version="1.0"\n encoding="GBK"?>', 'gbk'],
    ['not as declared when the declaration is not at the start', ` ${declared('gbk')}`, 'utf-8'],
    ['not as a name that only ends like it', '<?xml version="1.0" xencoding="gbk"?>', 'utf-8'],
    ['UTF-8 in either spelling', declared('UTF8'), 'utf-8'],
    ['UTF-8 by its mark, whatever is declared', Buffer.from(`\ufeff${declared('gbk')}`), 'utf-8'],
    ['UTF-8 where UTF-16 is declared in single bytes', declared('UTF-16'), 'utf-8'],
    ['UTF-8 where UTF-16LE is declared in single bytes', declared('utf-16LE'), 'utf-8'],
    ['UTF-8 where UCS-2 is declared in single bytes', declared('ISO-10646-UCS-2'), 'utf-8'],
    ['UTF-8 where UCS-4 is declared in single bytes', declared('UCS-4'), 'utf-8'],
    ['UTF-8 where UTF-32 is declared in single bytes', declared('UTF-32BE'), 'utf-8'],
    ['windows-1252 where ISO-8859-1 is declared', declared('ISO-8859-1'), 'windows-1252'],
    ['windows-1252 where Latin 1 is declared', declared('latin1'), 'windows-1252'],
    ['ISO-8859-15 as declared', declared('ISO-8859-15'), 'iso-8859-15'],
    ['not a name that only begins as UTF-8', declared('utf-81'), 'utf-81'],
    ['not a name that only ends as UTF-8', declared('x-utf-8'), 'x-utf-8'],
    ['UTF-16 by its mark, little end first', Buffer.from('\ufeff<a/>', 'utf16le'), 'utf-16le'],
    ['UTF-16 by its mark, big end first', Buffer.from('\ufeff<a/>', 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 without a mark, little end first', Buffer.from('<a/>', 'utf16le'), 'utf-16le'],
    ['UTF-16 without a mark, big end first', Buffer.from('<a/>', 'utf16le').swap16(), 'utf-16be'],
    ['of an empty file', '', 'utf-8'],
  ])('is found: %s', (_, bytes, encoding) => {
    expect(encodingOf(Buffer.from(bytes as string))).toBe(encoding);
  });
});

describe('the text of a bank’s file', () => {
  it.each([
    'us-ascii',
    'iso-8859-1',
    'iso-8859-15',
    'windows-1251',
    'gb18030',
    'gbk',
    'gb2312',
    'big5',
    'shift_jis',
    'euc-jp',
    'euc-kr',
  ])('is read in %s', async (encoding) => {
    const text = declared(encoding, 'Reward of November');
    expect(await joined(iconv.encode(text, encoding === 'us-ascii' ? 'ascii' : encoding))).toBe(text);
  });

  it('is read in UTF-16 of either order, cut in the middle of a character', async () => {
    const text = `<a>${'王'.repeat(600)}</a>`;
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      expect(await joined(bytes.subarray(0, 1101), bytes.subarray(1101, 1105), bytes.subarray(1105))).toBe(text);
    }
  });

  it('is read in UTF-8, cut in the middle of any character', async () => {
    const text = `<a>${'王'.repeat(700)}</a>`;
    const bytes = Buffer.from(text);
    for (const at of [1_200, 1_201, 1_202])
      expect(await joined(bytes.subarray(0, at), bytes.subarray(at, at + 7), bytes.subarray(at + 7))).toBe(text);
  });

  it('is handed on part by part, once there is enough for a declaration', async () => {
    const head = declared('gbk', '').padEnd(1_023);
    const parts = [head, 'x', '王', '中'].map((text) => iconv.encode(text, 'gbk'));
    expect(await textOf(...parts)).toEqual([`${head}x`, '王', '中', '']);
    expect(await textOf(iconv.encode(`${head}x`, 'gbk'), parts[2]!)).toEqual([`${head}x`, '王', '']);
    expect(await textOf(parts[0]!)).toEqual([head, '']);
    expect(await textOf()).toEqual(['', '']);
  });

  it('finds a declaration that comes in pieces', async () => {
    const bytes = iconv.encode(declared('gbk', '王'), 'gbk');
    expect(await joined(...Array.from(bytes, (byte) => Buffer.from([byte])))).toBe(declared('gbk', '王'));
  });

  it('reads what windows-1252 has and ISO-8859-1 has not', async () => {
    const bytes = iconv.encode(declared('ISO-8859-1', '€ „“'), 'windows-1252');
    expect(await joined(bytes)).toBe(declared('ISO-8859-1', '€ „“'));
  });

  it.each<[title: string, bytes: Buffer, why: RegExp]>([
    ['is not UTF-8', Buffer.from('<a>\xe4</a>', 'latin1'), /cannot be read: it is not UTF-8/],
    ['ends in the middle of a character', Buffer.from('<a>王').subarray(0, 5), /it is not UTF-8/],
    ['is not what it says', Buffer.from(declared('gbk', '\xff\xff'), 'latin1'), /it is not gbk/],
    [
      'ends in the middle of a character of what it says',
      Buffer.from(declared('big5', '').slice(0, -4) + '\xa4', 'latin1'),
      /it is not big5/,
    ],
    ['says an encoding that nobody knows', Buffer.from(declared('x-klingon')), /its encoding x-klingon is not known/],
    ['says one that is no superset of ASCII', Buffer.from(declared('utf-7')), /its encoding utf-7 is not known/],
    ['says one that only begins like a known one', Buffer.from(declared('gbk1')), /its encoding gbk1 is not known/],
    ['says one more than a known one', Buffer.from(declared('Big5-HKSCS')), /its encoding big5-hkscs is not known/],
    ['says one that only ends like a known one', Buffer.from(declared('cs-big5')), /its encoding cs-big5 is not known/],
    ['says one of a known family that there is not', Buffer.from(declared('iso-8859-99')), /iso-8859-99 is not known/],
  ])('that %s is refused', async (_, bytes, why) => {
    await expect(joined(bytes)).rejects.toThrow(why);
    await expect(joined(bytes)).rejects.toThrow('bank-report.unreadable');
  });

  it('that breaks in a later part is refused there', async () => {
    const whole = Buffer.from('x'.repeat(1_024));
    await expect(joined(whole, Buffer.from('\xff', 'latin1'))).rejects.toThrow(/it is not UTF-8/);
  });
});
