import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, type EntityManager } from 'typeorm';
import { AuditLog, type Principal } from '../../../access/index.js';
import { StorefrontDirectory } from '../../../database/index.js';
import { isDuplicate } from '../../../core/driver-error.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { canonicalJson } from '../../../shared/content-hash.js';
import { DomainError, type FieldError, type SharedErrorCode } from '../../../shared/domain-error.js';
import { minorFromWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { AssetErrorCode } from '../errors.js';
import { couponAsset, isCoupon, templateOf } from '../../../shared/asset.js';
import type { CouponTerms } from './coupon-discount.js';
import { CouponTemplateEntity } from './coupon.entity.js';
import { worthView } from './coupon-reading.repository.js';
import type { CreateCouponTemplateDto, CouponTemplateDto } from './coupon-template.dto.js';

/** Coupons that one grant or correction gives, at most: each becomes a row with a code of its own. */
const MOST_AT_ONCE = 100n;

/** Coupon templates: made and ended, never edited. */
@Injectable()
export class CouponTemplateService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storefronts: StorefrontDirectory,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A new template; the same content again answers the same. Throws `coupon-template.exists` and `request.invalid`. */
  async createTemplate(dto: CreateCouponTemplateDto, principal: Principal): Promise<CouponTemplateDto> {
    const template = this.templateFrom(dto);
    try {
      return await this.unitOfWork.run(async (tx) => {
        await tx.insert(CouponTemplateEntity, template);
        await this.auditLog.record(tx, { principal, action: 'coupon-template.created', subject: template.name });
        return viewOf(template);
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const known = viewOf(await this.get(this.unitOfWork.reader, template.name));
      const { createdAt, endedAt } = known;
      if (canonicalJson(Object.assign(viewOf(template), { createdAt, endedAt })) === canonicalJson(known)) return known;
      throw new DomainError<AssetErrorCode>(
        'coupon-template.exists',
        'There is a template of this name with other content.',
      );
    }
  }

  /** From now on no new rule or correction may name it. What was issued, or promised by a rule, keeps its worth. */
  async endTemplate(name: string, principal: Principal): Promise<CouponTemplateDto> {
    return this.unitOfWork.run(async (tx) => {
      const template = await tx.findOne(CouponTemplateEntity, { where: { name }, lock: { mode: 'pessimistic_write' } });
      if (!template) throw notFound();
      if (template.endedAt) return viewOf(template);
      template.endedAt = this.clock.now();
      await tx.update(CouponTemplateEntity, { name }, { endedAt: template.endedAt });
      await this.auditLog.record(tx, { principal, action: 'coupon-template.ended', subject: name });
      return viewOf(template);
    });
  }

  /** Throws `coupon-template.not-found`. */
  async readTemplate(name: string): Promise<CouponTemplateDto> {
    return viewOf(await this.get(this.unitOfWork.reader, name));
  }

  /** Templates by name. */
  async listTemplates({ limit, after }: PageRequest): Promise<Page<CouponTemplateDto>> {
    const templates = await this.unitOfWork.reader.find(CouponTemplateEntity, {
      ...(after !== null && { where: { name: MoreThan(after) } }),
      order: { name: 'ASC' },
      take: limit + 1,
    });
    return pageOf(templates, limit, ({ name }) => name, viewOf);
  }

  /** Assets of all templates that have not ended. */
  async listAssets(tx: EntityManager): Promise<string[]> {
    const templates = await tx.find(CouponTemplateEntity, { select: { name: true }, where: { endedAt: IsNull() } });
    return templates.map(({ name }) => couponAsset(name));
  }

  /**
   * Whether these coupons can be given: their template has not ended, and they are not too many at once. A template may
   * be made later: until then coupons are counted, have their codes, and are worth what the storefront says. Other assets pass. Throws `request.invalid` with the pointer of each that cannot.
   */
  async assertGrantable(
    tx: EntityManager,
    grants: readonly { asset: string; amount: bigint | null; pointer: string }[],
  ): Promise<void> {
    const coupons = grants.filter(({ asset }) => isCoupon(asset));
    if (coupons.length === 0) return;
    const templates = await tx.findBy(CouponTemplateEntity, {
      name: In(coupons.map(({ asset }) => templateOf(asset))),
    });
    const ended = new Set(templates.filter(({ endedAt }) => endedAt !== null).map(({ name }) => name));
    const errors = coupons.flatMap(({ asset, amount, pointer }): FieldError[] => {
      const given = amount === null || amount > 0n;
      if (given && ended.has(templateOf(asset)))
        return [{ pointer: `${pointer}/asset`, detail: 'must name a coupon template that has not ended' }];
      const tooMany = amount !== null && (amount > MOST_AT_ONCE || amount < -MOST_AT_ONCE);
      return tooMany
        ? [{ pointer: `${pointer}/amount`, detail: `must be at most ${MOST_AT_ONCE.toString()} coupons` }]
        : [];
    });
    if (errors.length > 0) throw invalid(errors);
  }

  private async get(tx: EntityManager, name: string): Promise<CouponTemplateEntity> {
    const template = await tx.findOneBy(CouponTemplateEntity, { name });
    if (!template) throw notFound();
    return template;
  }

  private templateFrom(dto: CreateCouponTemplateDto): CouponTemplateEntity {
    const errors = faults(dto);
    if (dto.storefront != null && !this.storefronts.find(dto.storefront))
      errors.push({ pointer: '/storefront', detail: 'must be a storefront' });
    if (errors.length > 0) throw invalid(errors);
    const minor = (amount: number | null | undefined) => (amount == null ? null : minorFromWire(amount));
    return {
      name: dto.name,
      title: dto.title ?? null,
      storefrontId: dto.storefront ?? null,
      currency: dto.currency,
      kind: dto.kind,
      amount: minor(dto.amount),
      rateBps: dto.rateBps ?? null,
      maxAmount: minor(dto.maxAmount),
      minimumSpend: minor(dto.minimumSpend),
      categories: dto.categories ?? [],
      excludedCategories: dto.excludedCategories ?? [],
      validDays: dto.validDays ?? null,
      createdAt: this.clock.now(),
      endedAt: null,
    };
  }
}

/** What a template says of an order. */
export function termsOf(template: CouponTemplateEntity): CouponTerms {
  const { currency, minimumSpend, amount, rateBps, maxAmount } = template;
  if (amount === null && rateBps === null) throw new Error(`coupon template ${template.name} is worth nothing`);
  return {
    currency,
    minimumSpend,
    value: amount === null ? { kind: 'percent-off', rateBps: rateBps ?? 0, maxAmount } : { kind: 'amount-off', amount },
    categories: template.categories,
    excludedCategories: template.excludedCategories,
  };
}

function faults({ kind, amount, rateBps, maxAmount }: CreateCouponTemplateDto): FieldError[] {
  const check = (wanted: boolean, given: unknown, pointer: string): FieldError[] => {
    if (wanted === (given != null)) return [];
    return [{ pointer, detail: wanted ? `must be given with kind ${kind}` : `must not be given with kind ${kind}` }];
  };
  const share = kind === 'percent-off';
  return [
    ...check(!share, amount, '/amount'),
    ...check(share, rateBps, '/rateBps'),
    ...(share ? [] : check(false, maxAmount, '/maxAmount')),
  ];
}

function viewOf(template: CouponTemplateEntity): CouponTemplateDto {
  return {
    name: template.name,
    title: template.title,
    storefront: template.storefrontId,
    ...worthView(template),
    categories: [...template.categories],
    excludedCategories: [...template.excludedCategories],
    validDays: template.validDays,
    createdAt: template.createdAt.toISOString(),
    endedAt: template.endedAt?.toISOString() ?? null,
  };
}

function notFound(): DomainError<AssetErrorCode> {
  return new DomainError('coupon-template.not-found', 'There is no coupon template of this name.');
}

function invalid(errors: FieldError[]): DomainError<SharedErrorCode> {
  return new DomainError('request.invalid', `${errors.length} field(s) are not valid.`, errors);
}
