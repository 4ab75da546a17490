import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../core/clock.js';
import { Config } from '../core/config.js';
import { DomainError } from '../shared/domain-error.js';
import type { MerchantId, StorefrontId } from '../shared/ids.js';
import { id, record } from '../shared/packing.js';
import { TokenSigner } from '../shared/signed-token.js';
import { SECRET_PREFIXES } from './secret.js';

/** For how many minutes a widget's token works, at most. */
export const WIDGET_MINUTES = 60;

/** What a widget's token says. */
export interface WidgetClaims {
  merchant: MerchantId;
  storefront: StorefrontId;
}

/** Tokens with which a widget on a shop's page reads what one merchant has. They change nothing and end within the hour. */
@Injectable()
export class WidgetTokens {
  private readonly signer: TokenSigner<WidgetClaims>;

  constructor(
    @Inject(Config) config: Config,
    private readonly clock: Clock,
  ) {
    const packing = record<WidgetClaims>({ merchant: id('merchant'), storefront: id('storefront') });
    this.signer = new TokenSigner('widget', config.tokenKeys, packing);
  }

  issue(claims: WidgetClaims, minutes: number): { token: string; expiresAt: Date } {
    const expiresAt = new Date(this.clock.now().getTime() + minutes * 60_000);
    return { token: SECRET_PREFIXES.widget + this.signer.issue(claims, expiresAt), expiresAt };
  }

  /** What a token says; null when it is not good, or has ended. */
  read(token: string): WidgetClaims | null {
    try {
      return this.signer.read(token.slice(SECRET_PREFIXES.widget.length), this.clock.now());
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}
