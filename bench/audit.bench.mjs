// @ts-check
/**
 * Every invariant and the chain of journals, as `npm run audit` checks them, over 100,000 entries (--large: 1,000,000 and then
 * 10,000,000); it has to find them clean. The time is what the command says of each, without its start. Then what a worker's
 * audit takes that goes on from a clean one, when 1 % more has been posted since.
 *
 * The limit is one scan of the tables with rows, each read to its last column by the database itself (CHECKSUM TABLE … EXTENDED).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { benchmark } from './lib/benchmark.mjs';
import { BUSY, fillBooks, prepareFilling, sealAll, sealRest } from './lib/fill.mjs';
import { makeBooks } from './lib/posting.mjs';
import { compare } from './lib/rounds.mjs';
import { run } from '../scripts/lib/run.mjs';

const MERCHANTS = 10_000;
const ENTRIES_OF_AN_ORDER = 2;
/** Of what is there, so much is new. */
const NEW = 0.01;
const SLOWEST = 5;

/** @typedef {import('./lib/world.mjs').World} World */

export default benchmark({
  name: 'audit',
  what: 'all invariants and the chain over 100,000 entries (--large: 1,000,000 and 10,000,000), and over what an hour adds',
  limit: 'one scan of the same tables',
  goal: { atMost: 3 },
  run: async (world) => {
    const sizes = (world.large ? [1_000_000, 10_000_000] : [100_000]).map((size) => world.size(size, size));
    const books = await makeBooks(world, MERCHANTS + 1);
    const template = await prepareFilling(world, books);
    const results = [];
    for (const size of sizes) {
      const orders = size / ENTRIES_OF_AN_ORDER;
      await fillBooks(world, template, orders - template.filled);
      await sealAll(world);
      const name = (/** @type {string} */ kind) =>
        sizes.length > 1 ? `${kind}-${size.toExponential().replace('+', '')}` : kind;
      const limit = await scanOf(world);
      const measured = { unit: 's', rounds: 2, limit, say: world.say };
      results.push(await compare({ ...measured, name: name('audit'), ours: () => audit(world) }));
      const goOn = await checkpoint(world);
      await fillBooks(world, template, Math.ceil(orders * NEW), template.others, {
        firstMs: 5_000,
        lastMs: 1_000,
      });
      await sealRest(world);
      results.push(await compare({ ...measured, name: name('audit-incremental'), ours: goOn }));
    }
    return results;
  },
});

/** Seconds that one scan takes of all tables with rows. @param {World} world */
async function scanOf(world) {
  const tables = await world.query(
    `SELECT table_name name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name NOT LIKE 'bench\\_%' AND table_rows > 0`,
  );
  return async () => {
    const begin = performance.now();
    await world.query(`CHECKSUM TABLE ${tables.map(({ name }) => name).join(', ')} EXTENDED`);
    return (performance.now() - begin) / 1000;
  };
}

/** Seconds that the checks took. @param {World} world */
async function audit({ env, beside, say }) {
  beside.add('audit');
  const { code, output } = await run(process.execPath, ['dist/audit.js'], { env });
  if (code !== 0) throw new Error(`the audit found something:\n${output}`);
  const took = [...output.matchAll(/^ok .* (\d+) ms +(.*)$/gm)].map(([, ms, title]) => ({ ms: Number(ms), title }));
  sayOfSlowest(took, say);
  return took.reduce((sum, { ms }) => sum + ms, 0) / 1000;
}

/**
 * Has a worker audit everything. Returns what audits from there, in seconds.
 * @param {World} world
 */
async function checkpoint(world) {
  await world.query('DELETE FROM audit_result');
  await scheduled(world, (result) => result.since === null);
  const [clean] = await world.query('SELECT CAST(at AS CHAR) at, result FROM audit_result WHERE id = 4');
  if (!clean) throw new Error('the audit of everything was not clean');
  return async () => {
    await world.pool.query('UPDATE audit_result SET at = ?, result = ? WHERE id = 4', [clean.at, clean.result]);
    const { tookMs, items } = await scheduled(world, (result) => result.since !== null);
    sayOfSlowest(
      items.map(({ tookMs: ms, title }) => ({ ms, title })),
      world.say,
    );
    return tookMs / 1000;
  };
}

/** @typedef {{ since: string | null, at: string, clean: boolean, tookMs: number, items: { title: string, tookMs: number }[] }} Audited */

/**
 * The next audit of a worker that is such a one.
 * @param {World} world
 * @param {(result: Audited) => boolean} isSuch
 */
async function scheduled(world, isSuch) {
  const last = async () => {
    const [row] = await world.query('SELECT result FROM audit_result WHERE id = 1');
    return row && /** @type {Audited} */ (JSON.parse(String(row.result)));
  };
  const before = await last();
  const worker = await world.startWorker({ ...BUSY, YINKE_AUDIT_SECONDS: '1' });
  for (;;) {
    worker.throwIfEnded();
    const result = await last();
    if (result && result.at !== before?.at && isSuch(result)) {
      await worker.stop();
      if (!result.clean) throw new Error(`the audit found something:\n${JSON.stringify(result)}`);
      return result;
    }
    await sleep(50);
  }
}

/** @param {{ ms: number, title: string | undefined }[]} took @param {(line: string) => void} say */
function sayOfSlowest(took, say) {
  const slowest = [...took].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  say(`slowest: ${slowest.map(({ ms, title }) => `${ms} ms ${title}`).join('; ')}`);
}
