import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { pricingEntities } from './pricing.entities.js';

import { AccessModule } from '../access/index.js';
import { DatabaseModule } from '../database/index.js';
import { VisitsModule } from '../detection/visits/index.js';
import { MerchantPriceController } from './merchant-price.controller.js';
import { PriceRuleController } from './price-rule.controller.js';
import { PriceRuleDirectory } from './price-rule-directory.js';
import { PriceRuleRepository } from './price-rule.repository.js';
import { PriceRuleService } from './price-rule.service.js';
import { QuoteController } from './quote.controller.js';
import { QuoteService } from './quote.service.js';
import { RuleReferences } from './rule-references.js';

/** The price for this shopper. */
@Module({
  imports: [TypeOrmModule.forFeature(pricingEntities), AccessModule, DatabaseModule, VisitsModule],
  controllers: [PriceRuleController, QuoteController, MerchantPriceController],
  providers: [PriceRuleRepository, PriceRuleDirectory, PriceRuleService, QuoteService, RuleReferences],
  exports: [RuleReferences],
})
export class PricingModule {}
