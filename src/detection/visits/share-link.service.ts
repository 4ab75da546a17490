import { Injectable } from '@nestjs/common';
import { StorefrontDirectory, MerchantDirectory } from '../../database/index.js';
import { shareTarget, shopAddress } from './share-link.js';
import { VisitService } from './visit.service.js';
import { originAndPath, typedCodes } from './visit-url.js';

/** A request for a share link, as it came. */
export interface FollowedLink {
  /** The code in the path. */
  code: string;
  to: string | undefined;
  storefrontId: string | undefined;
  /** The page with the link, as the browser names it. */
  referrer: string | undefined;
  /** No shopper comes with it: a program only looks where the link leads. */
  isPeek: boolean;
}

/** Leads who follows a merchant's share link to the shop, and opens their visit. */
@Injectable()
export class ShareLinkService {
  constructor(
    private readonly storefronts: StorefrontDirectory,
    private readonly merchants: MerchantDirectory,
    private readonly visits: VisitService,
  ) {}

  /**
   * The address in the shop; null when the link leads nowhere. A merchant who is suspended or closed looks like a code
   * that nobody has, also by this.
   */
  async follow(link: FollowedLink): Promise<string | null> {
    const code = this.activeCode(link.code);
    const target = shareTarget(this.storefronts.all(), { ...link, isMerchants: code !== null });
    if (!target) return null;
    const arrival = link.isPeek
      ? null
      : await this.visits.openArrival(target.storefront, code ?? link.code, referrerOf(link.referrer));
    return shopAddress(target, code, arrival);
  }

  /** As copied out of a chat: of what the path may mean, the first that is an active merchant's. */
  private activeCode(typed: string): string | null {
    const cards = typedCodes(typed).map((code) => this.merchants.byCode(code));
    return cards.find((card) => card?.state === 'active')?.code ?? null;
  }
}

/** A browser's Referer; one that is no address is none. */
function referrerOf(header: string | undefined): string | null {
  return header !== undefined && URL.canParse(header) ? originAndPath(header) : null;
}
