import { Injectable } from '@nestjs/common';
import { StorefrontDirectory } from '../../database/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../desk/index.js';
import { isId } from '../../shared/ids.js';

interface Row {
  kind: 'coupon' | 'points-lot' | 'redemption';
  id: string;
  label: string;
  merchant: string;
  storefront: string | null;
}

const COUPON = `SELECT 'coupon' kind, id, template label, merchant_id merchant, NULL storefront FROM coupon`;
const LOT = `SELECT 'points-lot' kind, id, id label, merchant_id merchant, NULL storefront FROM points_lot`;
const REDEMPTION = `SELECT 'redemption' kind, id, redemption_id label, merchant_id merchant, storefront_id storefront FROM redemption`;

/** Coupons by code or id, lots by id, redemptions by the storefront's number or our id. No coupon's code is shown. */
@Injectable()
export class AssetFinder extends Finder {
  readonly readers = ['staff'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
    private readonly storefronts: StorefrontDirectory,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    const rows = await this.rowsOf(number);
    return rows.map(({ kind, id, label, merchant, storefront }) => {
      return { kind, id, label, parts: { merchant, storefront: storefront ?? undefined } };
    });
  }

  private rowsOf(number: string): Promise<Row[]> {
    const reader = this.unitOfWork.reader;
    if (isId('coupon', number)) return reader.query(`${COUPON} WHERE id = ?`, [number]);
    if (isId('pointsLot', number)) return reader.query(`${LOT} WHERE id = ?`, [number]);
    if (isId('redemption', number)) return reader.query(`${REDEMPTION} WHERE id = ?`, [number]);
    const storefronts = this.storefronts.all().map(({ id }) => id);
    if (storefronts.length === 0) return Promise.resolve([]);
    return reader.query(
      `${COUPON} WHERE code = ? UNION ALL (${REDEMPTION} WHERE storefront_id IN (?) AND redemption_id = ? LIMIT 20)`,
      [number, storefronts, number],
    );
  }
}
