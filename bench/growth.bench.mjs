// @ts-check
/**
 * Does it stay as fast as the books grow? Posting, quotes, balances, drafts of a payout and the figures of 30 days, with 10,000,
 * 100,000 and 300,000 entries of 10,000 merchants (--large: 10,000 to 10,000,000).
 *
 * The limit of each is itself at 100,000 entries. A database that has grown does not shrink again, so that the two cannot take
 * turns; each is measured several times at each size.
 */
import { benchmark } from './lib/benchmark.mjs';
import { countFigures, fillBooks, prepareFilling } from './lib/fill.mjs';
import { completeOrders, makeBooks, openQueue, post } from './lib/posting.mjs';
import { figure, median, resultOf, ROUNDS, SECONDS } from './lib/rounds.mjs';
import { makeBankAccounts, makePriceRules, openShop } from './lib/shop.mjs';

const MERCHANTS = 10_000;
const BASE = 100_000;
const EVENTS = Math.ceil(5 * SECONDS) * 200;
const DRAFTED = 200;

export default benchmark({
  name: 'growth',
  what: 'posting, quotes, balances, draft, figures at 10,000 to 300,000 entries (--large: to 10,000,000)',
  limit: 'each itself at 100,000 entries',
  goal: { atLeast: 0.8 },
  run: async (world) => {
    const sizes = (world.large ? [10_000, BASE, 1_000_000, 10_000_000] : [10_000, BASE, 300_000]).map((size) =>
      world.size(size, size),
    );
    const books = await makeBooks(world, MERCHANTS + 1);
    const template = await prepareFilling(world, books);
    const merchants = template.others;
    await makePriceRules(world, 2000, merchants);
    await makeBankAccounts(world, merchants.slice(0, DRAFTED));
    const api = await world.startApi();
    const shop = await openShop(api.baseUrl);
    const auditor = await shop.hire('auditor');
    const maker = await shop.hire('finance-maker');
    const code = books.merchants[1]?.code;
    const { visit } = await shop.publishable.post('/v1/visits', { merchantCode: code });
    const lines = Array.from({ length: 3 }, (_, n) => ({ sku: `sku-${n}`, quantity: 1, unitPrice: 999 }));
    const quote = JSON.stringify({ visit, currency: 'CNY', lines });
    const queue = openQueue(world);
    let sold = 0;

    /** @param {string} path @param {{ path?: string, body?: string }[]} requests @param {Record<string, string>} headers */
    const asked = async (path, requests, headers) =>
      (await world.load({ url: api.baseUrl + path, requests, headers, connections: 8, seconds: SECONDS })).perSecond;
    /** @type {Record<string, (worker: Awaited<ReturnType<typeof world.startWorker>>) => Promise<number>>} */
    const measures = {
      posting: async (worker) => {
        const sellers = Array.from({ length: EVENTS }, () => /** @type {any} */ (merchants[sold++ % MERCHANTS]));
        return post(world, queue, await completeOrders(world, books.storefrontId, sellers), [worker]);
      },
      quotes: () => asked('/v1/quotes', [{ path: '/v1/quotes', body: quote }], shop.publishable.headers),
      balances: () => {
        const paths = merchants.slice(0, 1000).map(({ id }) => ({ path: `/v1/merchants/${id}/balances` }));
        return asked('', paths, auditor.headers);
      },
      draft: async () => {
        const named = merchants.slice(0, DRAFTED).map(({ id }) => id);
        const begin = performance.now();
        const draft = await maker.post('/v1/payout-batches', { currency: 'CNY', rail: 'csv-file', merchants: named });
        const seconds = (performance.now() - begin) / 1000;
        await maker.post(`/v1/payout-batches/${draft.id}/cancel`, {});
        return 1 / seconds;
      },
      figures: () => asked('', [{ path: '/v1/stats/daily?limit=200' }], auditor.headers),
    };

    /** @type {Map<string, number[]>} */
    const speeds = new Map();
    try {
      for (const size of sizes) {
        await fillBooks(world, template, size / 2 - template.filled);
        await countFigures(world);
        const worker = await world.startWorker();
        for (const [name, measure] of Object.entries(measures)) {
          await measure(worker);
          const values = [];
          for (let round = 0; round < Math.min(3, ROUNDS); round++) values.push(await measure(worker));
          speeds.set(`${name} ${size}`, values);
          world.say(`growth: ${name} at ${size.toLocaleString('en')} entries: ${figure(median(values))}/s`);
        }
        await worker.stop();
      }
    } finally {
      await queue.close();
    }
    return Object.keys(measures).map((name) => {
      const base = speeds.get(`${name} ${sizes[1]}`) ?? [];
      const grown = speeds.get(`${name} ${sizes.at(-1)}`) ?? [];
      const figures = grown.map((speed, at) => /** @type {[number, number]} */ ([speed, base[at] ?? NaN]));
      const all = sizes.map((size) => figure(median(speeds.get(`${name} ${size}`) ?? []))).join(', ');
      const result = resultOf({ name: `growth-${name}`, unit: '/s', figures });
      return { ...result, detail: `${all} /s at ${sizes.map((size) => size.toLocaleString('en')).join(', ')} entries` };
    });
  },
});
