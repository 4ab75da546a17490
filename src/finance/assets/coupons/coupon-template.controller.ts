import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Principal } from '../../../access/index.js';
import { PageQuery, pageRequest } from '../../../shared/page.dto.js';
import { CreateCouponTemplateDto, CouponTemplatePageDto, CouponTemplateDto } from './coupon-template.dto.js';
import { CouponTemplateService } from './coupon-template.service.js';

@ApiTags('Points and coupons')
@Controller('v1/coupon-templates')
export class CouponTemplateController {
  constructor(private readonly templates: CouponTemplateService) {}

  /** Coupon templates, by name. */
  @Allow('staff')
  @Get()
  listCouponTemplates(@Query() query: PageQuery): Promise<CouponTemplatePageDto> {
    return this.templates.listTemplates(pageRequest(query));
  }

  /** A new template, which reward rules may then grant as `COUPON:<name>`. */
  @Allow('admin')
  @Post()
  createCouponTemplate(
    @Body() body: CreateCouponTemplateDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CouponTemplateDto> {
    return this.templates.createTemplate(body, principal);
  }

  /** A template. */
  @Allow('staff')
  @Get(':name')
  readCouponTemplate(@Param('name') name: string): Promise<CouponTemplateDto> {
    return this.templates.readTemplate(name);
  }

  /** Ends a template: no new rule may grant it. Coupons that were issued, or that rules still promise, keep their worth. */
  @Allow('admin')
  @Post(':name/end')
  @HttpCode(200)
  endCouponTemplate(@Param('name') name: string, @CurrentPrincipal() principal: Principal): Promise<CouponTemplateDto> {
    return this.templates.endTemplate(name, principal);
  }
}
