/** A shop to lead to. */
export interface Shop {
  id: string;
  origins: readonly string[];
}

/** Whether something typed is an address of a web page. */
export function isAddress(typed: string): boolean {
  return /^https?:\/\/[^\s/]+[^\s]*$/i.test(typed.trim()) && URL.canParse(typed.trim());
}

/** The shop that an address is a page of, as the service finds it: the first one that has its origin. */
export function shopOf<S extends Shop>(shops: readonly S[], page: string): S | undefined {
  if (!isAddress(page)) return undefined;
  const { origin } = new URL(page.trim());
  return shops.find(({ origins }) => origins.includes(origin));
}

/**
 * The link that brings shoppers with the merchant's code: to the home of the shop, or to one of its pages. The shop is named where the service
 * would go to another one without.
 */
export function shareLink(code: string, page: string, shop: Shop | undefined, shops: readonly Shop[]): string {
  const link = new URL(`/r/${code}`, location.origin);
  if (page.trim()) link.searchParams.set('to', page.trim());
  const unnamed = shopOf(shops, page) ?? shops[0];
  if (shop && shop !== unnamed) link.searchParams.set('storefront', shop.id);
  return link.href;
}
