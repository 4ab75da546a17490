// @ts-check
/**
 * A merchant looks at a long statement: pages of 200 entries over HTTP, the first and the last of 100,000 (--large: 1,000,000).
 *
 * The limit of the first page is mysql2 that runs the one query of that page, taken from the database's log while the program
 * ran it, on as many connections. The limit of the last page is the first page.
 */
import { benchmark } from './lib/benchmark.mjs';
import { fillBooks, prepareFilling } from './lib/fill.mjs';
import { makeBooks } from './lib/posting.mjs';
import { compare, SECONDS } from './lib/rounds.mjs';
import { openShop } from './lib/shop.mjs';
import { statementsOf } from './lib/statements.mjs';

const AT_ONCE = 8;
const PAGE = 200;

export default benchmark({
  name: 'statement',
  what: "pages of one merchant's statement, the first and the last of 100,000 entries (--large: 1,000,000)",
  limit: 'mysql2 that runs the same one query; for the last page, the first',
  goal: { atLeast: 0.5 },
  run: async (world) => {
    const count = world.size(100_000, 1_000_000);
    const books = await makeBooks(world, 2);
    const template = await prepareFilling(world, books);
    await fillBooks(world, template, count);
    const merchant = template.others[0]?.id;
    const api = await world.startApi();
    const shop = await openShop(api.baseUrl);
    const auditor = await shop.hire('auditor');

    const first = `/v1/merchants/${merchant}/entries?limit=${PAGE}`;
    const [before] = await world.query(
      'SELECT journal_id, line FROM entry WHERE owner = ? ORDER BY journal_id DESC LIMIT 1 OFFSET ?',
      [merchant, PAGE],
    );
    const last = `${first}&cursor=${Buffer.from(`${before?.journal_id} ${before?.line}`).toString('base64url')}`;
    const statements = await statementsOf(world, async () => {
      const { items } = await auditor.get(first);
      if (items.length !== PAGE) throw new Error(`the first page has ${items.length} entries`);
    });
    const { items, nextCursor } = await auditor.get(last);
    if (items.length !== PAGE || nextCursor !== null) throw new Error('the last page is another one');
    const queries = statements.filter((statement) => statement.includes('FROM entry'));
    if (queries.length !== 1) throw new Error(`a page asks for entries ${queries.length} times: mend the limit`);

    const pages = async (/** @type {string} */ path) => {
      const requests = [{ path }];
      const { headers } = auditor;
      return (await world.load({ url: api.baseUrl + path, headers, requests, seconds: SECONDS, connections: AT_ONCE }))
        .perSecond;
    };
    const asked = async () => {
      let done = 0;
      const begin = performance.now();
      const end = begin + SECONDS * 1000;
      const lane = async () => {
        for (; performance.now() < end; done++) await world.query(queries[0] ?? '');
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      return (done * 1000) / (performance.now() - begin);
    };
    const common = { unit: 'pages/s', say: world.say };
    return [
      await compare({ ours: () => pages(first), limit: asked, ...common }),
      await compare({
        name: 'statement-last',
        goal: { atLeast: 0.8 },
        ours: () => pages(last),
        limit: () => pages(first),
        ...common,
      }),
    ];
  },
});
