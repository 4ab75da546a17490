import { fromUUIDBytes, toUUIDBytes } from 'typeid-js';
import { ID_PREFIXES, isId, type IdKind, type IdOf } from './ids.js';

/**
 * How a value becomes a few bytes, and comes back as it was. `write` throws for what it cannot keep whole, `read` throws
 * a RangeError for bytes that `write` did not make.
 */
export interface Packing<T> {
  write(to: Cursor, value: T): void;
  read(from: Cursor): T;
}

/** Bytes, and how far they are written or read. */
export class Cursor {
  private at = 0;

  constructor(private readonly buffer: Buffer) {}

  /** What lies before the cursor. */
  get done(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  get atEnd(): boolean {
    return this.at === this.buffer.length;
  }

  put(bytes: Uint8Array): void {
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  take(size: number): Buffer {
    if (this.at + size > this.buffer.length) throw new RangeError('the bytes end too early');
    return this.buffer.subarray(this.at, (this.at += size));
  }

  putWhole(value: number, size: number): void {
    this.at = this.buffer.writeUIntBE(value, this.at, size);
  }

  takeWhole(size: number): number {
    return this.take(size).readUIntBE(0, size);
  }
}

/** An object with these fields; one that is undefined is not there when it comes back. */
export function record<T extends object>(fields: { [Name in keyof T]-?: Packing<T[Name]> }): Packing<T> {
  const names = Object.keys(fields) as (keyof T)[];
  return {
    write(to, value) {
      for (const name of names) fields[name].write(to, value[name]);
    },
    read(from) {
      const value: Partial<T> = {};
      for (const name of names) {
        const field = fields[name].read(from);
        if (field !== undefined) value[name] = field;
      }
      return value as T;
    },
  };
}

/** At most 255 of them. */
export function listOf<T>(item: Packing<T>): Packing<readonly T[]> {
  return {
    write(to, values) {
      to.putWhole(values.length, 1);
      for (const value of values) item.write(to, value);
    },
    read: (from) => Array.from({ length: from.takeWhole(1) }, () => item.read(from)),
  };
}

/** A value, or `missing` instead of one. */
export function or<T, Missing extends null | undefined>(missing: Missing, packing: Packing<T>): Packing<T | Missing> {
  return {
    write(to, value) {
      to.putWhole(value === missing ? 0 : 1, 1);
      if (value !== missing) packing.write(to, value as T);
    },
    read: (from) => (PRESENT.read(from) ? packing.read(from) : missing),
  };
}

/** One of these values. They stand for their places: add to the end alone. */
export function oneOf<const T extends string | boolean | undefined>(...values: T[]): Packing<T> {
  return {
    write(to, value) {
      to.putWhole(values.indexOf(value), 1);
    },
    read(from) {
      const place = from.takeWhole(1);
      if (place >= values.length) throw new RangeError(`no value stands at place ${place}`);
      return values[place] as T;
    },
  };
}

const PRESENT = oneOf(false, true);

/** An id of that kind: its 16 bytes without the prefix. */
export function id<Kind extends IdKind>(kind: Kind): Packing<IdOf<Kind>> {
  return {
    write(to, value) {
      if (!isId(kind, value)) throw new RangeError(`${value as string} is no id of that kind: ${kind}`);
      to.put(toUUIDBytes(value as unknown as Parameters<typeof toUUIDBytes>[0]));
    },
    read: (from) => fromUUIDBytes(ID_PREFIXES[kind], from.take(16)) as string as IdOf<Kind>,
  };
}

/** A whole number from 0, in that many bytes (6 at most). */
export function whole(size: number): Packing<number> {
  return {
    write: (to, value) => {
      to.putWhole(value, size);
    },
    read: (from) => from.takeWhole(size),
  };
}

/** A moment as RFC 3339 in UTC with milliseconds, from 1970 on. */
export const moment: Packing<string> = {
  write(to, value) {
    const at = Date.parse(value);
    same(value, new Date(at).toISOString());
    to.putWhole(at, 6);
  },
  read: (from) => new Date(from.takeWhole(6)).toISOString(),
};

/** A whole number from 0 to 2⁶⁴ − 1 as decimal text. */
export const amount: Packing<string> = {
  write(to, value) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value));
    same(value, BigInt(value).toString());
    to.put(bytes);
  },
  read: (from) => from.take(8).readBigUInt64BE().toString(),
};

/** Text that writes bytes: that many letters of hex or base64url. */
export function letters(encoding: 'hex' | 'base64url', count: number): Packing<string> {
  const size = Math.ceil(encoding === 'hex' ? count / 2 : (count * 3) / 4);
  const decode = (bytes: Buffer) => bytes.toString(encoding).slice(0, count);
  return {
    write(to, value) {
      const bytes = Buffer.alloc(size);
      bytes.write(`${value}A`, encoding);
      same(value, decode(bytes));
      to.put(bytes);
    },
    read: (from) => decode(from.take(size)),
  };
}

/** At most 255 bytes of UTF-8. */
export const text: Packing<string> = {
  write(to, value) {
    const bytes = Buffer.from(value);
    same(value, bytes.toString());
    to.putWhole(bytes.length, 1);
    to.put(bytes);
  },
  read: (from) => from.take(from.takeWhole(1)).toString(),
};

function same(value: string, comesBack: string): void {
  if (value !== comesBack) throw new RangeError(`${value} would come back as ${comesBack}`);
}
