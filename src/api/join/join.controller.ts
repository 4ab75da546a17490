import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Headers, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../../access/index.js';
import { pageLanguage } from '../../shared/page-language.js';
import { joinPage } from './join-page.js';

/** Nothing from elsewhere, nothing inline, in no frame. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function asset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
}

/** The page on which merchants register (claim 9). */
@ApiExcludeController()
@Controller('join')
export class JoinController {
  private readonly javascript = asset('join.js');
  private readonly css = asset('join.css');

  @Get()
  @Allow('anyone')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  @Header('x-content-type-options', 'nosniff')
  @Header('referrer-policy', 'no-referrer')
  @Header('cache-control', 'no-cache')
  @Header('vary', 'Accept-Language')
  page(@Query('lang') language: unknown, @Headers('accept-language') accept: string | undefined): string {
    return joinPage(pageLanguage(language, accept));
  }

  @Get('join.js')
  @Allow('anyone')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('x-content-type-options', 'nosniff')
  @Header('cache-control', 'public, max-age=300')
  script(): string {
    return this.javascript;
  }

  @Get('join.css')
  @Allow('anyone')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('x-content-type-options', 'nosniff')
  @Header('cache-control', 'public, max-age=300')
  style(): string {
    return this.css;
  }
}
