import { readFileSync } from 'node:fs';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../access/index.js';

@ApiExcludeController()
@Controller()
export class FaviconController {
  private readonly icon = readFileSync(new URL('./assets/favicon.ico', import.meta.url));

  /** What browsers ask for beside any page. */
  @Get('favicon.ico')
  @Allow('anyone')
  @Header('cache-control', 'public, max-age=86400')
  favicon(): StreamableFile {
    return new StreamableFile(this.icon, { type: 'image/x-icon', length: this.icon.length });
  }
}
