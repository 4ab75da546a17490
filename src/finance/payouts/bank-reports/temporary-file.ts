import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes of one read. */
const CHUNK = 65_536;

/**
 * Bytes that are read more than once and are too many for memory. The file has no name from the moment it is opened, so
 * that nothing of it stays when the process dies. It holds what banks write, in clear: only its owner could open it.
 */
export class TemporaryFile {
  private length = 0;
  private users = 1;

  private constructor(private readonly handle: FileHandle) {}

  static async create(): Promise<TemporaryFile> {
    const path = join(tmpdir(), `yinke-${randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600);
    await unlink(path);
    return new TemporaryFile(handle);
  }

  /** Bytes in it. */
  get size(): number {
    return this.length;
  }

  async append(bytes: Uint8Array): Promise<void> {
    const at = this.length;
    this.length += bytes.length;
    for (let done = 0; done < bytes.length;)
      done += (await this.handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }

  /** The bytes from `from` up to `to`, piece by piece. */
  async *read(from = 0, to = this.length): AsyncGenerator<Buffer> {
    for (let at = from; at < to;) {
      const { buffer, bytesRead } = await this.handle.read(
        Buffer.allocUnsafe(Math.min(CHUNK, to - at)),
        0,
        Math.min(CHUNK, to - at),
        at,
      );
      if (bytesRead === 0) throw new Error('a temporary file is shorter than what was written to it');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /** A short part of it at once. */
  async slice(from: number, to: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.read(from, Math.min(to, this.length))) parts.push(part);
    return Buffer.concat(parts);
  }

  /** Keeps the file for as long as `work` takes, also when its owner closes it meanwhile. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.users += 1;
    try {
      return await work();
    } finally {
      await this.close();
    }
  }

  /** Gives it up; the last one who does so removes it. */
  async close(): Promise<void> {
    this.users -= 1;
    if (this.users === 0) await this.handle.close();
  }
}
