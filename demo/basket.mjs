// @ts-check
import { FIXED_PRICE } from './rules.mjs';
import { Surprise } from './replay.mjs';

/** @typedef {import('./rules.mjs').Merchant} Merchant */
/** @typedef {import('./world.mjs').Shop} Shop */

const LINES = [
  { sku: 'MUSIC-007', category: 'music', quantity: 2, unitPrice: 4_800 },
  { sku: 'TEA-021', category: 'tea', quantity: 1, unitPrice: 6_650 },
  { sku: FIXED_PRICE.sku, quantity: 1, unitPrice: Number(FIXED_PRICE.list) },
];

/**
 * What one basket costs those whom nobody brought and those whom a merchant brought: the merchant's own price, the same
 * whether the shopper came with the code or named the WeChat ID.
 * @param {Shop} shop
 * @param {readonly Merchant[]} merchants
 * @returns {Promise<{ merchant: Merchant | null, total: bigint }[]>}
 */
export async function compareBasket({ browser, homeUrl, currency }, merchants) {
  const total = async (/** @type {{ visit: string }} */ { visit }) =>
    BigInt((await browser.post('/v1/quotes', { visit, currency, lines: LINES })).total);
  const stranger = await browser.post('/v1/visits', { url: homeUrl });
  /** @type {{ merchant: Merchant | null, total: bigint }[]} */
  const prices = [{ merchant: null, total: await total(stranger) }];
  for (const merchant of merchants) {
    const byCode = await total(await browser.post('/v1/visits', { url: homeUrl, merchantCode: merchant.code }));
    const { id, visit } = await browser.post('/v1/visits', { url: homeUrl });
    const named = await browser.post(`/v1/visits/${id}/referrer`, { visit, wechatId: merchant.wechatId });
    const byName = await total(named);
    if (byCode !== byName) throw new Surprise(`${merchant.displayName}: ${byCode} by code but ${byName} by WeChat ID`);
    prices.push({ merchant, total: byCode });
  }
  return prices;
}
