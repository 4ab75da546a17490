/** Where an order's page is. An order id is the storefront's own, and may hold any character. */
export function orderPath(storefront: string, orderId: string): string {
  return `/orders/${storefront}/${encodeURIComponent(orderId)}`;
}
