// @ts-check
/** A request as the API takes it, of what there is: every hostile one is made from such. */

/**
 * @typedef {import('./operations.mjs').Operation} Operation
 * @typedef {import('./chance.mjs').Chance} Chance
 * @typedef {import('./pools.mjs').Pools} Pools
 * @typedef {object} Request
 * @property {Operation} operation
 * @property {string} kind which kind of hostility
 * @property {string} how
 * @property {string} caller
 * @property {string} method
 * @property {Record<string, string>} path values of the parameters
 * @property {[string, string][]} query
 * @property {[string, string][]} headers without who calls
 * @property {any} [json] a body yet to be written
 * @property {string | Buffer} [body] a body as it is sent
 * @property {string} [target] instead of path and query
 * @property {Buffer} [bytes] the whole of what is sent, on a connection of its own
 * @property {'body' | 'headers'} [slow]
 * @property {[string, string][]} [credentials] instead of the caller's
 * @property {import('./stock.mjs').Item} [item] what it was made of
 */

/** @param {string} method */
export const changes = (method) => method !== 'GET';

/**
 * @param {Operation} operation @param {string} caller
 * @param {{ chance: Chance, pools: Pools, name: string }} given `name`: unlike those of other requests
 * @returns {Request}
 */
export function validRequest(operation, caller, { chance, pools, name }) {
  const changing = changes(operation.method);
  /** @type {Request} */
  const request = {
    operation,
    kind: 'valid',
    how: 'as documented',
    caller,
    method: operation.method,
    path: {},
    query: [],
    headers: [],
  };
  for (const { in: where, name: parameter, schema, example } of operation.parameters) {
    if (where === 'path') request.path[parameter] = String(valueFor(parameter, schema, example));
    else if (parameter !== 'cursor' && chance.happens(parameter === 'limit' ? 0.7 : 0.3))
      request.query.push([parameter, String(valueFor(parameter, schema, example))]);
  }
  if (operation.example !== undefined) request.json = filled('', operation.example, 0);
  else if (operation.types.includes('application/x-ndjson')) {
    request.headers.push(['content-type', 'application/x-ndjson']);
    request.body = '{"orderId":"x"}\n';
  } else if (operation.types.includes('application/xml')) {
    request.headers.push(['content-type', 'application/xml']);
    request.body = pools.bankReport;
  }
  return request;

  /** @param {string} parameter @param {any} schema @param {unknown} example */
  function valueFor(parameter, schema, example) {
    if (schema?.enum) return chance.of(schema.enum);
    const known = pools.like(parameter, example, changing);
    if (parameter === 'limit') return chance.of([1, 2, 5, 50]);
    return known.length > 0 && chance.happens(0.9) ? chance.of(known) : (example ?? schema?.default ?? 'x');
  }

  /** @param {string} key @param {any} value @param {number} depth @returns {any} */
  function filled(key, value, depth) {
    if (Array.isArray(value)) return value.map((item) => filled(key, item, depth + 1));
    if (value !== null && typeof value === 'object') {
      /** @type {Record<string, any>} */
      const made = {};
      for (const [field, item] of Object.entries(value)) {
        // Of tokens there may be none that is good, and of fields that may be left out one may rule out another.
        const isOptional = depth === 0 && !operation.schema?.required?.includes(field);
        const isToken = field === 'visit' || field === 'quote' || field === 'token';
        if (isToken && isOptional && chance.happens(0.8)) continue;
        if (isOptional && chance.happens(0.25)) continue;
        made[field] = filled(field, item, depth + 1);
      }
      return made;
    }
    if (key === 'orderId' && operation.id === 'placeOrder' && chance.happens(0.7)) return name;
    if (NEW.has(key) && changing && chance.happens(0.8))
      return key === 'email' ? `${name}@hostile.example` : name.replace(/-/g, '_');
    if (typeof value !== 'string') return value;
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return pools.now;
    if (value.includes(CODE)) return value.replace(CODE, chance.of([CODE, ...pools.like('code', CODE, false)]));
    const known = pools.like(key, value, changing);
    return known.length > 0 && chance.happens(0.8) ? chance.of(known) : value;
  }
}

/** A merchant's, in the examples. */
const CODE = '7KQ4M2XC';

/** Names that somebody gives to something new. */
const NEW = new Set(['email', 'wechatId', 'name', 'redemptionId', 'refundId']);
