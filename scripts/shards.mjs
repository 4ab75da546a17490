// @ts-check
/**
 * `npm run test:shards [-- --shards 3] [--orders 3000]`: the program as it is, several times, each with a database and a Redis of its own, and
 * a front that sends each order to the shard of its merchant. Shows that nothing crosses, and what an order costs.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dataFolder } from './lib/data-folder.mjs';
import { Refusal, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

const MERCHANTS_PER_SHARD = 20;
/** Orders on their way at once. */
const AT_ONCE = 16;
/** Of a hundred shoppers come for nobody. */
const FOR_NOBODY = 15;
const REST_MS = 120_000;

/** @typedef {import('../test/shards/shard.mjs').Shard} Shard */
/** @typedef {import('../test/shards/shard.mjs').Cost} Cost */

await script(async (signal, undo) => {
  const { values } = parseArgs({
    options: { shards: { type: 'string', default: '3' }, orders: { type: 'string', default: '3000' } },
  });
  const count = whole('--shards', values.shards, 2);
  const orders = whole('--orders', values.orders, 100);
  await setUp({ signal });
  // Only now: they need node_modules.
  const { Shard } = await import('../test/shards/shard.mjs');
  const { Front } = await import('../test/shards/front.mjs');
  const { default: pMap } = await import('p-map');

  /** @type {string[]} */
  const findings = [];
  const shards = Array.from({ length: count }, (_, n) => {
    const name = String.fromCharCode(97 + n);
    return new Shard(name, join(dataFolder, 'shards', name), signal);
  });
  undo.add(() => Promise.all(shards.map((shard) => shard.stop())));
  for (const shard of shards) {
    say(`Shard ${shard.name} …`);
    await shard.start();
  }
  const front = new Front(shards);
  for (let n = 0; n < count * MERCHANTS_PER_SHARD; n += 1) await front.register(`seller_${n}`);
  await sleep(1_500); // every process has looked at merchants and rules again
  await atRest(shards, signal);

  const codes = [...front.merchants.keys()];
  /** @param {string} prefix @param {number} many @param {(n: number) => string | null} codeOf */
  const buy = async (prefix, many, codeOf) => {
    await pMap([...Array(many).keys()], (n) => front.buy(`${prefix}-${n}`, codeOf(n)), {
      concurrency: AT_ONCE,
      signal,
    });
    await atRest(shards, signal);
  };

  // One shard works, and not a row of the others is another.
  for (const shard of shards) {
    const own = codes.filter((code) => front.merchants.get(code)?.shard === shard);
    const others = shards.filter((one) => one !== shard);
    const before = await Promise.all(others.map((one) => one.content()));
    await buy(`alone-${shard.name}`, 60, (n) => own[n % own.length] ?? null);
    const after = await Promise.all(others.map((one) => one.content()));
    if (JSON.stringify(before) !== JSON.stringify(after))
      findings.push(`orders of ${shard.name} changed another shard`);
  }

  say(`${orders} orders over ${count} shards …`);
  const [costBefore, bytesBefore] = [await all(shards, (one) => one.cost()), await all(shards, (one) => one.bytes())];
  const known = front.orders.size;
  await buy('all', orders, (n) => (n % 100 < FOR_NOBODY ? null : (codes[(n * 7) % codes.length] ?? null)));
  const [costAfter, bytesAfter] = [await all(shards, (one) => one.cost()), await all(shards, (one) => one.bytes())];

  // Every merchant is in one shard, with what their shoppers make; every shard is whole by itself.
  const owed = front.owed();
  const balances = await all(shards, (one) => one.balances());
  for (const [index, shard] of shards.entries())
    for (const [id, available] of balances[index] ?? []) {
      const home = [...front.merchants.values()].find((one) => one.id === id)?.shard;
      if (home !== shard) findings.push(`${shard.name} has a balance of ${id}, who lives in ${home?.name ?? 'none'}`);
      if (owed.get(id) !== available) findings.push(`${id} has ${available}, and ought to have ${owed.get(id)}`);
      owed.delete(id);
    }
  for (const [id, amount] of owed)
    if (amount !== 0n) findings.push(`${id} ought to have ${amount}, and has no account`);
  for (const shard of shards) {
    const { clean, sums } = await shard.audit();
    if (!clean) findings.push(`the audit of ${shard.name} found something`);
    if (sums.some((sum) => sum !== 0)) findings.push(`the books of ${shard.name} do not come to zero`);
  }

  const share = shards.map(
    (shard) => [...front.orders.values()].slice(known).filter((one) => one.shard === shard).length,
  );
  say(`\n${table(shards, share, costBefore, costAfter, bytesBefore, bytesAfter)}\n`);
  if (findings.length === 0) {
    say(`Nothing crossed: ${front.orders.size} orders, ${codes.length} merchants, ${count} audits clean.`);
    return 0;
  }
  say(`${findings.length} things are not as they should be:\n${findings.join('\n')}`);
  return 1;
});

/** What an order costs, shard by shard: bought from the visit to the completion, every tenth with a refund. @returns {string} */
function table(
  /** @type {readonly Shard[]} */ shards,
  /** @type {readonly number[]} */ orders,
  /** @type {readonly Cost[]} */ before,
  /** @type {readonly Cost[]} */ after,
  /** @type {readonly { data: number, indexes: number }[]} */ bytesBefore,
  /** @type {readonly { data: number, indexes: number }[]} */ bytesAfter,
) {
  const rows = shards.map(({ name }, n) => {
    const [from, to, size, grown] = [before[n], after[n], bytesBefore[n], bytesAfter[n]];
    const many = orders[n] ?? 0;
    if (!from || !to || !size || !grown) throw new Error('a shard was not looked at');
    const each = (/** @type {number} */ value, digits = 1) => (value / many).toFixed(digits);
    const cpu = Object.keys(to.seconds).map((part) =>
      each(1000 * ((to.seconds[part] ?? 0) - (from.seconds[part] ?? 0)), 2),
    );
    return [
      ...[
        name,
        many,
        each(to.statements - from.statements),
        each(to.rows - from.rows),
        each(to.flushes - from.flushes),
      ],
      ...[each((to.redoBytes - from.redoBytes) / 1000), each((grown.data - size.data) / 1000)],
      ...[each((grown.indexes - size.indexes) / 1000), ...cpu],
    ];
  });
  const parts = Object.keys(after[0]?.seconds ?? {}).map((part) => `${part}, ms`);
  const head = ['shard', 'orders', 'statements', 'rows', 'flushes', 'redo, KB', 'data, KB', 'indexes, KB', ...parts];
  return [head, head.map(() => '--:'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @template T @param {readonly Shard[]} shards @param {(shard: Shard) => Promise<T>} work @returns {Promise<T[]>} */
function all(shards, work) {
  return Promise.all(shards.map(work));
}

/** @param {readonly Shard[]} shards @param {AbortSignal} signal */
async function atRest(shards, signal) {
  for (const end = Date.now() + REST_MS; ; await sleep(200, undefined, { signal })) {
    if ((await all(shards, (one) => one.isAtRest())).every(Boolean)) return;
    if (Date.now() > end) throw new Refusal('the shards did not come to rest');
  }
}

/** @param {string} name @param {string} text @param {number} least */
function whole(name, text, least) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Refusal(`${name} ${text}: a whole number from ${least} is needed`);
  return number;
}
