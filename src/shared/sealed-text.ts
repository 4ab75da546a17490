import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { TokenKey } from './signed-token.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals text with AES-256-GCM for the database. Bound to the row's id, so that it cannot be moved to another. The keys
 * are derived from the data keys for one purpose: none is used for two things (HKDF, RFC 5869).
 */
export class SealedText {
  private readonly keys: readonly { id: string; secret: Buffer }[];

  constructor(dataKeys: readonly TokenKey[], purpose: string) {
    this.keys = dataKeys.map(({ id, secret }) => ({ id, secret: derivedKey(secret, purpose) }));
  }

  seal(text: string, rowId: string): string {
    const key = this.keys[0];
    if (!key) throw new RangeError('at least one data key is needed');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(rowId));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${key.id}:${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')}`;
  }

  /** Throws when the text was changed or moved, or its key is not in the configuration. */
  open(stored: string, rowId: string): string {
    const [keyId, base64 = ''] = stored.split(':');
    const key = this.keys.find(({ id }) => id === keyId);
    if (!key) throw new Error(`data key ${keyId ?? ''} of a sealed text is not in the configuration`);
    const bytes = Buffer.from(base64, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(rowId));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)).toString('utf8') + decipher.final('utf8');
  }
}

/** A key of 32 bytes for one purpose. */
export function derivedKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}
