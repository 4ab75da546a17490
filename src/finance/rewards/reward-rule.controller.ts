import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { EndRuleDto } from '../../pricing/index.js';
import { PageQuery, pageRequest } from '../../shared/page.dto.js';
import { RewardRuleDetailView, RewardRulePage, RewardRuleTermsDto } from './reward-rule.dto.js';
import { RewardRuleService } from './reward-rule.service.js';

@ApiTags('Rules')
@ApiBearerAuth()
@Controller('v1/reward-rules')
export class RewardRuleController {
  constructor(private readonly rules: RewardRuleService) {}

  /** Reward rules, the oldest first. */
  @Allow('admin')
  @Get()
  list(@Query() query: PageQuery): Promise<RewardRulePage> {
    return this.rules.listRules(pageRequest(query));
  }

  /** A new reward rule. */
  @Allow('admin')
  @Post()
  create(@Body() body: RewardRuleTermsDto, @CurrentPrincipal() principal: Principal): Promise<RewardRuleDetailView> {
    return this.rules.createRule(body, principal);
  }

  /** A reward rule with all its versions. */
  @Allow('admin')
  @Get(':id')
  read(@Param('id') id: string): Promise<RewardRuleDetailView> {
    return this.rules.readRule(id);
  }

  /** A new version, which replaces the one before from its `validFrom` on. */
  @Allow('admin')
  @Post(':id/versions')
  addVersion(
    @Param('id') id: string,
    @Body() body: RewardRuleTermsDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RewardRuleDetailView> {
    return this.rules.addVersion(id, body, principal);
  }

  /** Ends the rule with all its versions, now or at a later moment. */
  @Allow('admin')
  @Post(':id/end')
  @HttpCode(200)
  end(
    @Param('id') id: string,
    @Body() body: EndRuleDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RewardRuleDetailView> {
    return this.rules.endRule(id, body, principal);
  }
}
