// @ts-check
/** What stands behind the demo's one address when the replay is done. */
import { complain } from '../scripts/lib/say.mjs';
import { merchantsAtTheDoor, staffAtTheDoor } from './door.mjs';
import { CATALOGUE } from './shop/catalogue.mjs';
import { shopHandler } from './shop/handler.mjs';
import { TeaShop } from './shop/shop.mjs';
import { Yinke } from './shop/yinke.mjs';

/** By whose link visitors may come, by place: one with rules of her own, and one of another group. */
const GUESTS = [0, 4];

/**
 * @param {object} given
 * @param {import('./run.mjs').Played} given.played
 * @param {string} given.service
 * @param {string} given.origin of the demo's address
 * @param {boolean} given.known the stores are the demo's own, so that it may sign its people in
 * @returns {import('./site.mjs').Contents & { stop: () => void }}
 */
export function contentsOf({ played, service, origin, known }) {
  const { currency, tea, staff, merchants, held, indebted, bankReport } = played;
  const portal = [...new Set([merchants[0], held, indebted].flatMap((merchant) => merchant ?? []))];
  const yinke = new Yinke({ url: service, secretKey: tea.secretKey });
  const onError = (/** @type {unknown} */ error) => complain(`tea shop: ${String(error)}`);
  const shop = new TeaShop({ yinke, currency, products: CATALOGUE, onError });
  const guests = GUESTS.flatMap((place) => merchants[place] ?? []).map(({ displayName, code, wechatId }) => {
    return { displayName, code, wechatId };
  });
  const { publishableKey, codeParameter } = tea;
  const pageAccess = { url: service, publishableKey, codeParameter };
  return {
    service,
    people: known ? [...merchantsAtTheDoor(service, portal), ...staffAtTheDoor(service, staff.credentials)] : [],
    bankReport: known ? bankReport : null,
    shop: shopHandler({ shop, yinke, pageAccess, origin, path: '/shop/api', guests }),
    stop: () => shop.stop(),
  };
}
