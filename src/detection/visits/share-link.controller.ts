import { Controller, Get, Headers, Param, Query, Req, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiNotFoundResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../../access/index.js';
import { pageLanguage } from '../../shared/page-language.js';
import { NO_SUCH_LINK_POLICY, noSuchLinkPage } from './no-such-link-page.js';
import { ShareLinkService } from './share-link.service.js';

@ApiTags('Visits and quotes')
@Controller('r')
export class ShareLinkController {
  constructor(private readonly links: ShareLinkService) {}

  /**
   * A merchant's share link: opens the visit and leads to the shop, with the code and a short token of the visit
   * (`m` and `m_visit`, by the storefront's `codeParameter`). The shop passes its whole address to `POST /v1/visits`, which
   * goes on with that visit. An unknown code leads to the shop that `to` or `storefront` names, without a code;
   * where neither does, there is a page that says so.
   */
  @Get(':code')
  @Allow('anyone')
  @ApiQuery({
    name: 'to',
    required: false,
    example: 'https://shop.example/tea',
    description: 'Where to, within the origins of a storefront.',
  })
  @ApiQuery({
    name: 'storefront',
    required: false,
    example: 'sto_01kb4z7x8tenr9k0q5w3hvd2sj',
    description: 'Which storefront, when `to` does not say.',
  })
  @ApiFoundResponse({ description: 'To `to`, or to the home of the storefront.' })
  @ApiNotFoundResponse({
    description: 'A page in Chinese and English: the code is unknown, and no shop is named.',
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  async followShareLink(
    @Param('code') code: string,
    @Query('to') to: unknown,
    @Query('storefront') storefrontId: unknown,
    @Headers('accept-language') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = await this.links.follow({
      code,
      to: typeof to === 'string' ? to : undefined,
      storefrontId: typeof storefrontId === 'string' ? storefrontId : undefined,
      referrer: request.headers.referer,
      isPeek: request.method === 'HEAD' || isPrefetch(request),
    });
    void reply.header('cache-control', 'no-store');
    if (address === null) await sendNoSuchLink(reply, accept);
    else await reply.redirect(address, 302);
  }
}

/** A browser that loads pages which the shopper may never open says so. */
function isPrefetch({ headers }: FastifyRequest): boolean {
  return [headers['sec-purpose'], headers.purpose].some((purpose) => String(purpose).includes('prefetch'));
}

function sendNoSuchLink(reply: FastifyReply, accept: string | undefined): FastifyReply {
  return reply
    .status(404)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': NO_SUCH_LINK_POLICY,
      vary: 'Accept-Language',
    })
    .send(noSuchLinkPage(pageLanguage(undefined, accept)));
}
