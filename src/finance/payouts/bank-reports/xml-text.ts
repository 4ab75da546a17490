import iconv from 'iconv-lite';
import { unreadable } from './report-xml.js';

/** Enough to hold an XML declaration. */
const HEAD_BYTES = 1024;

/** What is read: ASCII and its supersets that banks write, and UTF-16. */
const KNOWN = /^(us-ascii|iso-8859-\d{1,2}|windows-125\d|gb18030|gbk|gb2312|big5|shift_jis|euc-(jp|kr)|utf-16(le|be))$/;
const REPLACEMENT = '\ufffd';

/** Bytes of an XML file as text. Throws `bank-report.unreadable` where they are not of their encoding. */
export async function* xmlText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let head: Buffer | null = Buffer.alloc(0);
  let decode: ((bytes: Buffer | null) => string) | null = null;
  for await (const part of bytes) {
    if (decode) {
      yield decode(part);
      continue;
    }
    head = Buffer.concat([head, part]);
    if (head.length < HEAD_BYTES) continue;
    decode = decoderOf(encodingOf(head));
    yield decode(head);
  }
  if (!decode) {
    decode = decoderOf(encodingOf(head));
    yield decode(head);
  }
  yield decode(null);
}

/** By the byte order mark, else by the first bytes of UTF-16, else as the XML declaration says, else UTF-8 (XML 1.0, F). */
export function encodingOf(head: Buffer): string {
  const start = head.subarray(0, 2).toString('hex');
  if (start === 'fffe' || start === '3c00') return 'utf-16le';
  if (start === 'feff' || start === '003c') return 'utf-16be';
  const text = head.subarray(0, HEAD_BYTES).toString('latin1');
  const declared = /^(?:\xef\xbb\xbf)?<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]{0,39})["']/.exec(text)?.[1];
  const name = declared?.toLowerCase() ?? 'utf-8';
  // A declaration that can be read byte by byte is none of UTF-16: the file was recoded, and the declaration left.
  if (text.startsWith('\xef\xbb\xbf') || /^(utf-?8|utf-16.*|(iso-10646-)?ucs-[24]|utf-32.*)$/.test(name))
    return 'utf-8';
  // Everybody who writes the other characters of windows-1252 says ISO-8859-1 (WHATWG Encoding, 4.2).
  return name === 'iso-8859-1' || name === 'latin1' ? 'windows-1252' : name;
}

function decoderOf(encoding: string): (bytes: Buffer | null) => string {
  if (encoding === 'utf-8') {
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    return (bytes) => {
      try {
        return bytes ? utf8.decode(bytes, { stream: true }) : utf8.decode();
      } catch {
        throw unreadable('it is not UTF-8');
      }
    };
  }
  if (!KNOWN.test(encoding) || !iconv.encodingExists(encoding))
    throw unreadable(`its encoding ${encoding} is not known`);
  const decoder = iconv.getDecoder(encoding);
  return (bytes) => {
    const text = bytes ? decoder.write(bytes) : (decoder.end() ?? '');
    if (text.includes(REPLACEMENT)) throw unreadable(`it is not ${encoding}`);
    return text;
  };
}
