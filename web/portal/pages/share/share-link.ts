/** The link that brings shoppers with the merchant's code: to the shop's home, or to one of its pages. */
export function shareLink(code: string, page: string): string {
  const link = new URL(`/r/${code}`, location.origin);
  if (page.trim()) link.searchParams.set('to', page.trim());
  return link.href;
}

/** Whether something typed is an address of a web page. The service leads to pages of its own storefronts only. */
export function isAddress(typed: string): boolean {
  return /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(typed.trim());
}
