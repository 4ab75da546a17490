import { Injectable } from '@nestjs/common';
import type { StorefrontId } from '../shared/ids.js';

/** What knows the storefronts. */
export interface OriginSource {
  /** Web origins of a storefront; empty for an unknown one. */
  originsOf(storefrontId: StorefrontId): readonly string[];
  /** Whether any storefront lists this web origin. */
  knowsOrigin(origin: string): boolean;
}

/** From which web sites browsers may call. Until storefronts are told ({@link enrol}), from none. */
@Injectable()
export class Origins implements OriginSource {
  private source: OriginSource | null = null;

  enrol(source: OriginSource): void {
    this.source = source;
  }

  originsOf(storefrontId: StorefrontId): readonly string[] {
    return this.source?.originsOf(storefrontId) ?? [];
  }

  knowsOrigin(origin: string): boolean {
    return this.source?.knowsOrigin(origin) ?? false;
  }
}
