import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { TemporaryFile } from './temporary-file.js';

/** The one address whose body is a bank's file. */
export const BANK_REPORTS_PATH = '/v1/bank-reports';

/** A bank's file as it was received, on disk: whatever length it has, it takes no memory. */
export class ReportUpload {
  private constructor(
    readonly file: TemporaryFile,
    /** In hex. */
    readonly sha256: string,
  ) {}

  /** All that `stream` brings; null when it is more than `limitBytes`, of which the rest is left unread. */
  static async receive(stream: Readable, limitBytes: number): Promise<ReportUpload | null> {
    const file = await TemporaryFile.create();
    const hash = createHash('sha256');
    try {
      for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        if (file.size + chunk.length > limitBytes) {
          await file.close();
          return null;
        }
        hash.update(chunk);
        await file.append(chunk);
      }
    } catch (error) {
      await file.close();
      throw error;
    }
    return new ReportUpload(file, hash.digest('hex'));
  }
}
