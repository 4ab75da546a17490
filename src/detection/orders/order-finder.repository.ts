import { Injectable } from '@nestjs/common';
import { StorefrontDirectory } from '../../database/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../desk/index.js';
import { isId } from '../../shared/ids.js';

interface Row {
  kind: 'order' | 'order-event' | 'refund';
  id: string;
  label: string;
  storefront: string;
  order: string;
  merchant: string | null;
}

const PARTS = 'o.storefront_id storefront, o.order_id `order`, o.merchant_id merchant';
const ORDER = `SELECT 'order' kind, o.id, o.order_id label, ${PARTS} FROM shop_order o`;
const REFUND = `SELECT 'refund' kind, r.id, r.refund_id label, ${PARTS} FROM refund r JOIN shop_order o ON o.id = r.order_pk`;
const EVENT = `SELECT 'order-event' kind, e.id, o.order_id label, ${PARTS} FROM order_event e JOIN shop_order o ON o.id = e.order_pk`;

/** Orders and refunds by the storefront's number or our id, events by id. Several storefronts may have one number. */
@Injectable()
export class OrderFinder extends Finder {
  readonly readers = ['staff'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
    private readonly storefronts: StorefrontDirectory,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    const rows = [...(await this.byId(number)), ...(await this.byNumber(number))];
    return rows.map(({ kind, id, label, storefront, order, merchant }) => {
      return { kind, id, label, parts: { storefront, order, merchant: merchant ?? undefined } };
    });
  }

  private byId(number: string): Promise<Row[]> {
    const reader = this.unitOfWork.reader;
    if (isId('order', number)) return reader.query(`${ORDER} WHERE o.id = ?`, [number]);
    if (isId('refund', number)) return reader.query(`${REFUND} WHERE r.id = ?`, [number]);
    if (isId('orderEvent', number)) return reader.query(`${EVENT} WHERE e.id = ?`, [number]);
    return Promise.resolve([]);
  }

  private async byNumber(number: string): Promise<Row[]> {
    const ids = this.storefronts.all().map(({ id }) => id);
    if (ids.length === 0) return [];
    return this.unitOfWork.reader.query(
      `(${ORDER} WHERE o.storefront_id IN (?) AND o.order_id = ? LIMIT 20)
       UNION ALL (${REFUND} WHERE r.storefront_id IN (?) AND r.refund_id = ? LIMIT 20)`,
      [ids, number, ids, number],
    );
  }
}
