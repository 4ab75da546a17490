import { Inject, Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import {
  type DatabaseErrorCode,
  type MerchantCard,
  MerchantDirectory,
  type Storefront,
  StorefrontDirectory,
} from '../database/index.js';
import { Config } from '../core/config.js';
import { orderLinesHash } from './basket.js';
import type { BasketLineDto } from './basket-line.dto.js';
import { quoteSigner, type QuoteClaims } from './quote-token.js';
import { VisitTokens } from '../detection/visits/index.js';
import { Clock } from '../core/clock.js';
import { DomainError, type FieldError } from '../shared/domain-error.js';
import { type MerchantId, newId } from '../shared/ids.js';
import { MAX_AMOUNT, minorFromWire, minorToWire } from '../shared/money.js';
import type { TokenSigner } from '../shared/signed-token.js';
import type { PricingErrorCode } from './errors.js';
import { priceBasket, type ListLine, type PricedBasket, type PricedLine } from './price-calculation.js';
import { PriceRuleDirectory } from './price-rule-directory.js';
import type { MerchantPriceDto, MerchantPriceQuery } from './merchant-price.dto.js';
import type { QuoteLineDto, QuoteBasketDto, QuoteDto } from './quote.dto.js';
import { invalid } from './rule-terms.js';

/** What this shopper pays. Answered from memory: nothing is read from the database and nothing is stored. */
@Injectable()
export class QuoteService {
  private readonly signer: TokenSigner<QuoteClaims>;
  private readonly counted: Counter<'price'>;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly clock: Clock,
    private readonly merchants: MerchantDirectory,
    private readonly storefronts: StorefrontDirectory,
    private readonly visits: VisitTokens,
    private readonly rules: PriceRuleDirectory,
    registry: Registry,
  ) {
    this.counted = new Counter({
      name: 'yinke_quotes_total',
      help: 'Quotes answered, by whose prices they have: merchant (whom the visit names) or list.',
      labelNames: ['price'] as const,
      registers: [registry],
    });
    this.signer = quoteSigner(config.tokenKeys);
  }

  /**
   * Prices for the merchant whom the visit attributes, as the merchant stands now: one who has been suspended or closed
   * since brings no price. Throws `quote.wrong-currency`, `token.invalid`, `token.expired`, or `request.invalid` for sums
   * that are not exact as JSON integers.
   */
  quoteBasket(storefront: Storefront, dto: QuoteBasketDto): QuoteDto {
    const now = this.clock.now();
    if (dto.currency !== storefront.currency) {
      const detail = `This storefront sells in ${storefront.currency}.`;
      throw new DomainError<PricingErrorCode>('quote.wrong-currency', detail);
    }
    const visit = dto.visit == null ? null : this.visits.read(dto.visit, storefront, now);
    const merchant = active(visit?.attribution && this.merchants.byId(visit.attribution.merchantId));
    const rules = this.rulesOf(merchant, storefront, now);
    const basket = priceBasket(dto.lines.map(listLine), dto.currency, rules);
    refuseInexact(basket);
    const expiresAt = new Date(now.getTime() + this.config.quoteMinutes * 60_000);
    this.counted.inc({ price: merchant ? 'merchant' : 'list' });
    const id = newId('quote');
    const claims: QuoteClaims = {
      id,
      visitId: visit?.id ?? null,
      attribution: visit?.attribution ?? null,
      previous: visit?.previous ?? 'none',
      currency: dto.currency,
      linesHash: orderLinesHash(basket.lines),
      total: basket.total.toString(),
    };
    return {
      id,
      quote: this.signer.issue(claims, expiresAt, storefront.id),
      attributed: merchant !== null,
      currency: dto.currency,
      lines: basket.lines.map(lineView),
      listTotal: minorToWire(basket.listTotal),
      discountTotal: minorToWire(basket.discountTotal),
      total: minorToWire(basket.total),
      expiresAt: expiresAt.toISOString(),
    };
  }

  /**
   * What one piece costs whom this merchant brings: the same as a quote would say. Throws `merchant.not-found`, or `request.invalid`
   * where the storefront is none.
   */
  readMerchantPrice(merchantId: MerchantId, given: MerchantPriceQuery): MerchantPriceDto {
    const card = this.merchants.byId(merchantId);
    if (!card) throw new DomainError<DatabaseErrorCode>('merchant.not-found', 'There is no merchant of this id.');
    const storefront = this.storefronts.find(given.storefront);
    if (!storefront) throw invalid({ pointer: '/storefront', detail: 'is no storefront' });
    const { sku, category = null, listPrice } = given;
    const rules = this.rulesOf(active(card), storefront, this.clock.now());
    const line = { sku, category, quantity: 1, unitPrice: minorFromWire(listPrice) };
    const { currency } = storefront;
    return { currency, listPrice, merchantPrice: minorToWire(priceBasket([line], currency, rules).total) };
  }

  private rulesOf(merchant: MerchantCard | null, { id: storefrontId }: Storefront, at: Date) {
    return merchant && this.rules.at(at).for({ storefrontId, merchantId: merchant.id, group: merchant.group });
  }
}

/** A merchant who brings a price. */
function active(merchant: MerchantCard | null | undefined): MerchantCard | null {
  return merchant?.state === 'active' ? merchant : null;
}

function listLine({ sku, category, quantity, unitPrice }: BasketLineDto): ListLine {
  return { sku, category: category ?? null, quantity, unitPrice: minorFromWire(unitPrice) };
}

function refuseInexact({ lines, listTotal }: PricedBasket): void {
  const errors = lines.flatMap((line, index): FieldError[] =>
    line.listUnitPrice * BigInt(line.quantity) > MAX_AMOUNT
      ? [{ pointer: `/lines/${index}`, detail: 'unitPrice × quantity is too large' }]
      : [],
  );
  if (errors.length > 0) throw invalid(...errors.slice(0, 100));
  if (listTotal > MAX_AMOUNT) throw invalid({ pointer: '/lines', detail: 'the lines add up to too much' });
}

function lineView({ sku, category, quantity, listUnitPrice, unitPrice, lineTotal, rule }: PricedLine): QuoteLineDto {
  return {
    sku,
    category,
    quantity,
    listUnitPrice: minorToWire(listUnitPrice),
    unitPrice: minorToWire(unitPrice),
    lineTotal: minorToWire(lineTotal),
    rule: rule && { id: rule.ruleId, version: rule.version, name: rule.name, kind: rule.effect.kind },
  };
}
