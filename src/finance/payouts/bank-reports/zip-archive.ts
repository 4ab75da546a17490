import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { unreadable } from './report-xml.js';
import type { TemporaryFile } from './temporary-file.js';

/** Files of one archive. */
const MAX_FILES = 200;
/** A report in XML becomes some 20 times smaller; an archive that does far better is there to exhaust. */
const MAX_RATIO = 200;

/** Records of the format (PKWARE APPNOTE.TXT 4.3): signature and length of the part that is always there. */
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const END = { signature: 0x06054b50, bytes: 22, comment: 0xffff };
const STORED = 0;
const DEFLATED = 8;

export interface ZippedFile {
  name: string;
  /** Its bytes, checked against length and checksum as they end. Throws `bank-report.unreadable`. */
  read: () => AsyncGenerator<Buffer>;
}

export function isZip(head: Buffer): boolean {
  return head.length >= END.bytes && [LOCAL.signature, END.signature].includes(head.readUInt32LE());
}

/** The files of an archive, by its directory at the end: one that is cut off has none. Throws `bank-report.unreadable`. */
export async function zippedFiles(file: TemporaryFile): Promise<ZippedFile[]> {
  const tail = await file.slice(Math.max(0, file.size - END.bytes - END.comment), file.size);
  const end = lastRecord(tail);
  const count = end.readUInt16LE(10);
  const [size, start] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  if (count > MAX_FILES) throw unreadable(`the archive has more than ${MAX_FILES} files`);
  if (start + size > file.size) throw broken();
  const directory = await file.slice(start, start + size);
  const files: ZippedFile[] = [];
  for (let at = 0, n = 0; n < count; n += 1) {
    if (at + CENTRAL.bytes > size || directory.readUInt32LE(at) !== CENTRAL.signature) throw broken();
    const nameEnd = at + CENTRAL.bytes + directory.readUInt16LE(at + 28);
    const next = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > size) throw broken();
    // A name that is no UTF-8 is only shown.
    const name = directory.subarray(at + CENTRAL.bytes, nameEnd).toString('utf8');
    if (!isByTheWay(name)) files.push({ name, read: () => contentOf(file, name, entry) });
    const entry = directory.subarray(at, nameEnd);
    at = next;
  }
  return files;
}

function lastRecord(tail: Buffer): Buffer {
  for (let at = tail.length - END.bytes; at >= 0; at -= 1)
    if (tail.readUInt32LE(at) === END.signature && at + END.bytes + tail.readUInt16LE(at + 20) === tail.length)
      return tail.subarray(at);
  throw broken();
}

/** Folders, and what macOS and Windows add. */
function isByTheWay(name: string): boolean {
  return /\/$|^__MACOSX\/|(^|\/)(\.DS_Store|Thumbs\.db|\._[^/]*)$/.test(name);
}

async function* contentOf(file: TemporaryFile, name: string, entry: Buffer): AsyncGenerator<Buffer> {
  const isEncrypted = (entry.readUInt16LE(8) & 1) === 1;
  const method = entry.readUInt16LE(10);
  if (isEncrypted) throw unreadable(`${name} is encrypted`);
  if (method !== STORED && method !== DEFLATED) throw unreadable(`${name} is compressed in a way that is not read`);
  const [checksum, packed, expected] = [entry.readUInt32LE(16), entry.readUInt32LE(20), entry.readUInt32LE(24)];
  const offset = entry.readUInt32LE(42);
  const local = await file.slice(offset, offset + LOCAL.bytes);
  if (local.length < LOCAL.bytes || local.readUInt32LE() !== LOCAL.signature) throw broken();
  const start = offset + LOCAL.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (start + packed > file.size) throw broken();
  if (expected > packed * MAX_RATIO + LOCAL.bytes) throw unreadable(`${name} is packed more densely than any report`);
  let length = 0;
  let sum = 0;
  for await (const part of expanded(file.read(start, start + packed), method)) {
    length += part.length;
    if (length > expected) throw broken();
    sum = crc32(part, sum);
    yield part;
  }
  if (length !== expected || sum !== checksum) throw broken();
}

async function* expanded(bytes: AsyncGenerator<Buffer>, method: number): AsyncGenerator<Buffer> {
  if (method === STORED) {
    yield* bytes;
    return;
  }
  const source = Readable.from(bytes);
  const inflate = createInflateRaw();
  source.on('error', (error) => inflate.destroy(error));
  try {
    for await (const part of source.pipe(inflate)) yield part as Buffer;
  } catch (error) {
    if (/^Z_/.test((error as NodeJS.ErrnoException).code ?? '')) throw broken();
    throw error;
  } finally {
    source.destroy();
  }
}

function broken() {
  return unreadable('the archive is damaged or cut off');
}
