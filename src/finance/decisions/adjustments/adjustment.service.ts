import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import { AuditLog, type Principal, staffIdOf } from '../../../access/index.js';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError, type SharedErrorCode } from '../../../shared/domain-error.js';
import { newId, type AdjustmentId, type JournalId, type MerchantId } from '../../../shared/ids.js';
import { minorFromWire, minorToWire } from '../../../shared/money.js';
import { pageRequest } from '../../../shared/page.dto.js';
import { pageOf } from '../../../shared/page.js';
import { CouponTemplateService } from '../../assets/index.js';
import type { DecisionErrorCode } from '../errors.js';
import { creditEntries, operatorEntry, type Book, Ledger } from '../../ledger/index.js';
import { ASSET_FORMS, isAsset } from '../../../shared/asset.js';
import { AdjustmentEntity } from './adjustment.entity.js';
import type { ProposeAdjustmentDto, AdjustmentPageDto, AdjustmentQuery, AdjustmentDto } from './adjustment.dto.js';
import { assertDecidable } from './adjustment.js';
import { negated } from '../../../shared/amount.js';

/** Corrections by hand, with four eyes. */
@Injectable()
export class AdjustmentService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly merchants: MerchantRegistry,
    private readonly coupons: CouponTemplateService,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Proposes an adjustment; nothing moves yet. Throws `merchant.not-found` and `request.invalid`. */
  async proposeAdjustment(
    merchantId: MerchantId,
    dto: ProposeAdjustmentDto,
    principal: Principal,
  ): Promise<AdjustmentDto> {
    if (!isAsset(dto.asset)) throw invalid('/asset', `must be ${ASSET_FORMS}`);
    if (dto.amount === 0) throw invalid('/amount', 'must not be zero');
    const adjustment: AdjustmentEntity = {
      id: newId('adjustment'),
      merchantId,
      asset: dto.asset,
      amount: minorFromWire(dto.amount),
      reason: dto.reason,
      state: 'awaiting-approval',
      madeBy: staffIdOf(principal),
      madeAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      journalId: null,
    };
    await this.unitOfWork.run(async (tx) => {
      await assertMerchant(tx, this.merchants, merchantId);
      await this.coupons.assertGrantable(tx, [{ asset: adjustment.asset, amount: adjustment.amount, pointer: '' }]);
      await tx.insert(AdjustmentEntity, adjustment);
      await this.auditLog.record(tx, { principal, action: 'adjustment.proposed', subject: adjustment.id });
    });
    return viewOf(adjustment);
  }

  /** Adjustments, the oldest first. */
  async listAdjustments(query: AdjustmentQuery): Promise<AdjustmentPageDto> {
    const { limit, after } = pageRequest<AdjustmentId>(query);
    const { merchant, state } = query;
    const rows = await this.unitOfWork.reader.find(AdjustmentEntity, {
      where: {
        ...(merchant !== undefined && { merchantId: merchant }),
        ...(state !== undefined && { state }),
        ...(after !== null && { id: MoreThan(after) }),
      },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return pageOf(rows, limit, ({ id }) => id, viewOf);
  }

  /** One adjustment. Throws `adjustment.not-found`. */
  async readAdjustment(id: AdjustmentId): Promise<AdjustmentDto> {
    return viewOf(found(await this.unitOfWork.reader.findOneBy(AdjustmentEntity, { id })));
  }

  /** Moves the money, once. Throws `adjustment.same-person`, `adjustment.wrong-state`, `ledger.insufficient-funds`. */
  async approveAdjustment(id: AdjustmentId, principal: Principal): Promise<AdjustmentDto> {
    return this.decide(id, principal, 'approved', async (tx, adjustment) => {
      const { merchantId, asset } = adjustment;
      return this.ledger.post(tx, [{ merchantId, asset }], (book) =>
        postAdjustment(book, adjustment, this.clock.now()),
      );
    });
  }

  /** Throws `adjustment.same-person` and `adjustment.wrong-state`. */
  async rejectAdjustment(id: AdjustmentId, principal: Principal): Promise<AdjustmentDto> {
    return this.decide(id, principal, 'rejected', () => Promise.resolve(null));
  }

  private async decide(
    id: AdjustmentId,
    principal: Principal,
    decision: 'approved' | 'rejected',
    post: (tx: EntityManager, adjustment: AdjustmentEntity) => Promise<JournalId | null>,
  ): Promise<AdjustmentDto> {
    return this.unitOfWork.run(async (tx) => {
      const adjustment = found(
        await tx.findOne(AdjustmentEntity, { where: { id }, lock: { mode: 'pessimistic_write' } }),
      );
      const decidedBy = staffIdOf(principal);
      assertDecidable(adjustment, decision, decidedBy);
      const journalId = await post(tx, adjustment);
      const change = { state: decision, decidedBy, decidedAt: this.clock.now(), journalId };
      await tx.update(AdjustmentEntity, { id }, change);
      await this.auditLog.record(tx, { principal, action: `adjustment.${decision}`, subject: id });
      return viewOf(Object.assign(adjustment, change));
    });
  }
}

function found(adjustment: AdjustmentEntity | null): AdjustmentEntity {
  if (!adjustment)
    throw new DomainError<DecisionErrorCode>('adjustment.not-found', 'There is no adjustment of this id.');
  return adjustment;
}

function postAdjustment(book: Book, adjustment: AdjustmentEntity, now: Date): JournalId {
  const { id, merchantId, asset, amount } = adjustment;
  const moved = { asset, amount };
  const merchantSide =
    amount > 0n
      ? creditEntries(book, { merchantId, ...moved })
      : [{ owner: merchantId, account: 'available' as const, ...moved }];
  const journal = book.post({
    businessKey: `adjustment:${id}`,
    kind: 'adjustment',
    description: adjustment.reason,
    occurredAt: now,
    cause: { type: 'adjustment', id },
    entries: [...merchantSide, operatorEntry('adjustment', negated(moved))],
  });
  return journal.id;
}

function viewOf(adjustment: AdjustmentEntity): AdjustmentDto {
  return {
    id: adjustment.id,
    merchant: adjustment.merchantId,
    asset: adjustment.asset,
    amount: minorToWire(adjustment.amount),
    reason: adjustment.reason,
    state: adjustment.state,
    madeBy: adjustment.madeBy,
    madeAt: adjustment.madeAt.toISOString(),
    decidedBy: adjustment.decidedBy,
    decidedAt: adjustment.decidedAt?.toISOString() ?? null,
    journal: adjustment.journalId,
  };
}

function invalid(pointer: string, detail: string): DomainError<SharedErrorCode> {
  return new DomainError('request.invalid', '1 field(s) are not valid.', [{ pointer, detail }]);
}
