/**
 * What a token says, in few bytes, and back again without loss. One byte says what follows; ids, moments and hashes are
 * their bytes; what was said before is named by its number; frequent words are one byte. WORDS and PREFIXES are part
 * of the format: only append to them, or raise the version in signed-token.ts.
 */
const WORDS = [
  ...['id', 'storefrontId', 'codeStatus', 'touches', 'previous', 'shopper', 'answer', 'merchantId', 'via', 'visitId'],
  ...['at', 'brought', 'settled', 'attribution', 'attributedAt', 'reason', 'decision', 'touch', 'windowDays'],
  ...['ownPurchase', 'currency', 'linesHash', 'total', 'application', 'merchant', 'storefront'],
  ...['known', 'unknown', 'absent', 'none', 'used', 'expired', 'refused', 'code', 'referrer', 'first', 'last', 'CNY'],
  'The shopper came with the merchant’s code at ',
  'The shopper named the merchant’s WeChat ID at ',
  ' (visit ',
  '), inside the window of ',
  ' days; ',
  'no other merchant brought this shopper in that time.',
  'of ',
  ' such visits the first one counts here.',
  ' such visits the last one counts here.',
  ' An earlier visit token was ignored: it had expired.',
  ' An earlier visit token was ignored: it is not one of this storefront.',
] as const;
const PREFIXES = ['vis', 'quo', 'mer', 'sto', 'app'] as const;

const LIST = 0x00;
const OBJECT = 0x10;
const NULL = 0x20;
const TRUE = 0x21;
const FALSE = 0x22;
const TEXT = 0x23;
const HEX = 0x24;
const BASE64 = 0x25;
const MOMENT = 0x26;
const WHOLE = 0x27;
const DIGITS = 0x28;
const JOINED = 0x29;
const SEEN = 0x2a;
const NUMBER = 0x2d;
const ID = 0x30;
const WORD = 0x80;

/** A list or an object of this many or more says its length after its first byte. */
const MANY = 15;
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const WORD_AT = new Map<string, number>(WORDS.map((word, at) => [word, at]));
const ID_TEXT = '(?:vis|quo|mer|sto|app)_[0-7][0-9a-hjkmnp-tv-z]{25}';
const MOMENT_TEXT = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
const PHRASES = WORDS.filter((word) => word.includes(' ')).map((word) => word.replace(/[()]/g, '\\$&'));
const PARTS = new RegExp(`(${[ID_TEXT, MOMENT_TEXT, ...PHRASES].join('|')})`);
const IS_ID = new RegExp(`^${ID_TEXT}$`);
const IS_MOMENT = new RegExp(`^${MOMENT_TEXT}$`);

/** The bytes of `claims`; as in JSON, a field that is undefined is left out. */
export function pack(claims: object): Buffer {
  return new Packer().value(claims).bytes();
}

/** What {@link pack} was given. */
export function unpack(bytes: Buffer): unknown {
  return new Unpacker(bytes).value();
}

class Packer {
  private readonly out: number[] = [];
  private readonly seen = new Map<string, number>();

  bytes(): Buffer {
    return Buffer.from(this.out);
  }

  value(value: unknown): this {
    if (value === null) this.out.push(NULL);
    else if (typeof value === 'boolean') this.out.push(value ? TRUE : FALSE);
    else if (typeof value === 'string') this.string(value);
    else if (typeof value === 'number') this.number(value);
    else if (Array.isArray(value)) {
      this.head(LIST, value.length);
      for (const item of value) this.value(item);
    } else {
      const fields = Object.entries(value as object).filter(([, field]) => field !== undefined);
      this.head(OBJECT, fields.length);
      for (const [name, field] of fields) this.string(name).value(field);
    }
    return this;
  }

  private head(tag: number, length: number): void {
    this.out.push(tag + Math.min(length, MANY));
    if (length >= MANY) this.whole(length);
  }

  private whole(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.out.push((rest % 128) + 128);
    this.out.push(rest);
  }

  private number(value: number): void {
    if (Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) {
      this.out.push(WHOLE);
      this.whole(value);
    } else this.blob(NUMBER, Buffer.from(JSON.stringify(value)));
  }

  private string(text: string): this {
    const parts = text.split(PARTS).filter((part) => part !== '');
    if (parts.length < 2) return this.part(text);
    this.out.push(JOINED);
    this.whole(parts.length);
    for (const part of parts) this.part(part);
    return this;
  }

  private part(text: string): this {
    const word = WORD_AT.get(text);
    const seen = this.seen.get(text);
    if (word !== undefined) this.out.push(WORD + word);
    else if (seen !== undefined) {
      this.out.push(SEEN);
      this.whole(seen);
    } else if (IS_ID.test(text)) {
      this.seen.set(text, this.seen.size);
      this.out.push(ID + PREFIXES.indexOf(text.slice(0, 3) as 'vis'), ...idBytes(text.slice(4)));
    } else if (isMoment(text)) {
      this.seen.set(text, this.seen.size);
      const bytes = Buffer.alloc(6);
      bytes.writeUIntBE(Date.parse(text), 0, 6);
      this.out.push(MOMENT, ...bytes);
    } else if (/^(0|[1-9]\d{0,14})$/.test(text)) {
      this.out.push(DIGITS);
      this.whole(Number(text));
    } else if (/^([0-9a-f]{2}){8,}$/.test(text)) this.blob(HEX, Buffer.from(text, 'hex'));
    else if (/^[\w-]{16,}$/.test(text) && Buffer.from(text, 'base64url').toString('base64url') === text)
      this.blob(BASE64, Buffer.from(text, 'base64url'));
    else this.blob(TEXT, Buffer.from(text));
    return this;
  }

  private blob(tag: number, bytes: Buffer): void {
    this.out.push(tag);
    this.whole(bytes.length);
    for (const byte of bytes) this.out.push(byte);
  }
}

class Unpacker {
  private at = 0;
  private readonly seen: string[] = [];

  constructor(private readonly bytes: Buffer) {}

  value(): unknown {
    const tag = this.bytes.readUInt8(this.at++);
    if (tag >= WORD) return WORDS[tag - WORD];
    if (tag >= ID) return this.remember(`${PREFIXES[tag - ID]!}_${idText(this.take(16))}`);
    if (tag < OBJECT) return Array.from({ length: this.length(tag - LIST) }, () => this.value());
    if (tag < NULL)
      return Object.fromEntries(
        Array.from({ length: this.length(tag - OBJECT) }, () => [this.value(), this.value()] as const),
      );
    return this.tagged(tag);
  }

  private tagged(tag: number): unknown {
    switch (tag) {
      case NULL:
        return null;
      case TRUE:
      case FALSE:
        return tag === TRUE;
      case WHOLE:
        return this.whole();
      case DIGITS:
        return String(this.whole());
      case SEEN:
        return this.seen[this.whole()];
      case MOMENT:
        return this.remember(new Date(this.take(6).readUIntBE(0, 6)).toISOString());
      case JOINED:
        return Array.from({ length: this.whole() }, () => this.value()).join('');
      case HEX:
        return this.take(this.whole()).toString('hex');
      case BASE64:
        return this.take(this.whole()).toString('base64url');
      case NUMBER:
        return JSON.parse(this.take(this.whole()).toString());
      case TEXT:
        return this.take(this.whole()).toString();
      default:
        throw new RangeError(`claims have no part of kind ${tag}`);
    }
  }

  private remember(text: string): string {
    this.seen.push(text);
    return text;
  }

  private length(short: number): number {
    return short === MANY ? this.whole() : short;
  }

  private whole(): number {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.bytes.readUInt8(this.at++);
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  }

  private take(length: number): Buffer {
    return this.bytes.subarray(this.at, (this.at += length));
  }
}

function isMoment(text: string): boolean {
  if (!IS_MOMENT.test(text)) return false;
  const at = new Date(text);
  return at.getTime() >= 0 && at.toISOString() === text;
}

function idBytes(letters: string): number[] {
  const bytes: number[] = [];
  let held = LETTERS.indexOf(letters.charAt(0));
  for (let at = 1, kept = 3; at < letters.length; at++) {
    held = (held << 5) | LETTERS.indexOf(letters.charAt(at));
    kept += 5;
    if (kept >= 8) {
      kept -= 8;
      bytes.push((held >> kept) & 255);
      held &= (1 << kept) - 1;
    }
  }
  return bytes;
}

function idText(bytes: Buffer): string {
  let text = '';
  let held = 0;
  let kept = 2;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (kept += 8; kept >= 5; held &= (1 << kept) - 1) text += LETTERS.charAt(held >> (kept -= 5));
  }
  return text;
}
