import { Injectable } from '@nestjs/common';
import { type OpenMatter, PersonalDataSource, type PersonalTable } from '../../desk/index.js';
import { OrderEntity } from './order.entity.js';

/** Of an order what is the storefront's, and its shopper's: no business of the merchant who brought them. */
const SHOPS = [
  ...['lines', 'linesTotal', 'shipping', 'tax', 'amountPaid', 'shopperRef', 'quoteId', 'visitId'],
  ...['contentHash', 'completionHash', 'revision', 'changedAt', 'createdAt'],
];

/** What orders hold about the merchants who brought them. */
@Injectable()
export class OrdersPersonalData extends PersonalDataSource {
  readonly tables: readonly PersonalTable[] = [
    {
      entity: OrderEntity,
      rows: 'merchant_id = :merchant',
      hidden: SHOPS,
      // The order itself has not changed, so that no day is counted anew.
      erased: { merchant_wechat_id: "''", changed_at: 'changed_at' },
      left: "merchant_wechat_id <> ''",
    },
  ];

  override readonly openMatters: readonly OpenMatter[] = [
    {
      code: 'erasure.work-open',
      detail: 'An order that the merchant brought is not posted yet.',
      sql: `SELECT 1 FROM order_event e JOIN shop_order o ON o.id = e.order_pk
        WHERE e.state IN ('waiting', 'parked') AND o.merchant_id = :merchant`,
    },
  ];
}
