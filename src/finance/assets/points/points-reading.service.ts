import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minorToWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { AssetErrorCode } from '../errors.js';
import type { Lot } from './lot.js';
import { PointsReadingRepository } from './points-reading.repository.js';
import type { ExpiringPointsDto, MerchantPointsDto, PointsLotDetailDto, PointsLotDto } from './points.dto.js';
import type { MerchantId, PointsLotId } from '../../../shared/ids.js';

/** Points as people see them. */
@Injectable()
export class PointsReadingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lots: PointsReadingRepository,
    private readonly merchants: MerchantRegistry,
  ) {}

  /** What a merchant has, what of it expires soon, and the lots in the order in which they are redeemed. Throws `merchant.not-found`. */
  async readPoints(merchantId: MerchantId, withinDays: number, page: PageRequest): Promise<MerchantPointsDto> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const { available, soon } = await this.lots.sumOpen(reader, merchantId, withinDays);
    const lots = await this.lots.listOpen(reader, merchantId, page.after, page.limit + 1);
    return {
      available: minorToWire(available),
      withinDays,
      expiringSoon: minorToWire(soon),
      ...pageOf(
        lots,
        page.limit,
        ({ key }) => key,
        ({ lot }) => lotView(lot),
      ),
    };
  }

  /** Merchants whose points expire soon. */
  async listExpiring(withinDays: number, page: PageRequest): Promise<Page<ExpiringPointsDto>> {
    const sums = await this.lots.sumExpiring(this.unitOfWork.reader, withinDays, page.after, page.limit + 1);
    return pageOf(
      sums,
      page.limit,
      ({ merchantId }) => merchantId,
      ({ merchantId, amount, lots, firstAt }) => ({
        merchant: merchantId,
        amount: minorToWire(amount),
        lots: minorToWire(lots),
        firstExpiresAt: firstAt.toISOString(),
      }),
    );
  }

  /** A lot and all that happened to it. Throws `points-lot.not-found`. */
  async readLot(id: PointsLotId): Promise<PointsLotDetailDto> {
    const reader = this.unitOfWork.reader;
    const lot = await this.lots.find(reader, id);
    if (!lot) throw new DomainError<AssetErrorCode>('points-lot.not-found', 'There is no lot of points of this id.');
    return Object.assign(lotView(lot), { merchant: lot.merchantId, moves: await this.movesOf(reader, lot) });
  }

  private async movesOf(reader: EntityManager, lot: Lot): Promise<PointsLotDetailDto['moves']> {
    const moves = await this.lots.movesOf(reader, lot.id);
    return moves.map((move) => ({
      at: (move.posted_at ?? lot.issuedAt).toISOString(),
      journal: move.journal_id,
      kind: move.kind ?? move.journal_id,
      description: move.description ?? '',
      from: move.source,
      to: move.target,
      amount: minorToWire(BigInt(move.amount)),
    }));
  }
}

function lotView({ id, issued, parts, issuedAt, expiresAt, rewardId, journalId }: Lot): PointsLotDto {
  return {
    id,
    issued: minorToWire(issued),
    remaining: minorToWire(parts.remaining),
    redeemed: minorToWire(parts.redeemed),
    expired: minorToWire(parts.expired),
    takenBack: minorToWire(parts['taken-back']),
    issuedAt: issuedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    reward: rewardId,
    journal: journalId,
  };
}
