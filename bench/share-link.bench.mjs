// @ts-check
/**
 * A shopper follows a share link: GET /r/{code} of 10,000 merchants in turn. The visit is in the database when the shopper
 * is sent on.
 *
 * The limit is Fastify alone, which answers 302 with an address as long.
 */
import { benchmark } from './lib/benchmark.mjs';
import { besideFastify } from './lib/beside-fastify.mjs';
import { makeMerchants, openShop } from './lib/shop.mjs';

export default benchmark({
  name: 'share-link',
  what: 'GET /r/{code} of 10,000 merchants, 32 connections, all recorded',
  limit: 'bare Fastify that answers 302',
  goal: { atLeast: 0.7 },
  run: async (world) => {
    const merchants = await makeMerchants(world, 10_000);
    const api = await world.startApi();
    const shop = await openShop(api.baseUrl);
    const links = merchants.map(({ code }) => ({ path: `/r/${code}?storefront=${shop.id}` }));
    const followed = await fetch(api.baseUrl + (links[0]?.path ?? ''), { redirect: 'manual' });
    return besideFastify(world, {
      operation: ['get', '/r/{code}', 302],
      api: { ...api, headers: {} },
      location: followed.headers.get('location') ?? '',
      requests: () => links,
    });
  },
});
