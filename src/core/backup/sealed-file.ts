import { Decrypter, Encrypter } from 'age-encryption';
import { createReadStream } from 'node:fs';
import { pipeline as join, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupTrouble } from './backup-trouble.js';

/**
 * A backup file is SQL, compressed by gzip, encrypted as `age` does (https://age-encryption.org, authenticated in pieces of 64 KiB): with the key at
 * hand, `age --decrypt | gunzip | mariadb` restores it where Yinke is not installed.
 */

/** The key is 32 random bytes, not words that somebody thought of: there is nothing to slow down a guesser for. */
const WORK_FACTOR = 12;

/** What goes into a file, from the SQL of a dump. */
export async function* seal(sql: AsyncIterable<Buffer>, key: string): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(key);
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  // An error of the dump is one of what is packed, also while nobody reads that yet.
  const packed = join(Readable.from(sql), createGzip({ level: 6 }), () => undefined);
  yield* await encrypter.encrypt(Readable.toWeb(packed) as ReadableStream<Uint8Array>);
}

/** Hands the SQL of a file to `take`. Whatever is wrong with the file is told in plain words. */
export async function unseal(file: string, key: string, take: (sql: Readable) => Promise<void>): Promise<void> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(key);
  const sealed = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const packed = await decrypter.decrypt(sealed).catch((error: unknown) => {
    throw troubleWith(file, error);
  });
  const damage: BackupTrouble[] = [];
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield* packed;
    } catch (error) {
      const trouble = troubleWith(file, error);
      damage.push(trouble);
      throw trouble;
    }
  }
  const sql = createGunzip();
  try {
    await Promise.all([pipeline(Readable.from(whole()), sql), take(sql)]);
  } catch (error) {
    throw damage[0] ?? (isOfZlib(error) ? troubleWith(file, error) : error);
  }
}

function isOfZlib(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException | null)?.code).startsWith('Z_');
}

function troubleWith(file: string, error: unknown): BackupTrouble {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new BackupTrouble(`there is no file ${file}`);
  if (code !== undefined && !code.startsWith('Z_')) return new BackupTrouble(`${file} cannot be read: ${message}`);
  if (/no identity matched/.test(message))
    return new BackupTrouble(
      `${file} does not open: it was made with another YINKE_BACKUP_KEY, or its beginning is damaged`,
    );
  return new BackupTrouble(
    `${file} is damaged, cut off, or not a backup of Yinke (${message}). Nothing was restored from it`,
  );
}
