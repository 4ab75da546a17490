import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../access/index.js';
import { PageQuery, pageRequest } from '../shared/page.dto.js';
import { PriceRuleDetailDto, PriceRulePageDto, PriceRuleTermsDto } from './price-rule.dto.js';
import { PriceRuleService } from './price-rule.service.js';
import { EndRuleDto } from './rule.dto.js';
import type { PriceRuleId } from '../shared/ids.js';
import { PRICE_RULE_ID } from './path-ids.js';

@ApiTags('Rules')
@Controller('v1/price-rules')
export class PriceRuleController {
  constructor(private readonly rules: PriceRuleService) {}

  /** Price rules, the oldest first. */
  @Allow('admin')
  @Get()
  listPriceRules(@Query() query: PageQuery): Promise<PriceRulePageDto> {
    return this.rules.listRules(pageRequest(query));
  }

  /** A new price rule. */
  @Allow('admin')
  @Post()
  createPriceRule(
    @Body() body: PriceRuleTermsDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PriceRuleDetailDto> {
    return this.rules.createRule(body, principal);
  }

  /** A price rule with all its versions. */
  @Allow('admin')
  @Get(':id')
  readPriceRule(@Param('id', PRICE_RULE_ID) id: PriceRuleId): Promise<PriceRuleDetailDto> {
    return this.rules.readRule(id);
  }

  /** A new version, which replaces the one before from its `validFrom` on. */
  @Allow('admin')
  @Post(':id/versions')
  addPriceRuleVersion(
    @Param('id', PRICE_RULE_ID) id: PriceRuleId,
    @Body() body: PriceRuleTermsDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PriceRuleDetailDto> {
    return this.rules.addVersion(id, body, principal);
  }

  /** Ends the rule with all its versions, now or at a later moment. */
  @Allow('admin')
  @Post(':id/end')
  @HttpCode(200)
  endPriceRule(
    @Param('id', PRICE_RULE_ID) id: PriceRuleId,
    @Body() body: EndRuleDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PriceRuleDetailDto> {
    return this.rules.endRule(id, body, principal);
  }
}
