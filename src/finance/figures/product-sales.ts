import { commissionableAmounts } from '../rewards/index.js';
import type { OrderLine } from '../../pricing/index.js';

/** What completed orders came to for one product and merchant. */
export interface ProductSales {
  merchantId: string;
  sku: string;
  orders: number;
  units: bigint;
  sales: bigint;
}

/** A completed order. */
export interface SoldOrder {
  merchantId: string;
  lines: readonly OrderLine[];
  amountPaid: bigint;
  shipping: bigint;
  tax: bigint;
}

/** Adds a completed order to what was sold so far: to each product what was paid for its lines. */
export function addSold(sold: Map<string, ProductSales>, order: SoldOrder): void {
  const { merchantId, lines } = order;
  const amounts = commissionableAmounts(order);
  const seen = new Set<string>();
  lines.forEach(({ sku, quantity }, index) => {
    const key = `${merchantId}\n${sku}`;
    const product = sold.get(key) ?? { merchantId, sku, orders: 0, units: 0n, sales: 0n };
    sold.set(key, {
      ...product,
      orders: product.orders + (seen.has(sku) ? 0 : 1),
      units: product.units + BigInt(quantity),
      sales: product.sales + (amounts[index] ?? 0n),
    });
    seen.add(sku);
  });
}
