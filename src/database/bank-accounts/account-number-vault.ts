import { createHmac } from 'node:crypto';
import { canonicalJson } from '../../shared/content-hash.js';
import { openBytes, sealBytes } from '../../shared/sealed-bytes.js';
import type { TokenKey } from '../../shared/signed-token.js';

/** An account number as stored: which key, and base64 of nonce, tag and cipher text. */
export interface SealedNumber {
  keyId: string;
  sealed: string;
}

/**
 * What a sealed number belongs to. It is authenticated with the number, so that neither the number can be moved to
 * another row nor holder, country or bank be changed around it.
 */
export interface SealContext {
  bankAccountId: string;
  /** The application or merchant whose account it is. */
  ownerId: string;
  holder: string;
  /** Of accounts that have one. */
  holderLatin?: string;
  town?: string;
  country: string;
  bic: string | null;
}

/** Seals bank account numbers with AES-256-GCM. The first key of the ring seals, all of them open. */
export class AccountNumberVault {
  private readonly first: TokenKey;

  constructor(
    private readonly keys: readonly TokenKey[],
    private readonly indexKey: Buffer,
  ) {
    const first = keys[0];
    if (!first) throw new RangeError('at least one data key is needed');
    this.first = first;
  }

  seal(number: string, context: SealContext): SealedNumber {
    const sealed = sealBytes(this.first.secret, Buffer.from(number, 'utf8'), bound(context));
    return { keyId: this.first.id, sealed: sealed.toString('base64') };
  }

  /** The number in clear. Throws when it was changed, moved to another owner, or its key is not in the ring. */
  open({ keyId, sealed }: SealedNumber, context: SealContext): string {
    const key = this.keys.find(({ id }) => id === keyId);
    if (!key) throw new Error(`bank account ${context.bankAccountId}: data key ${keyId} is not in the configuration`);
    try {
      return openBytes(key.secret, Buffer.from(sealed, 'base64'), bound(context)).toString('utf8');
    } catch {
      throw new Error(`bank account ${context.bankAccountId}: the stored number or what it belongs to was changed`);
    }
  }

  /** The same number under the newest key. Throws as {@link open} does. */
  reseal(number: SealedNumber, context: SealContext): SealedNumber {
    return this.seal(this.open(number, context), context);
  }

  /** Keyed hash (HMAC-SHA256, hex) of a normalised number: finds equal numbers without opening any. */
  hash(number: string): string {
    return createHmac('sha256', this.indexKey).update(number, 'utf8').digest('hex');
  }
}

function bound(context: SealContext): string {
  return canonicalJson({ column: 'bank_account.sealed_number', ...context });
}
