import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { PayoutPolicyDto, PutPayoutPolicyDto } from './payout-policy.dto.js';
import { PayoutPolicyService } from './payout-policy.service.js';
import { CurrencyParam } from '../accounts/currency.param.js';
import { present } from '../../../shared/present.js';

@ApiTags('Payouts')
@Controller('v1/payout-policies/:currency')
export class PayoutPolicyController {
  constructor(private readonly policies: PayoutPolicyService) {}

  /** Sets minimum, maximum, fees and the threshold of the second checker, for batches drafted from now on. */
  @Put()
  @Allow('admin')
  setPayoutPolicy(
    @CurrentPrincipal() by: Staff,
    @Param() { currency }: CurrencyParam,
    @Body() body: PutPayoutPolicyDto,
  ): Promise<PayoutPolicyDto> {
    return this.policies.putPolicy(by, currency, present(body));
  }

  /** The terms of payouts of a currency. */
  @Get()
  @Allow('admin', 'finance-maker', 'finance-checker', 'auditor')
  readPayoutPolicy(@Param() { currency }: CurrencyParam): Promise<PayoutPolicyDto> {
    return this.policies.getPolicy(currency);
  }
}
