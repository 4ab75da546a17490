import { Transform, type TransformCallback } from 'node:stream';
import { readManifestLine, type Manifest } from './manifest.js';

const NEWLINE = 0x0a;
const ROW = '('.charCodeAt(0);

/** Tables whose rows say something about the whole. */
const TOLD = new Set(['schema_migration', 'seal_head', 'audit_log_head']);

type Contents = Pick<Manifest, 'tables' | 'migrations' | 'head' | 'auditLogHead'>;

/**
 * Lets a dump of mariadb-dump pass, and sees what is in it: rows of each table (each has a line of its own, for line breaks in
 * texts are escaped), the migrations, and how far the chain of journals goes.
 */
export class DumpReader extends Transform {
  private rest: Buffer = Buffer.alloc(0);
  private table: string | null = null;
  private completed = false;
  private readonly contents: Contents = { tables: {}, migrations: [], head: '', auditLogHead: '' };
  /** The manifest that stands in the dump, when it has one. */
  manifest: Manifest | null = null;

  /** What was seen; null unless the dump came to its end. */
  seen(): Contents | null {
    return this.completed ? this.contents : null;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const text = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let from = 0;
    for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, from)) {
      this.readLine(text.subarray(from, end));
      from = end + 1;
    }
    this.rest = text.subarray(from);
    done(null, chunk);
  }

  private readLine(line: Buffer): void {
    if (line[0] === ROW && this.table !== null) {
      this.contents.tables[this.table] = (this.contents.tables[this.table] ?? 0) + 1;
      if (TOLD.has(this.table)) this.readRow(line.toString());
      return;
    }
    if (line.length === 0) return;
    const text = line.toString('utf8', 0, 200);
    const made = /^CREATE TABLE `(\w+)` \($/.exec(text)?.[1];
    if (made !== undefined) this.contents.tables[made] = 0;
    const filled = /^INSERT INTO `(\w+)`.* VALUES$/.exec(text)?.[1];
    if (filled !== undefined) this.table = filled;
    else if (text.startsWith('-- Dump completed')) this.completed = true;
    else if (this.completed) this.manifest ??= readManifestLine(line.toString());
    else if (!text.startsWith(' ')) this.table = null;
  }

  /** `(1,1764000010000,'Core1764000010000'),` or `(1,42,'seal',…);` */
  private readRow(row: string): void {
    const [, first, second] = row.slice(1).split(/,(?=['\d])/);
    const text = /'(\w+)'/.exec(this.table === 'schema_migration' ? row : (second ?? ''))?.[1] ?? '';
    if (this.table === 'schema_migration') this.contents.migrations.push(text);
    else this.contents[this.table === 'seal_head' ? 'head' : 'auditLogHead'] = `${first ?? ''}:${text}`;
  }
}
