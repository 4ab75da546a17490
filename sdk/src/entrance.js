// @ts-check

const ASSETS =
  /\.(?:avif|bmp|css|eot|gif|ico|jpe?g|js|json|map|mjs|mp[34]|otf|png|svg|ttf|txt|wasm|webm|webp|woff2?|xml)$/i;
/** Not Cubot, which makes telephones. */
const BOTS = /(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|monitor|headless|lighthouse|curl\/|wget\//i;

/**
 * Decides whether a request is a shopper who enters: a page that a person opens, and not what the page then loads.
 * @param {Pick<import('./index.js').YinkeOptions, 'assets' | 'bots' | 'skip'>} options
 * @returns {(request: import('./index.js').ShopRequest) => boolean}
 */
export function entrance({ assets = ASSETS, bots = BOTS, skip = () => false }) {
  return (request) => {
    const { method, url, headers } = request;
    if (method !== 'GET') return false;
    const destination = headers['sec-fetch-dest'];
    if (destination !== undefined && destination !== 'document' && destination !== 'iframe') return false;
    if (/prefetch/.test(`${headers['sec-purpose']} ${headers.purpose}`)) return false;
    if (assets && assets.test(pathOf(url))) return false;
    if (bots && bots.test(headers['user-agent'] ?? '')) return false;
    return !skip(request);
  };
}

/**
 * Whether an address may carry a code, or the token of a share link, in any of the spellings that Yinke reads.
 * @param {string} url @param {string} parameter
 */
export function mayCarryCode(url, parameter) {
  const name = parameter.replace(/[^A-Za-z0-9_]/g, '\\$&');
  const pattern = new RegExp(`[?&;#]${name}(?:_visit)?=.`);
  const once = decoded(url);
  return [url, once, decoded(once)].some((text) => pattern.test(text.normalize('NFKC')));
}

/** @param {string} url */
function pathOf(url) {
  return url.split(/[?#]/, 1)[0] ?? '';
}

/** @param {string} text */
function decoded(text) {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
