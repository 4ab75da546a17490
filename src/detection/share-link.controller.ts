import { Controller, Get, Header, Param, Query, Redirect } from '@nestjs/common';
import { ApiFoundResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Allow, StorefrontDirectory, type AccessErrorCode } from '../access/index.js';
import { MerchantDirectory } from '../database/index.js';
import { DomainError } from '../shared/domain-error.js';
import { shareTarget } from './share-link.js';

@ApiTags('visits')
@Controller('r')
export class ShareLinkController {
  constructor(
    private readonly storefronts: StorefrontDirectory,
    private readonly merchants: MerchantDirectory,
  ) {}

  /** A merchant's share link: to the shop, with the code. Other query parameters are left to whoever added them. */
  @Get(':code')
  @Redirect()
  @Header('cache-control', 'no-store')
  @Allow('anyone')
  @ApiQuery({ name: 'to', required: false, description: 'Where to, within the origins of a storefront.' })
  @ApiQuery({ name: 'storefront', required: false, description: 'Which storefront, when `to` does not say.' })
  @ApiFoundResponse({ description: 'To `to`, or to the home of the storefront.' })
  follow(
    @Param('code') given: string,
    @Query('to') to: unknown,
    @Query('storefront') storefrontId: unknown,
  ): { url: string; statusCode: number } {
    const merchant = this.merchants.byCode(given);
    const url = shareTarget(this.storefronts.all(), {
      code: merchant?.state === 'active' ? merchant.code : null,
      to: typeof to === 'string' ? to : undefined,
      storefrontId: typeof storefrontId === 'string' ? storefrontId : undefined,
    });
    if (url === null) throw new DomainError<AccessErrorCode>('storefront.not-found', 'There is no shop yet.');
    return { url, statusCode: 302 };
  }
}
