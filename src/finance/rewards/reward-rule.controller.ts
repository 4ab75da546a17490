import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { EndRuleDto } from '../../pricing/index.js';
import { PageQuery, pageRequest } from '../../shared/page.dto.js';
import { RewardRuleDetailDto, RewardRulePageDto, RewardRuleTermsDto } from './reward-rule.dto.js';
import { RewardRuleService } from './reward-rule.service.js';
import { SimulateRulesDto } from './reward-simulation.dto.js';
import { RewardSimulationService } from './reward-simulation.service.js';
import type { RewardRuleId } from '../../shared/ids.js';
import { REWARD_RULE_ID } from './path-ids.js';

@ApiTags('Rules')
@Controller('v1/reward-rules')
export class RewardRuleController {
  constructor(
    private readonly rules: RewardRuleService,
    private readonly simulations: RewardSimulationService,
  ) {}

  /** Reward rules, the oldest first. */
  @Allow('admin')
  @Get()
  listRewardRules(@Query() query: PageQuery): Promise<RewardRulePageDto> {
    return this.rules.listRules(pageRequest(query));
  }

  /** A new reward rule. */
  @Allow('admin')
  @Post()
  createRewardRule(
    @Body() body: RewardRuleTermsDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RewardRuleDetailDto> {
    return this.rules.createRule(body, principal);
  }

  /** What draft rules would have cost on the completed orders of a period, against what was granted. Nothing is posted. */
  @Allow('admin', 'finance-maker', 'finance-checker', 'auditor')
  @Post('simulate')
  @HttpCode(200)
  @Header('content-type', 'application/x-ndjson')
  @ApiOkResponse({
    content: {
      'application/x-ndjson': {
        schema: {
          type: 'string',
          description:
            '`{ progress: { orders, of } }` a line while orders are read, in the end `{ result: { orders, perAsset: [{ asset, wouldCost, granted }], perMerchant: [{ merchant, asset, wouldCost, granted }], leftOut } }` with both amounts less what refunds take back, or `{ problem: { status, code, detail } }`.',
        },
      },
    },
  })
  async simulateRewardRules(@Body() body: SimulateRulesDto): Promise<StreamableFile> {
    return new StreamableFile(await this.simulations.simulateRules(body), { type: 'application/x-ndjson' });
  }

  /** A reward rule with all its versions. */
  @Allow('admin')
  @Get(':id')
  readRewardRule(@Param('id', REWARD_RULE_ID) id: RewardRuleId): Promise<RewardRuleDetailDto> {
    return this.rules.readRule(id);
  }

  /** A new version, which replaces the one before from its `validFrom` on. */
  @Allow('admin')
  @Post(':id/versions')
  addRewardRuleVersion(
    @Param('id', REWARD_RULE_ID) id: RewardRuleId,
    @Body() body: RewardRuleTermsDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RewardRuleDetailDto> {
    return this.rules.addVersion(id, body, principal);
  }

  /** Ends the rule with all its versions, now or at a later moment. */
  @Allow('admin')
  @Post(':id/end')
  @HttpCode(200)
  endRewardRule(
    @Param('id', REWARD_RULE_ID) id: RewardRuleId,
    @Body() body: EndRuleDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RewardRuleDetailDto> {
    return this.rules.endRule(id, body, principal);
  }
}
