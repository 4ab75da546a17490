import type { Storefront } from '../access/index.js';

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

/**
 * Where `/r/{code}?to=&storefront=` leads. The storefront is the one that is named, else the one within whose origins
 * `to` lies, else the oldest. A `to` outside its origins leads to its home; an unknown code leads home without a code.
 * Null when there is no storefront at all.
 */
export function shareTarget(
  storefronts: readonly Storefront[],
  link: { code: string | null; to: string | undefined; storefrontId: string | undefined },
): string | null {
  const { to, code } = link;
  const storefront =
    storefronts.find(({ id }) => id === link.storefrontId) ??
    storefronts.find(({ origins }) => to !== undefined && isWithin(to, origins)) ??
    storefronts[0];
  if (!storefront) return null;
  if (code === null) return new URL(storefront.homeUrl).href;
  const target = to !== undefined && isWithin(to, storefront.origins) ? to : storefront.homeUrl;
  return withParameter(target, storefront.codeParameter, code);
}
