import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PageQuery, pageRequest } from '../../shared/page.dto.js';
import { Allow, API_KEY_ID, CurrentPrincipal, type Principal } from '../../access/index.js';
import {
  CreatedStorefrontDto,
  CreateStorefrontDto,
  RotatedKeysDto,
  RotateKeysDto,
  StorefrontDto,
  StorefrontKeyListDto,
  StorefrontNamePageDto,
  StorefrontPageDto,
  UpdateStorefrontDto,
} from './storefront.dto.js';
import { StorefrontService } from './storefront.service.js';
import type { ApiKeyId, StorefrontId } from '../../shared/ids.js';
import { STOREFRONT_ID } from '../path-ids.js';

@ApiTags('Staff and storefronts')
@Controller('v1/storefronts')
@Allow('admin')
export class StorefrontController {
  constructor(private readonly storefronts: StorefrontService) {}

  /** Adds a storefront. Its keys are shown in this answer and never again. */
  @Post()
  createStorefront(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateStorefrontDto,
  ): Promise<CreatedStorefrontDto> {
    return this.storefronts.createStorefront(principal, body);
  }

  /** Storefronts, the oldest first. */
  @Get()
  listStorefronts(@Query() query: PageQuery): Promise<StorefrontPageDto> {
    return this.storefronts.listStorefronts(pageRequest(query));
  }

  /** What storefronts are called, and their currency: for all staff. */
  @Get('names')
  @Allow('staff')
  listStorefrontNames(@Query() query: PageQuery): Promise<StorefrontNamePageDto> {
    return this.storefronts.listNames(pageRequest(query));
  }

  /** One storefront. */
  @Get(':id')
  readStorefront(@Param('id', STOREFRONT_ID) id: StorefrontId): Promise<StorefrontDto> {
    return this.storefronts.getStorefront(id);
  }

  /** Changes settings of a storefront. */
  @Patch(':id')
  updateStorefront(
    @CurrentPrincipal() principal: Principal,
    @Param('id', STOREFRONT_ID) id: StorefrontId,
    @Body() body: UpdateStorefrontDto,
  ): Promise<StorefrontDto> {
    return this.storefronts.updateStorefront(principal, id, body);
  }

  /** Keys of a storefront, the latest first: by their last four characters, since the rest is stored nowhere. */
  @Get(':id/keys')
  listStorefrontKeys(@Param('id', STOREFRONT_ID) id: StorefrontId): Promise<StorefrontKeyListDto> {
    return this.storefronts.listKeys(id);
  }

  /** Ends one key now; the others stay. A repeat changes nothing. */
  @Delete(':id/keys/:key')
  @HttpCode(204)
  revokeStorefrontKey(
    @CurrentPrincipal() principal: Principal,
    @Param('id', STOREFRONT_ID) id: StorefrontId,
    @Param('key', API_KEY_ID) key: ApiKeyId,
  ): Promise<void> {
    return this.storefronts.revokeKey(principal, id, key);
  }

  /** New keys, shown in this answer and never again; the keys so far work for a while longer. */
  @Post(':id/keys')
  rotateStorefrontKeys(
    @CurrentPrincipal() principal: Principal,
    @Param('id', STOREFRONT_ID) id: StorefrontId,
    @Body() body: RotateKeysDto,
  ): Promise<RotatedKeysDto> {
    return this.storefronts.rotateKeys(principal, id, body.overlapHours ?? undefined);
  }
}
