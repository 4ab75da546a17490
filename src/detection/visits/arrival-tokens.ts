import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import type { TokenKey } from '../../shared/signed-token.js';
import type { StorefrontId, VisitId } from '../../shared/ids.js';

/** How long the shop may take up a visit that a share link opened, in milliseconds: enough for a slow phone. */
export const ARRIVAL_MS = 600_000;

/** A visit that a share link opened, before the shop has seen the shopper. */
export interface Arrival {
  /** vis_… */
  visitId: VisitId;
  /** The merchant's code; '' when the link carried an unknown one. */
  code: string;
  /** When the shopper followed the link. */
  at: Date;
}

const TOKEN = /^([0-9a-z]{26})\.([0-9A-Z]*)\.([0-9a-z]{1,11})\.([A-Za-z0-9-]{1,16})\.([0-9a-f]{64})$/;

/**
 * Short tokens (under 140 characters) that a share link puts into the shop's address, so that the shop goes on with the
 * visit: `visit.code.moment.key.mac`, the mac being HMAC-SHA-256 over all of it and the storefront. They name no more
 * than the address does, and hold for {@link ARRIVAL_MS} at that storefront alone.
 */
@Injectable()
export class ArrivalTokens {
  private readonly keys: readonly TokenKey[];

  constructor(@Inject(Config) config: Pick<Config, 'tokenKeys'>) {
    this.keys = config.tokenKeys;
  }

  issue({ visitId, code, at }: Arrival, storefrontId: StorefrontId): string {
    const key = this.keys[0];
    if (!key) throw new RangeError('at least one token key is needed');
    const body = `${visitId.slice('vis_'.length)}.${code}.${at.getTime().toString(36)}.${key.id}`;
    return `${body}.${mac(key, storefrontId, body).toString('hex')}`;
  }

  /** The arrival that a token names; null when it is forged, another storefront's or too old. */
  read(token: string, storefrontId: StorefrontId, now: Date): Arrival | null {
    const [, visit = '', code = '', moment = '', keyId, signature = ''] = TOKEN.exec(token) ?? [];
    const key = this.keys.find(({ id }) => id === keyId);
    if (!key) return null;
    const expected = mac(key, storefrontId, token.slice(0, token.lastIndexOf('.')));
    if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return null;
    const at = new Date(Number.parseInt(moment, 36));
    return now.getTime() - at.getTime() < ARRIVAL_MS ? { visitId: `vis_${visit}`, code, at } : null;
  }
}

/** Never what an old token signs: that begins with its header in base64url. Those of today are signed with derived keys. */
function mac(key: TokenKey, storefrontId: StorefrontId, body: string): Buffer {
  return createHmac('sha256', key.secret).update(`arrival\n${storefrontId}\n${body}`).digest();
}
