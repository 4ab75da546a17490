import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minorFromWire, minorToWire } from '../../../shared/money.js';
import type { AssetErrorCode } from '../errors.js';
import { creditEntries, operatorEntry, Ledger, journalText } from '../../ledger/index.js';
import type { ReverseRedemptionDto, RedemptionReversalDto } from './redemption.dto.js';
import { RedemptionEntity, RedemptionReversalEntity } from './redemption.entity.js';
import type { MerchantId, StorefrontId } from '../../../shared/ids.js';
import { negated } from '../../../shared/amount.js';

/** Gives back what was redeemed, all of it or a part. */
@Injectable()
export class RedemptionReversalService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Reverses a redemption, once for each id of the storefront's; a repeat answers the same. A negative balance is settled first;
   * points go back to the lots that they came from, with their old day of expiry. Throws `redemption.not-found`,
   * `redemption.conflict` for other content, `redemption.more-than-redeemed`.
   */
  async reverse(
    storefrontId: StorefrontId,
    merchantId: MerchantId,
    redemptionId: string,
    dto: ReverseRedemptionDto,
  ): Promise<RedemptionReversalDto> {
    const reversalId = dto.reversalId ?? redemptionId;
    return this.unitOfWork.run(async (tx) => {
      // Another reversal of the same redemption waits here.
      const redemption = await tx.findOne(RedemptionEntity, {
        where: { storefrontId, redemptionId, merchantId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!redemption)
        throw new DomainError<AssetErrorCode>('redemption.not-found', 'There is no redemption of this id.');
      const known = await tx.findOneBy(RedemptionReversalEntity, { redemptionPk: redemption.id, reversalId });
      if (known) return repeat(redemption, known, dto);
      return viewOf(redemption, await this.post(tx, redemption, reversalId, dto));
    });
  }

  private async post(
    tx: EntityManager,
    redemption: RedemptionEntity,
    reversalId: string,
    dto: ReverseRedemptionDto,
  ): Promise<RedemptionReversalEntity> {
    const { id, redemptionId, merchantId, asset } = redemption;
    const left = redemption.amount - redemption.reversed;
    const amount = dto.amount == null ? left : minorFromWire(dto.amount);
    if (amount > left || amount === 0n)
      throw new DomainError<AssetErrorCode>(
        'redemption.more-than-redeemed',
        `${left.toString()} of the redemption can still be reversed.`,
      );
    const reversedAt = this.clock.now();
    const back = { asset, amount };
    const journal = await this.ledger.post(tx, [{ merchantId, asset }], (book) =>
      book.post({
        businessKey: `redemption-reversed:${id}:${reversalId}`,
        kind: 'redemption-reversed',
        description: journalText('redemptionReversed', { redemption: redemptionId }),
        occurredAt: reversedAt,
        cause: { type: 'redemption', id },
        entries: [operatorEntry('redeemed', negated(back)), ...creditEntries(book, { merchantId, ...back })],
      }),
    );
    const reversal = { redemptionPk: id, reversalId, amount, reason: dto.reason, journalId: journal.id, reversedAt };
    await tx.insert(RedemptionReversalEntity, reversal);
    redemption.reversed += amount;
    await tx.update(RedemptionEntity, { id }, { reversed: redemption.reversed });
    return reversal;
  }
}

function repeat(
  redemption: RedemptionEntity,
  known: RedemptionReversalEntity,
  dto: ReverseRedemptionDto,
): RedemptionReversalDto {
  const same = known.reason === dto.reason && (dto.amount == null || minorFromWire(dto.amount) === known.amount);
  if (!same)
    throw new DomainError<AssetErrorCode>('redemption.conflict', 'This reversal id was used for something else.');
  return viewOf(redemption, known);
}

function viewOf(redemption: RedemptionEntity, reversal: RedemptionReversalEntity): RedemptionReversalDto {
  return {
    reversalId: reversal.reversalId,
    redemptionId: redemption.redemptionId,
    merchant: redemption.merchantId,
    asset: redemption.asset,
    amount: minorToWire(reversal.amount),
    reason: reversal.reason,
    reversedAt: reversal.reversedAt.toISOString(),
    journal: reversal.journalId,
  };
}
