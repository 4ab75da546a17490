import type { Schema } from '../../../api/client.js';
import { orderPath } from '../../parts/order-path.js';

type Found = Schema<'FoundDto'>;

/** The page that shows what was found; where a kind has none of its own, the one of what it is part of. */
export function pageOf({ kind, id, parts }: Found): string | undefined {
  const order =
    parts.storefront !== undefined && parts.order !== undefined ? orderPath(parts.storefront, parts.order) : undefined;
  const merchant = parts.merchant && `/merchants/${parts.merchant}`;
  const pages: Record<Found['kind'], string | undefined> = {
    adjustment: merchant,
    application: `/applications/${id}`,
    'bank-report': `/bank-reports/${id}`,
    'bank-report-line': `/bank-lines/${id}`,
    coupon: merchant,
    hold: `/holds/${id}`,
    journal: `/journals/${id}`,
    merchant: `/merchants/${id}`,
    order,
    'order-event': order,
    payout: `/reconciliation/payouts/${id}`,
    'payout-batch': `/payouts/${id}`,
    'points-lot': merchant,
    redemption: merchant,
    refund: order,
    reward: `/rewards/${id}`,
    storefront: `/storefronts/${id}`,
    visit: merchant,
  };
  return pages[kind];
}
