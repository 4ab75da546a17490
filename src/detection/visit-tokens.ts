import { Inject, Injectable } from '@nestjs/common';
import type { Storefront } from '../access/index.js';
import { Config } from '../config.js';
import { DomainError, type SharedErrorCode } from '../shared/domain-error.js';
import { TokenSigner } from '../shared/signed-token.js';
import { attribute, windowMs, type Attribution, type Touch } from './attribution.js';

export type CodeStatus = 'known' | 'unknown' | 'absent';

/** What became of the earlier visit token that a visit carried. A shopper's old cookie never breaks the shop. */
export type PreviousToken = 'none' | 'used' | 'expired' | 'refused';

/** What a visit token says. */
export interface VisitClaims {
  /** vis_… */
  id: string;
  storefrontId: string;
  codeStatus: CodeStatus;
  /** Who brought this shopper so far, oldest first. */
  touches: readonly Touch[];
  previous: PreviousToken;
}

/** A visit as its token tells it, and the merchant who counts now. */
export interface Visit extends VisitClaims {
  attribution: Attribution | null;
}

const PREVIOUS_NOTE: Partial<Record<PreviousToken, string>> = {
  expired: ' An earlier visit token was ignored: it had expired.',
  refused: ' An earlier visit token was ignored: it is not one of this storefront.',
};

/** Issues and reads visit tokens. A token belongs to one storefront and holds for its attribution window. */
@Injectable()
export class VisitTokens {
  private readonly signer: TokenSigner<VisitClaims>;

  constructor(@Inject(Config) config: Config) {
    this.signer = new TokenSigner('visit', config.tokenKeys);
  }

  issue(claims: VisitClaims, storefront: Storefront, now: Date): { token: string; expiresAt: Date } {
    const expiresAt = new Date(now.getTime() + windowMs(storefront));
    return { token: this.signer.issue(claims, expiresAt), expiresAt };
  }

  /**
   * The visit, attributed by the storefront's rule at `now`. Throws `token.expired`, or `token.invalid` when the token
   * is forged or another storefront's.
   */
  read(token: string, storefront: Storefront, now: Date): Visit {
    const claims = this.signer.read(token, now);
    if (claims.storefrontId !== storefront.id)
      throw new DomainError<SharedErrorCode>('token.invalid', 'this is not a visit token of this storefront');
    return this.visitOf(claims, storefront, now);
  }

  /** The visit that these claims make at `now`. */
  visitOf(claims: VisitClaims, storefront: Storefront, now: Date): Visit {
    const { id, storefrontId, codeStatus, touches, previous } = claims;
    const attribution = attribute(touches, storefront, now);
    const reason = `${attribution?.reason ?? ''}${PREVIOUS_NOTE[previous] ?? ''}`;
    return {
      id,
      storefrontId,
      codeStatus,
      touches,
      previous,
      attribution: attribution && { ...attribution, reason },
    };
  }
}
