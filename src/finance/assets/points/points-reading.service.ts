import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minorToWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { AssetErrorCode } from '../errors.js';
import type { Lot } from './lot.js';
import { lotFromRow, LOT_ORDER, type RawLot } from './points-lot.repository.js';
import type { ExpiringPointsView, MerchantPointsView, PointsLotDetailView, PointsLotView } from './points.dto.js';

type RawMove = {
  posted_at: Date | null;
  journal_id: string;
  kind: string | null;
  description: string | null;
  source: string;
  target: string;
  amount: string;
};

/** Where the next page of lots begins: the sort key and the id of the last lot, as {@link LOT_ORDER} has them. */
const LOT_KEY = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}) (\S{1,40})$/;
const SORT_KEY = "COALESCE(expires_at, TIMESTAMP'9999-12-31 00:00:00')";

/** Points as people see them. */
@Injectable()
export class PointsReadingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly merchants: MerchantRegistry,
  ) {}

  /** What a merchant has, what of it expires soon, and the lots in the order in which they are redeemed. Throws `merchant.not-found`. */
  async readPoints(merchantId: string, withinDays: number, page: PageRequest): Promise<MerchantPointsView> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const [sums] = await reader.query<[{ available: string; soon: string }]>(
      `SELECT COALESCE(SUM(remaining), 0) available,
         COALESCE(SUM(IF(expires_at <= NOW(6) + INTERVAL ? DAY, remaining, 0)), 0) soon
       FROM points_lot WHERE merchant_id = ? AND state = 'open'`,
      [withinDays, merchantId],
    );
    const [, from, fromId] = LOT_KEY.exec(page.after ?? '') ?? [];
    const rows: (RawLot & { sort_key: string })[] = await reader.query(
      `SELECT points_lot.*, DATE_FORMAT(${SORT_KEY}, '%Y-%m-%d %H:%i:%s.%f') sort_key FROM points_lot
       WHERE merchant_id = ? AND state = 'open' ${from === undefined ? '' : `AND (${SORT_KEY} > ? OR (${SORT_KEY} = ? AND id > ?))`}
       ORDER BY ${LOT_ORDER} LIMIT ?`,
      [merchantId, ...(from === undefined ? [] : [from, from, fromId]), page.limit + 1],
    );
    return {
      available: minorToWire(BigInt(sums.available)),
      withinDays,
      expiringSoon: minorToWire(BigInt(sums.soon)),
      ...pageOf(
        rows,
        page.limit,
        (row) => `${row.sort_key} ${row.id}`,
        (row) => lotView(lotFromRow(row)),
      ),
    };
  }

  /** Merchants whose points expire soon. */
  async listExpiring(withinDays: number, page: PageRequest): Promise<Page<ExpiringPointsView>> {
    const rows: { merchant_id: string; amount: string; lots: string; first_at: Date }[] =
      await this.unitOfWork.reader.query(
        `SELECT merchant_id, SUM(remaining) amount, COUNT(*) lots, MIN(expires_at) first_at FROM points_lot
         WHERE state = 'open' AND expires_at <= NOW(6) + INTERVAL ? DAY AND merchant_id > ?
         GROUP BY merchant_id ORDER BY merchant_id LIMIT ?`,
        [withinDays, page.after ?? '', page.limit + 1],
      );
    return pageOf(
      rows,
      page.limit,
      (row) => row.merchant_id,
      (row) => ({
        merchant: row.merchant_id,
        amount: minorToWire(BigInt(row.amount)),
        lots: minorToWire(BigInt(row.lots)),
        firstExpiresAt: row.first_at.toISOString(),
      }),
    );
  }

  /** A lot and all that happened to it. Throws `points-lot.not-found`. */
  async readLot(id: string): Promise<PointsLotDetailView> {
    const reader = this.unitOfWork.reader;
    const [row] = await reader.query<RawLot[]>('SELECT * FROM points_lot WHERE id = ?', [id]);
    if (!row) throw new DomainError<AssetErrorCode>('points-lot.not-found', 'There is no lot of points of this id.');
    const lot = lotFromRow(row);
    return Object.assign(lotView(lot), { merchant: lot.merchantId, moves: await this.movesOf(reader, lot) });
  }

  private async movesOf(reader: EntityManager, lot: Lot): Promise<PointsLotDetailView['moves']> {
    const rows: RawMove[] = await reader.query(
      `SELECT j.posted_at, m.journal_id, j.kind, j.description, m.source, m.target, m.amount
       FROM points_lot_move m LEFT JOIN journal j ON j.id = m.journal_id
       WHERE m.lot_id = ? ORDER BY j.posted_at, m.journal_id, m.line`,
      [lot.id],
    );
    return rows.map((row) => ({
      at: (row.posted_at ?? lot.issuedAt).toISOString(),
      journal: row.journal_id,
      kind: row.kind ?? row.journal_id,
      description: row.description ?? '',
      from: row.source,
      to: row.target,
      amount: minorToWire(BigInt(row.amount)),
    }));
  }
}

function lotView({ id, issued, parts, issuedAt, expiresAt, rewardId, journalId }: Lot): PointsLotView {
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
