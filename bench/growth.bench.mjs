// @ts-check
/**
 * Does it stay as fast as the books grow? Posting, quotes, balances, drafts of a payout and the figures of 30 days over books
 * of 300,000 entries of 10,000 merchants (--large: 1,000,000, then 10,000,000).
 *
 * The limit of each is itself over books of 100,000 entries: a second database on the same server, with an API and a worker
 * of its own that wait while the others are measured. Both share the server's memory.
 */
import { benchmark } from './lib/benchmark.mjs';
import { countFigures, fillBooks, prepareFilling } from './lib/fill.mjs';
import { completeOrders, makeBooks, openQueue, post } from './lib/posting.mjs';
import { compare, ROUNDS, SECONDS } from './lib/rounds.mjs';
import { makeBankAccounts, makePriceRules, openShop } from './lib/shop.mjs';
import { World } from './lib/world.mjs';

const MERCHANTS = 10_000;
const BASE = 100_000;
const EVENTS = Math.ceil(5 * SECONDS) * 200;
const DRAFTED = 200;
const KINDS = /** @type {const} */ (['posting', 'quotes', 'balances', 'draft', 'figures']);

export default benchmark({
  name: 'growth',
  what: 'posting, quotes, balances, draft and figures over 300,000 entries (--large: 1,000,000 and 10,000,000)',
  limit: 'each itself over 100,000 entries, beside it',
  goal: { atLeast: 0.8 },
  run: async (world) => {
    const sizes = (world.large ? [1_000_000, 10_000_000] : [300_000]).map((size) => world.size(size, size));
    const larger = await World.open(`${world.name}-larger`, world);
    try {
      const base = await open(world);
      const grown = await open(larger);
      await base.fill(world.size(BASE, BASE));
      const results = [];
      for (const size of sizes) {
        await grown.fill(size);
        for (const kind of KINDS)
          results.push(
            await compare({
              name: `growth-${kind}${sizes.length > 1 ? `-${size.toExponential().replace('+', '')}` : ''}`,
              unit: '/s',
              rounds: Math.min(3, ROUNDS),
              ours: () => grown[kind](),
              limit: () => base[kind](),
              say: world.say,
            }),
          );
      }
      return results;
    } finally {
      await larger.close();
    }
  },
});

/** Books that can be filled, and what is measured over them, each in times a second. @param {World} world */
async function open(world) {
  const books = await makeBooks(world, MERCHANTS + 1);
  const template = await prepareFilling(world, books);
  const merchants = template.others;
  await makePriceRules(world, 2000, merchants);
  await makeBankAccounts(world, merchants.slice(0, DRAFTED));
  const api = await world.startApi();
  const worker = await world.startWorker();
  const shop = await openShop(api.baseUrl);
  const auditor = await shop.hire('auditor');
  const maker = await shop.hire('finance-maker');
  const { visit } = await shop.publishable.post('/v1/visits', { merchantCode: books.merchants[1]?.code });
  const lines = Array.from({ length: 3 }, (_, n) => ({ sku: `sku-${n}`, quantity: 1, unitPrice: 999 }));
  const quote = JSON.stringify({ visit, currency: 'CNY', lines });
  const queue = openQueue(world);
  world.whenClosed(() => queue.close());
  let sold = 0;

  /** @param {{ path: string, body?: string }[]} requests @param {Record<string, string>} headers */
  const asked = async (requests, headers) =>
    (await world.load({ url: api.baseUrl, requests, headers, connections: 8, seconds: SECONDS })).perSecond;
  return {
    /** @param {number} entries */
    fill: async (entries) => {
      await fillBooks(world, template, Math.ceil(entries / 2) - template.filled);
      await countFigures(world);
    },
    posting: async () => {
      const sellers = Array.from({ length: EVENTS }, () => /** @type {any} */ (merchants[sold++ % MERCHANTS]));
      return post(world, queue, await completeOrders(world, books.storefrontId, sellers), [worker]);
    },
    quotes: () => asked([{ path: '/v1/quotes', body: quote }], shop.publishable.headers),
    balances: () =>
      asked(
        merchants.slice(0, 1000).map(({ id }) => ({ path: `/v1/merchants/${id}/balances` })),
        auditor.headers,
      ),
    draft: async () => {
      const named = merchants.slice(0, DRAFTED).map(({ id }) => id);
      const begin = performance.now();
      const draft = await maker.post('/v1/payout-batches', { currency: 'CNY', rail: 'csv-file', merchants: named });
      const seconds = (performance.now() - begin) / 1000;
      await maker.post(`/v1/payout-batches/${draft.id}/cancel`, {});
      return 1 / seconds;
    },
    figures: () => asked([{ path: '/v1/stats/daily?limit=200' }], auditor.headers),
  };
}
