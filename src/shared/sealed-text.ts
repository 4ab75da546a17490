import { hkdfSync } from 'node:crypto';
import { openBytes, sealBytes, type SealedBytes } from './sealed-bytes.js';
import type { TokenKey } from './signed-token.js';

/**
 * Seals text and bytes with AES-256-GCM for the database. Bound to the row's id, so that it cannot be moved to another. The keys
 * are derived from the data keys for one purpose: none is used for two things (HKDF, RFC 5869).
 */
export class SealedText {
  private readonly keys: readonly { id: string; secret: Buffer }[];

  constructor(dataKeys: readonly TokenKey[], purpose: string) {
    this.keys = dataKeys.map(({ id, secret }) => ({ id, secret: derivedKey(secret, purpose) }));
  }

  /** As one text, the key's id before a colon. */
  seal(text: string, rowId: string): string {
    const { keyId, sealed } = this.sealBytes(Buffer.from(text, 'utf8'), rowId);
    return `${keyId}:${sealed.toString('base64')}`;
  }

  /** Throws when the text was changed or moved, or its key is not in the configuration. */
  open(stored: string, rowId: string): string {
    const [keyId = '', base64 = ''] = stored.split(':');
    return this.openBytes({ keyId, sealed: Buffer.from(base64, 'base64') }, rowId).toString('utf8');
  }

  /** Under the newest key; its id is kept in a column of its own. */
  sealBytes(clear: Buffer, rowId: string): SealedBytes {
    const key = this.keys[0];
    if (!key) throw new RangeError('at least one data key is needed');
    return { keyId: key.id, sealed: sealBytes(key.secret, clear, rowId) };
  }

  /** Throws as {@link open} does. */
  openBytes({ keyId, sealed }: SealedBytes, rowId: string): Buffer {
    const key = this.keys.find(({ id }) => id === keyId);
    if (!key) throw new Error(`data key ${keyId} of a sealed text is not in the configuration`);
    return openBytes(key.secret, sealed, rowId);
  }
}

/** A key of 32 bytes for one purpose. */
export function derivedKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}
