import { Inject, Injectable } from '@nestjs/common';
import { type Storefront, MerchantDirectory } from '../../database/index.js';
import { Config } from '../../core/config.js';
import { id, letters, listOf, moment, oneOf, or, record } from '../../shared/packing.js';
import { TokenSigner, type TokenKey } from '../../shared/signed-token.js';
import {
  attribute,
  windowMs,
  type Attribution,
  type DecidedAttribution,
  type PreviousToken,
  type Touch,
} from './attribution.js';
import { answerMs, type ReferrerAnswer } from './referrer-question.js';
import { shopperMark } from './shopper-mark.js';
import type { StorefrontId, VisitId } from '../../shared/ids.js';

export type CodeStatus = 'known' | 'unknown' | 'absent';

/** What a visit token says. */
export interface VisitClaims {
  /** vis_… */
  id: VisitId;
  storefrontId: StorefrontId;
  codeStatus: CodeStatus;
  /** Who brought this shopper so far, oldest first. */
  touches: readonly Touch[];
  previous: PreviousToken;
  /** {@link shopperMark} of the last reference that the storefront gave for this shopper. */
  shopper?: string | undefined;
  /** The shopper's last answer to the question who brought them. */
  answer?: ReferrerAnswer | undefined;
}

/** What a visit's row keeps of its latest token, so that an order may name the visit by its id. */
export interface TokenMemory extends Pick<VisitClaims, 'touches' | 'previous' | 'shopper' | 'answer'> {
  /** RFC 3339: when the token expires, and the visit with it. */
  expiresAt: string;
}

/** A visit as its token tells it, and the merchant who counts now. */
export interface Visit extends VisitClaims {
  attribution: DecidedAttribution | null;
  /** The merchant among `touches` whose own reference the shopper gave: what they buy there is their own purchase. */
  shopperIs: string | null;
}

/** What a visit token says to its storefront. */
type PackedVisit = Omit<VisitClaims, 'storefrontId'>;

export const VISIT_PACKING = record<PackedVisit>({
  id: id('visit'),
  codeStatus: oneOf('known', 'unknown', 'absent'),
  touches: listOf(
    record<Touch>({ merchantId: id('merchant'), via: oneOf('code', 'referrer'), visitId: id('visit'), at: moment }),
  ),
  previous: oneOf('none', 'used', 'expired', 'refused'),
  shopper: or(undefined, letters('base64url', 22)),
  answer: or(
    undefined,
    record<ReferrerAnswer>({ brought: oneOf(false, true), settled: oneOf(false, true), at: moment }),
  ),
});

/** Signs visit tokens, each for the storefront whose it is. */
export function visitSigner(keys: readonly TokenKey[]): TokenSigner<PackedVisit> {
  return new TokenSigner('visit', keys, VISIT_PACKING);
}

/** Issues and reads visit tokens. A token belongs to one storefront and holds for its attribution window. */
@Injectable()
export class VisitTokens {
  private readonly signer: TokenSigner<PackedVisit>;

  constructor(
    @Inject(Config) private readonly config: Pick<Config, 'tokenKeys' | 'blindIndexKey'>,
    private readonly merchants: MerchantDirectory,
  ) {
    this.signer = visitSigner(config.tokenKeys);
  }

  /** A token that holds as long as the visit attributes, or as the shopper's answer stands if that is longer. */
  issue(claims: VisitClaims, storefront: Storefront, now: Date): { token: string; expiresAt: Date } {
    const expiresAt = this.expiryOf(claims, storefront, now);
    return { token: this.signer.issue(claims, expiresAt, storefront.id), expiresAt };
  }

  /** What the row of a visit keeps of the token that is issued at `now`. */
  memoryOf(claims: VisitClaims, storefront: Storefront, now: Date): TokenMemory {
    const { touches, previous, shopper, answer } = claims;
    return { touches, previous, shopper, answer, expiresAt: this.expiryOf(claims, storefront, now).toISOString() };
  }

  private expiryOf(claims: VisitClaims, storefront: Storefront, now: Date): Date {
    const attributes = now.getTime() + windowMs(storefront);
    const answered = claims.answer ? Date.parse(claims.answer.at) + answerMs(storefront) : 0;
    return new Date(Math.max(attributes, answered));
  }

  /** The mark of a shopper's reference, for the claims of a visit. */
  markOf(reference: string, storefront: Storefront): string {
    return shopperMark(this.config.blindIndexKey, storefront.id, reference);
  }

  /**
   * The visit, attributed by the storefront's rule at `now`. Throws `token.expired`, or `token.invalid` when the token
   * is forged or another storefront's.
   */
  read(token: string, storefront: Storefront, now: Date): Visit {
    const claims = this.signer.read(token, now, storefront.id);
    return this.visitOf({ ...claims, storefrontId: storefront.id }, storefront, now);
  }

  /** The visit that these claims make at `now`. */
  visitOf(claims: VisitClaims, storefront: Storefront, now: Date): Visit {
    const { id, storefrontId, codeStatus, touches, previous, shopper, answer } = claims;
    const attribution = attribute(touches, storefront, now, previous);
    const shopperIs = this.merchantMarked(shopper, touches, storefront);
    return {
      id,
      storefrontId,
      codeStatus,
      touches,
      previous,
      shopper,
      answer,
      shopperIs,
      attribution: attribution && ofShopper(attribution, shopperIs),
    };
  }

  private merchantMarked(
    shopper: string | undefined,
    touches: readonly Touch[],
    storefront: Storefront,
  ): string | null {
    if (shopper === undefined) return null;
    const touch = touches.find(({ merchantId }) => {
      const names = [merchantId, this.merchants.byId(merchantId)?.wechatId ?? merchantId];
      return names.some((name) => this.markOf(name, storefront) === shopper);
    });
    return touch?.merchantId ?? null;
  }
}

/** The attribution, with the word that it is the shopper's own purchase when they are the merchant. */
export function ofShopper<A extends Attribution>(attribution: A, shopperIs: string | null): A {
  return attribution.merchantId === shopperIs ? { ...attribution, ownPurchase: true } : attribution;
}
