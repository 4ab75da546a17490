import { deserialize, serialize } from 'node:v8';
import { TemporaryFile } from './temporary-file.js';

const LENGTH_BYTES = 4;

/** Values in a temporary file, read back in their order. */
export class RecordFile<T> {
  private constructor(private readonly file: TemporaryFile) {}

  static async create<T>(): Promise<RecordFile<T>> {
    return new RecordFile<T>(await TemporaryFile.create());
  }

  async append(value: T): Promise<void> {
    const content = serialize(value);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(content.length);
    await this.file.append(Buffer.concat([length, content]));
  }

  async *read(): AsyncGenerator<T> {
    for (let at = 0; at < this.file.size;) {
      const start = at + LENGTH_BYTES;
      const end = start + (await this.file.slice(at, start)).readUInt32BE();
      yield deserialize(await this.file.slice(start, end)) as T;
      at = end;
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
