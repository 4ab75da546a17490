// @ts-check
/**
 * The rules of the demo. The price rules stand here twice: as they are sent to the service, and as `priceCut` by which
 * the storefront works back from what was paid to its list price. The service's quote then has to arrive at what was paid.
 */

/** What the shops sell. The file only says how many and for how much. */
export const CATEGORIES = /** @type {const} */ (['music', 'books', 'tea']);

/** @typedef {typeof CATEGORIES[number]} Category */
/**
 * @typedef {object} Merchant
 * @property {string} id
 * @property {string} code
 * @property {string} displayName
 * @property {string} wechatId
 * @property {string} [group]
 * @property {string} [accountNumber] of the bank account
 * @property {boolean} star has rules of her own
 */
/** @typedef {{ rateBps: bigint } | { amount: bigint }} Cut off one unit */

/** Sold at one price to whomever a merchant brings; not in the file. */
export const FIXED_PRICE = { sku: 'GIFT-BOX', list: 12_800n, amount: 9_900n };

/**
 * @param {string} currency
 * @param {Merchant} star
 * @param {string} validFrom
 */
export function priceRules(currency, star, validFrom) {
  return [
    { name: 'tea 5 %', scope: { category: 'tea' }, kind: 'percent-off', rateBps: 500 },
    { name: 'silver 8 %', scope: { group: 'silver' }, kind: 'percent-off', rateBps: 800 },
    { name: 'gold 12 %', scope: { group: 'gold' }, kind: 'percent-off', rateBps: 1200 },
    { name: 'her music', scope: { merchant: star.id, category: 'music' }, kind: 'amount-off', amount: 300, currency },
    {
      name: 'gift box',
      scope: { product: FIXED_PRICE.sku },
      kind: 'fixed-price',
      amount: Number(FIXED_PRICE.amount),
      currency,
    },
  ].map((rule) => ({ ...rule, validFrom }));
}

/**
 * What a merchant's shopper saves on a unit: the most specific of {@link priceRules}.
 * @param {Merchant} merchant
 * @param {Category} category
 * @returns {Cut}
 */
export function priceCut(merchant, category) {
  if (merchant.star && category === 'music') return { amount: 300n };
  if (merchant.group === 'gold') return { rateBps: 1200n };
  if (merchant.group === 'silver') return { rateBps: 800n };
  return { rateBps: category === 'tea' ? 500n : 0n };
}

/**
 * A list price that the cut takes down to `paid`. There always is one: while the rate is below one half, the price after
 * the cut goes up by 0 or 1 with each minor unit of the list price.
 * @param {bigint} paid a unit
 * @param {Cut} cut
 */
export function listPrice(paid, cut) {
  if (paid === 0n) return 0n;
  if ('amount' in cut) return paid + cut.amount;
  const after = (/** @type {bigint} */ list) => list - (list * cut.rateBps + 5_000n) / 10_000n;
  let list = (paid * 10_000n) / (10_000n - cut.rateBps);
  while (after(list) < paid) list += 1n;
  while (after(list) > paid) list -= 1n;
  return list;
}

export const COUPON = 'COUPON:tea';

/**
 * What a coupon for tea is worth.
 * @param {string} currency
 */
export function couponTemplate(currency) {
  return { name: 'tea', title: 'A cup of tea', currency, kind: 'amount-off', amount: 500, validDays: 90 };
}

/**
 * @param {string} cash the currency
 * @param {Merchant} star
 * @param {string} validFrom
 */
export function rewardRules(cash, star, validFrom) {
  const percent = (/** @type {number} */ rateBps) => ({ asset: cash, kind: 'percent', rateBps });
  const pending = (/** @type {number} */ holdDays) => ({ posting: 'pending', holdDays });
  const direct = { posting: 'direct' };
  return [
    { name: 'everyone 5 %', scope: {}, ...pending(30), grants: [percent(500)] },
    {
      name: 'a point for every 1.00',
      scope: {},
      ...direct,
      grants: [{ asset: 'POINTS', kind: 'per-amount', per: 100, units: 1 }],
    },
    {
      name: 'tea tasting',
      scope: {},
      ...direct,
      minPaid: 10_000,
      grants: [{ asset: COUPON, kind: 'fixed', amount: 1 }],
    },
    { name: 'books 3 % at once', scope: { category: 'books' }, ...direct, grants: [percent(300)] },
    { name: 'silver 6 %', scope: { group: 'silver' }, ...pending(14), grants: [percent(600)] },
    {
      name: 'silver music 7.5 %',
      scope: { group: 'silver', category: 'music' },
      ...pending(14),
      grants: [percent(750)],
    },
    {
      name: 'gold 8 %, at most 20.00',
      scope: { group: 'gold' },
      ...pending(7),
      grants: [{ ...percent(800), cap: 2000 }],
    },
    { name: 'her own 10 %', scope: { merchant: star.id }, ...direct, grants: [percent(1000)] },
  ].map((rule) => ({ ...rule, validFrom }));
}
