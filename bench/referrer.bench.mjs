// @ts-check
/**
 * A shopper who came without a code names a WeChat ID: POST /v1/visits/{id}/referrer. Half of the names are merchants'. Each
 * visit is answered once, and was recorded before.
 *
 * The limit is Fastify alone: the same body, schemas and answer, nothing recorded.
 */
import { benchmark } from './lib/benchmark.mjs';
import { besideFastify } from './lib/beside-fastify.mjs';
import { SECONDS } from './lib/rounds.mjs';
import { makeMerchants, openShop } from './lib/shop.mjs';

const ANSWERS = Math.ceil(2000 * SECONDS);

export default benchmark({
  name: 'referrer',
  what: "POST /v1/visits/{id}/referrer, half of the WeChat IDs are merchants', 32 connections",
  limit: 'bare Fastify: the same body, schemas and answer, nothing recorded',
  goal: { atLeast: 0.4 },
  run: async (world) => {
    await makeMerchants(world, 10_000);
    const api = await world.startApi();
    const { publishable } = await openShop(api.baseUrl);
    const openVisits = async () => {
      const requests = Array.from({ length: ANSWERS }, (_, n) => ({
        body: JSON.stringify({ shopperRef: `shopper-${n}` }),
      }));
      const url = `${api.baseUrl}/v1/visits`;
      const { bodies } = await world.load({ url, headers: publishable.headers, requests, keep: true });
      return bodies.map((body) => /** @type {{ id: string, visit: string }} */ (JSON.parse(body)));
    };
    /** @param {{ id: string, visit: string }} visit @param {number} n */
    const answerTo = ({ id, visit }, n) => ({
      path: `/v1/visits/${id}/referrer`,
      body: { visit, wechatId: n % 2 === 0 ? `bench_${n % 10_000}` : `nobody_${n}` },
    });
    const [first, ...visits] = await openVisits();
    if (!first) throw new Error('no visit was opened');
    const { path, body } = answerTo(first, 0);
    const answer = await publishable.post(path, body);
    let fresh = visits;
    return besideFastify(world, {
      operation: ['post', '/v1/visits/{id}/referrer', 201],
      api: { ...api, headers: publishable.headers },
      answer,
      once: true,
      prepare: async () => void (fresh = await openVisits()),
      requests: () =>
        fresh.map((visit, n) => {
          const asked = answerTo(visit, n);
          return { path: asked.path, body: JSON.stringify(asked.body) };
        }),
    });
  },
});
