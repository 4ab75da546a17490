import type { Storefront } from '../../database/index.js';

/** Where a share link may lead: an http(s) address without credentials whose origin is exactly one of these. */
export function isWithin(target: string, origins: readonly string[]): boolean {
  // Browsers read a backslash as a slash and skip control characters; an address with either means to deceive.
  if (target.length > 2048 || /[\\\p{Cc}\s]/u.test(target) || !/^https?:\/\//i.test(target)) return false;
  if (!URL.canParse(target)) return false;
  const url = new URL(target);
  return url.username === '' && url.password === '' && origins.includes(url.origin);
}

/** `address` with the parameter set; what else stands in its query stays as it is written. */
export function withParameter(address: string, name: string, value: string): string {
  const url = new URL(address);
  if (url.searchParams.has(name)) url.searchParams.set(name, value);
  else {
    const pair = new URLSearchParams([[name, value]]).toString();
    url.search = url.search === '' ? pair : `${url.search}&${pair}`;
  }
  return url.href;
}

/** The parameter that carries the token of a visit that a share link opened, beside the one with the code. */
export function arrivalParameter({ codeParameter }: Pick<Storefront, 'codeParameter'>): string {
  return `${codeParameter}_visit`;
}

/** Where a share link leads. */
export interface ShareTarget {
  storefront: Storefront;
  /** Within the storefront's origins. */
  url: string;
}

/**
 * Where `/r/{code}?to=&storefront=` leads. The storefront is the one that is named, else the one within whose origins
 * `to` lies; else, for a merchant's code, the oldest. A `to` outside its origins leads to its home. Null when there is
 * none: an unknown code names no shop.
 */
export function shareTarget(
  storefronts: readonly Storefront[],
  link: { isMerchants: boolean; to: string | undefined; storefrontId: string | undefined },
): ShareTarget | null {
  const { to } = link;
  const storefront =
    storefronts.find(({ id }) => id === link.storefrontId) ??
    storefronts.find(({ origins }) => to !== undefined && isWithin(to, origins)) ??
    (link.isMerchants ? storefronts[0] : undefined);
  if (!storefront) return null;
  const url = to !== undefined && isWithin(to, storefront.origins) ? to : storefront.homeUrl;
  return { storefront, url: new URL(url).href };
}

/** The address in the shop: with the code when it is a merchant's, and with the token of the visit. */
export function shopAddress({ storefront, url }: ShareTarget, code: string | null, arrival: string | null): string {
  const withCode = code === null ? url : withParameter(url, storefront.codeParameter, code);
  return arrival === null ? withCode : withParameter(withCode, arrivalParameter(storefront), arrival);
}
