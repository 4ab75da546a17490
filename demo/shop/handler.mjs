// @ts-check
import { randomBytes } from 'node:crypto';
import { ShopError } from './shop.mjs';
import { shortened } from './shortened.mjs';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

const COOKIE = 'tea_shop';
const LONGEST_BODY = 16_384;

/**
 * What the shop's page may know of Yinke: where it is and the publishable key. The secret key is not among it.
 * @typedef {{ url: string, publishableKey: string, codeParameter: string }} PageAccess
 */

/**
 * @typedef {object} Guest a merchant by whose link or WeChat ID a visitor of the demo may come; a real shop has no such list
 * @property {string} displayName
 * @property {string} code
 * @property {string} wechatId
 */

/**
 * The shop's endpoints, for `node:http`: all of them below one path, and JSON.
 * @param {object} given
 * @param {import('./shop.mjs').TeaShop} given.shop
 * @param {import('./yinke.mjs').Yinke} given.yinke
 * @param {PageAccess} given.pageAccess
 * @param {string} given.origin of the shop itself: changes are taken from its own pages only
 * @param {string} given.path where the endpoints are, such as `/shop/api`
 * @param {readonly Guest[]} [given.guests]
 */
export function shopHandler({ shop, yinke, pageAccess, origin, path, guests = [] }) {
  /** @type {Record<string, (call: { yinke: import('./yinke.mjs').Yinke, shopper: string, id: string, body: any }) => unknown>} */
  const routes = {
    'GET shop': () => ({
      currency: shop.currency,
      products: [...shop.products.values()],
      yinke: pageAccess,
      guests,
    }),
    'POST quote': async (call) => {
      const { attributed, lines, listTotal, discountTotal, total } = await shop.quote(call.yinke, call.body);
      return { attributed, lines, listTotal, discountTotal, total };
    },
    'POST orders': async (call) => shown(await shop.order(call.yinke, call.shopper, call.body)),
    'GET orders/:id': async (call) => {
      const order = shop.find(call.shopper, call.id);
      return { ...shown(order), rewards: await shop.rewards(call.yinke, order) };
    },
    'POST orders/:id/payment': async (call) => shown(await shop.pay(call.yinke, call.shopper, call.id)),
    'POST orders/:id/refunds': async (call) => shown(await shop.refund(call.yinke, call.shopper, call.id, call.body)),
  };

  /** @param {Request} request @param {Response} response */
  return async (request, response) => {
    /** @type {import('./yinke.mjs').Exchange[]} What was said to Yinke meanwhile. A real shop keeps that to itself. */
    const said = [];
    try {
      const { route, id } = routeOf(request, path);
      const handle = routes[route];
      if (!handle) throw new ShopError(404, 'route.not-found', 'There is no such address.');
      if (request.method !== 'GET' && request.headers.origin !== origin)
        throw new ShopError(403, 'origin.refused', 'Changes are taken from the shop’s own pages.');
      const shopper = shopperOf(request, response, path);
      const body = request.method === 'GET' ? null : await readJson(request);
      const heard = yinke.heardBy((exchange) => said.push(exchange));
      const answer = await handle({ yinke: heard, shopper, id, body });
      send(response, 200, { .../** @type {object} */ (answer), said: shortened(said) });
    } catch (error) {
      if (error instanceof ShopError) send(response, error.status, { ...error.body, said: shortened(said) });
      else {
        shop.onError(error);
        send(response, 502, { code: 'shop.broken', detail: 'Please try again.', said: shortened(said) });
      }
    }
  };
}

/** What the shopper may see of an order. @param {import('./shop.mjs').Order} order */
function shown({ orderId, state, lines, total, refunds, returned }) {
  return {
    orderId,
    state,
    total,
    refunded: refunds.reduce((sum, { amount }) => sum + amount, 0),
    lines: lines.map((line) => ({ ...line, returned: returned.get(line.sku) ?? 0 })),
  };
}

/** `POST /shop/api/orders/TEA-1/payment` → `POST orders/:id/payment`, and the id. @param {Request} request @param {string} path */
function routeOf({ method = 'GET', url = '/' }, path) {
  const [first = '', id = '', ...rest] =
    url
      .split('?', 1)[0]
      ?.slice(path.length + 1)
      .split('/') ?? [];
  const route = [first, ...(id === '' ? [] : [':id']), ...rest].join('/');
  return { route: `${method} ${route}`, id };
}

/**
 * Who shops: a random name in a cookie. Orders belong to it.
 * @param {Request} request @param {Response} response @param {string} path
 */
function shopperOf(request, response, path) {
  const known = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{32})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
  if (known) return known;
  const shopper = randomBytes(24).toString('base64url');
  response.setHeader('set-cookie', `${COOKIE}=${shopper}; Path=${path}; HttpOnly; SameSite=Lax`);
  return shopper;
}

/** @param {Request} request */
async function readJson(request) {
  if (!request.headers['content-type']?.startsWith('application/json'))
    throw new ShopError(415, 'request.no-json', 'The body has to be JSON.');
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new ShopError(413, 'request.too-large', 'The body is too long.');
    chunks.push(chunk);
  }
  try {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // said below
  }
  throw new ShopError(400, 'request.malformed', 'The body is no JSON object.');
}

/** @param {Response} response @param {number} status @param {object} body */
function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
