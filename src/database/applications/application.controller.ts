import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../access/index.js';
import { Config } from '../../core/config.js';
import { MerchantApplicationService } from './merchant-application.service.js';
import { registrationFormSchema } from './registration-form.js';
import type { Actor } from '../callers/actor.js';
import { pageRequest } from '../../shared/page.dto.js';
import { ApplicationToken } from '../callers/application-token.js';
import {
  ApplicationDto,
  ApplicationListQuery,
  ApplicationPageDto,
  ApproveApplicationDto,
  ApprovedApplicationDto,
  DoubleListDto,
  filledForm,
  SubmitApplicationDto,
  SubmittedApplicationDto,
} from './application.dto.js';
import { ReasonDto } from '../merchants/merchant.dto.js';
import { APPLICATION_ID } from '../path-ids.js';
import { DoublesService } from './doubles.service.js';
import { Registrar } from './registrar.js';
import { CurrentStaff } from '../callers/staff-actor.js';
import type { ApplicationId } from '../../shared/ids.js';

@ApiTags('Merchants')
@Controller('v1/merchant-applications')
export class ApplicationController {
  constructor(
    private readonly applications: MerchantApplicationService,
    private readonly registrar: Registrar,
    private readonly doubles: DoublesService,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** The registration form as JSON Schema 2020-12; `x-label`, `x-hint` and `x-rule` are in zh-CN and en. */
  @Get('form')
  @Allow('anyone', 'publishable-key')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  readApplicationForm(): Record<string, unknown> {
    return registrationFormSchema(this.config.operatorName);
  }

  /** Files an application. The answer is the same for a WeChat ID that is registered or waits already. */
  @Post()
  @Allow('anyone', 'publishable-key')
  submitApplication(@Body() body: SubmitApplicationDto): Promise<SubmittedApplicationDto> {
    return this.applications.submit(filledForm(body));
  }

  /** Applications, the oldest first. */
  @Get()
  @Allow('reviewer', 'admin')
  listApplications(
    @CurrentPrincipal() by: Principal,
    @Query() query: ApplicationListQuery,
  ): Promise<ApplicationPageDto> {
    return this.applications.list(by, query.state, pageRequest(query));
  }

  /** One application, for reviewers, the bearer of its token until the first sign-in, and the merchant that it became. */
  @Get(':id')
  @Allow('applicant', 'merchant', 'reviewer', 'admin')
  @ApiQuery({
    name: 'token',
    required: false,
    example: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln',
    description: 'The token, where a bearer cannot be sent.',
  })
  async readApplication(
    @Param('id', APPLICATION_ID) id: ApplicationId,
    @CurrentPrincipal() principal: Principal,
    @ApplicationToken() token: string | null,
  ): Promise<ApplicationDto> {
    await this.registrar.assertMayRead(id, principal, token);
    return this.applications.show(principal, id);
  }

  /** Merchants and other applications that are likely the same person, the likeliest first, six at most. */
  @Get(':id/doubles')
  @Allow('reviewer', 'admin')
  listApplicationDoubles(
    @CurrentPrincipal() by: Principal,
    @Param('id', APPLICATION_ID) id: ApplicationId,
  ): Promise<DoubleListDto> {
    return this.doubles.show(by, id);
  }

  /** Makes the applicant a merchant with a code; a repeat answers with the same merchant. 409 `application.wechat-id-taken` when another has the WeChat ID. */
  @Post(':id/approve')
  @HttpCode(200)
  @Allow('reviewer')
  async approveApplication(
    @Param('id', APPLICATION_ID) id: ApplicationId,
    @Body() body: ApproveApplicationDto,
    @CurrentStaff() staff: Actor,
  ): Promise<ApprovedApplicationDto> {
    return { merchant: await this.applications.approve(id, body.group ?? null, staff) };
  }

  /** Turns an application down. */
  @Post(':id/reject')
  @HttpCode(200)
  @Allow('reviewer')
  rejectApplication(
    @Param('id', APPLICATION_ID) id: ApplicationId,
    @Body() body: ReasonDto,
    @CurrentStaff() staff: Actor,
  ): Promise<ApplicationDto> {
    return this.applications.reject(id, body.reason, staff);
  }
}
