// @ts-check
/**
 * Every invariant and the chain of journals, as `npm run audit` checks them, over 100,000 entries (--large: 1,000,000 and then
 * 10,000,000); it has to find them clean. The time is what the command says of each, without its start.
 *
 * The limit is one scan of the tables with rows, each read to its last column by the database itself (CHECKSUM TABLE … EXTENDED).
 */
import { benchmark } from './lib/benchmark.mjs';
import { fillBooks, prepareFilling, sealAll } from './lib/fill.mjs';
import { makeBooks } from './lib/posting.mjs';
import { compare } from './lib/rounds.mjs';
import { run } from '../scripts/lib/run.mjs';

const MERCHANTS = 10_000;
const ENTRIES_OF_AN_ORDER = 2;

export default benchmark({
  name: 'audit',
  what: 'all invariants and the chain over 100,000 entries (--large: 1,000,000 and 10,000,000)',
  limit: 'one scan of the same tables',
  goal: { atMost: 3 },
  run: async (world) => {
    const sizes = (world.large ? [1_000_000, 10_000_000] : [100_000]).map((size) => world.size(size, size));
    const books = await makeBooks(world, MERCHANTS + 1);
    const template = await prepareFilling(world, books);
    const results = [];
    for (const size of sizes) {
      await fillBooks(world, template, size / ENTRIES_OF_AN_ORDER - template.filled);
      await sealAll(world);
      const tables = await world.query(
        `SELECT table_name name FROM information_schema.tables
          WHERE table_schema = DATABASE() AND table_name NOT LIKE 'bench\\_%' AND table_rows > 0`,
      );
      const scan = `CHECKSUM TABLE ${tables.map(({ name }) => name).join(', ')} EXTENDED`;
      results.push(
        await compare({
          ...(sizes.length > 1 && { name: `audit-${size.toExponential().replace('+', '')}` }),
          unit: 's',
          rounds: 2,
          ours: () => audit(world),
          limit: async () => {
            const begin = performance.now();
            await world.query(scan);
            return (performance.now() - begin) / 1000;
          },
          say: world.say,
        }),
      );
    }
    return results;
  },
});

/** Seconds that the checks took. @param {import('./lib/world.mjs').World} world */
async function audit({ env, beside }) {
  beside.add('audit');
  const { code, output } = await run(process.execPath, ['dist/audit.js'], { env });
  if (code !== 0) throw new Error(`the audit found something:\n${output}`);
  const took = [...output.matchAll(/^ok .* (\d+) ms /gm)].map(([, ms]) => Number(ms));
  return took.reduce((sum, ms) => sum + ms, 0) / 1000;
}
