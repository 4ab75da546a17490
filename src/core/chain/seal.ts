import { createHmac, timingSafeEqual } from 'node:crypto';

/** A row with what belongs to it, every column as the database's text, so that what is sealed is what is stored. */
export interface SealableRow<Id extends string = string> {
  id: Id;
  /** All columns of the row, in a fixed order. */
  columns: readonly (string | null)[];
  /** All columns of what belongs to it, such as a journal's entries by line. */
  parts: readonly (readonly (string | null)[])[];
}

/** Where a chain stands: how many rows it has, and the seal of the last. */
export interface ChainHead {
  position: bigint;
  /** Hex. */
  seal: string;
}

/** The head of an empty chain. */
export const GENESIS: ChainHead = { position: 0n, seal: '0'.repeat(64) };

/**
 * The seal of a row: HMAC-SHA256 over the seal before it, its position and everything it says. Without the key, which
 * is not in the database, access to the database is not enough to make a chain that fits altered rows.
 */
export function sealOf(key: Buffer, before: ChainHead, row: SealableRow): ChainHead {
  const position = before.position + 1n;
  const content = JSON.stringify([before.seal, position.toString(), row.columns, row.parts]);
  return { position, seal: createHmac('sha256', key).update(content).digest('hex') };
}

/** Whether a stored seal is the one that belongs there. */
export function sealFits(stored: string, expected: string): boolean {
  const a = Buffer.from(stored, 'hex');
  const b = Buffer.from(expected, 'hex');
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A head in one line, for keeping outside the database: `position:seal`. */
export function formatHead(head: ChainHead): string {
  return `${head.position.toString()}:${head.seal}`;
}

/** The head that {@link formatHead} wrote, or null. */
export function parseHead(text: string): ChainHead | null {
  const match = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text.trim());
  return match ? { position: BigInt(match[1] ?? ''), seal: match[2] ?? '' } : null;
}
