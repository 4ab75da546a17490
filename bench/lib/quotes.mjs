// @ts-check
import { benchmark } from './benchmark.mjs';
import { besideFastify } from './beside-fastify.mjs';
import { SECONDS } from './rounds.mjs';
import { makeMerchants, makePriceRules, openShop } from './shop.mjs';

const RULES = 2000;
/** Lines from which on a basket is long: so few are priced in a second that they are counted and not the seconds. */
const LONG = 1000;
const LINES_A_ROUND = 80_000 * SECONDS;

/**
 * POST /v1/quotes of baskets of one size: the visit of a merchant with rules, products in fifty categories.
 * @param {number} lines
 * @param {import('./benchmark.mjs').Goal} goal
 */
export const quotes = (lines, goal) =>
  benchmark({
    name: `quotes-${lines}`,
    what: `POST /v1/quotes of ${lines.toLocaleString('en')} lines, ${RULES.toLocaleString('en')} price rules`,
    limit: 'bare Fastify: the same body in, the same answer out, both by their schemas',
    goal,
    run: async (world) => {
      const merchants = await makeMerchants(world, 100);
      await makePriceRules(world, RULES, merchants);
      const api = await world.startApi();
      const { publishable } = await openShop(api.baseUrl);
      const { visit } = await publishable.post('/v1/visits', { merchantCode: merchants[0]?.code });
      const basket = {
        visit,
        currency: 'CNY',
        lines: Array.from({ length: lines }, (_, n) => {
          return { sku: `sku-${n}`, category: `category-${n % 50}`, quantity: 1 + (n % 5), unitPrice: 999 + n };
        }),
      };
      const body = JSON.stringify(basket);
      const many = Math.max(4, Math.round(LINES_A_ROUND / lines));
      return besideFastify(world, {
        operation: ['post', '/v1/quotes', 201],
        api: { ...api, headers: publishable.headers },
        answer: await publishable.post('/v1/quotes', basket),
        requests: () => (lines < LONG ? [{ body }] : Array.from({ length: many }, () => ({ body }))),
        once: lines >= LONG,
        connections: lines < LONG ? 32 : 2,
      });
    },
  });
