// @ts-check
/**
 * A shopper comes with a known code: POST /v1/visits of 10,000 merchants in turn, over 32 connections. Each visit is in the
 * database when it is answered; that is counted.
 *
 * The limit is Fastify alone: it reads and validates the same body, writes the same answer, and records nothing.
 */
import { benchmark } from './lib/benchmark.mjs';
import { besideFastify } from './lib/beside-fastify.mjs';
import { makeMerchants, openShop } from './lib/shop.mjs';

export default benchmark({
  name: 'visits',
  what: 'POST /v1/visits with a known code of 10,000 merchants, 32 connections, all recorded',
  limit: 'bare Fastify: the same body, schemas and answer, nothing recorded',
  goal: { atLeast: 0.6 },
  run: async (world) => {
    const merchants = await makeMerchants(world, 10_000);
    const api = await world.startApi();
    const { publishable } = await openShop(api.baseUrl);
    let answered = 1;
    const result = await besideFastify(world, {
      operation: ['post', '/v1/visits', 201],
      api: { ...api, headers: publishable.headers },
      answer: await publishable.post('/v1/visits', { merchantCode: merchants[0]?.code, shopperRef: 'shopper-0' }),
      requests: () =>
        merchants.map(({ code }, n) => ({ body: JSON.stringify({ merchantCode: code, shopperRef: `shopper-${n}` }) })),
      onAnswered: (answers) => (answered += answers),
    });
    const recorded = await world.count('visit');
    if (recorded < answered) throw new Error(`${answered} visits were answered and ${recorded} recorded`);
    return result;
  },
});
