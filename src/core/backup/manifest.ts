/** What is in a backup, as the dump itself says: all of it at one moment. */
export interface Manifest {
  /** Of the program that made it. */
  version: string;
  /** RFC 3339. */
  madeAt: string;
  /** Rows of each table. */
  tables: Record<string, number>;
  /** Migrations that had run, oldest first. */
  migrations: string[];
  /** Head of the chain of journals, as `npm run audit -- --head` takes it. */
  head: string;
  /** Head of the chain of the audit log, as `--audit-log-head` takes it. */
  auditLogHead: string;
}

const PREFIX = '-- Yinke manifest ';

/** The last line of a dump: a comment, so that the dump is plain SQL for every client. */
export function manifestLine(manifest: Manifest): string {
  return `${PREFIX}${JSON.stringify(manifest)}\n`;
}

/** The manifest of such a line; null for other lines. */
export function readManifestLine(line: string): Manifest | null {
  return line.startsWith(PREFIX) ? (JSON.parse(line.slice(PREFIX.length)) as Manifest) : null;
}
