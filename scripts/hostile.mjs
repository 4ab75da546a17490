// @ts-check
/**
 * `npm run test:hostile [-- --requests N] [--seed N] [--docs]`: every operation of the API called with what it should refuse, on a
 * service with the demo's data. Ends with 1 when an answer, a table, the log or memory is not as it must be.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStores } from './embedded-stores/index.mjs';
import { claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { complain, Refusal, root, say, shown } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { startService } from './service/index.mjs';
import { setUp } from './set-up/index.mjs';

/** Of the demo's orders. */
const ORDERS = 300;
const SHOP = 'http://shop.hostile.example';
const PUBLIC_URL = 'https://yinke.hostile.example';
/** How much more memory there may be at the end than at a quarter of the way. */
const MOST_GROWTH = { heap: 1.3, rss: 1.5 };
/** Faults that are told in full. */
const TOLD = 40;

await script(async (signal, undo) => {
  const { requests, seed, minutes, docs } = readArguments();
  await setUp({ signal });
  const { runDemo } = await import('../demo/run.mjs');
  const { signEverybodyIn } = await import('../test/hostile/callers.mjs');
  const { walkApi } = await import('../test/hostile/main.mjs');
  const { reportOf, codesOf, operationsOf, NEVER } = await import('../test/hostile/report.mjs');
  const { startBankSimulator } = await import('../simulators/http-bank.mjs');
  const { startWechatPaySimulator } = await import('../simulators/wechat-pay.mjs');
  const { startWechatAccountSimulator } = await import('../simulators/wechat-account.mjs');
  const { describeFault } = await import('../test/hostile/describe.mjs');

  const folder = join(dataFolder, 'hostile');
  const bank = await startBankSimulator();
  undo.add(() => bank.close());
  const wechatPay = await startWechatPaySimulator();
  undo.add(() => wechatPay.close());
  const wechatAccount = await startWechatAccountSimulator();
  undo.add(() => wechatAccount.close());
  const settings = {
    PORT: '0',
    YINKE_HTTP_BANK_URL: bank.url,
    YINKE_SEAL_AFTER_SECONDS: '3',
    YINKE_POINTS_LIFETIME_DAYS: '365',
    YINKE_LOG_LEVEL: 'info',
  };
  say(`Seed ${seed}, ${requests} requests. First the demo, so that there is something of everything …`);
  const service = await startService({
    folder,
    empty: true,
    quiet: true,
    bufferPoolMb: 256,
    allPrivileges: true,
    env: settings,
    signal,
  });
  let callers;
  let bankReport;
  let currency;
  try {
    const played = await runDemo({ service, dataDir: folder, bank, origin: SHOP, most: ORDERS, signal });
    bankReport = readFileSync(played.bankReport);
    currency = played.currency;
    callers = await signEverybodyIn({ service: service.baseUrl, played });
  } finally {
    await service.stop();
  }

  undo.add(await claimDataFolder(folder));
  const stores = await startStores({ folder, durable: false, bufferPoolMb: 256, allPrivileges: true, signal });
  undo.add(stores.stop);
  const env = {
    ...service.env,
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    YINKE_BROWSER_CALLS_PER_MINUTE: '0',
    YINKE_PUBLIC_URL: PUBLIC_URL,
    ...wechatPay.settings,
    ...wechatAccount.settings,
  };
  const world = { wechatPay, wechatAccount, publicUrl: PUBLIC_URL, currency, homeUrl: `${SHOP}/shop/` };
  const logFile = join(folder, 'hostile-api.log');
  const { walk, more, slow, ...outcome } = await walkApi({
    requests,
    seed,
    minutes,
    env,
    logFile,
    callers,
    bankReport,
    world,
    signal,
  });
  const { tally } = outcome;

  if (tally.growth.heap > MOST_GROWTH.heap || tally.growth.rss > MOST_GROWTH.rss)
    more.push(`memory grows: × ${tally.growth.heap.toFixed(2)} of the heap, × ${tally.growth.rss.toFixed(2)} resident`);
  if (tally.shed > 0) more.push(`${tally.shed} calls were turned away for want of room, though nobody else called`);
  for (const id of outcome.never.filter((name) => NEVER[name] === undefined))
    more.push(`no call of ${id} was accepted`);
  const faults = walk.faults.length + more.length;
  const report = reportOf({ ...outcome, slow, faults });
  say(`\n${report}\nRefusals: ${codesOf(tally)}\n`);
  say(`Tables by rounds in which they changed: ${JSON.stringify([...tally.tables])}`);
  writeFileSync(join(folder, 'report.md'), `${report}\n${operationsOf(tally).join('\n')}\n`);
  for (const fault of walk.faults.slice(0, TOLD)) complain(describeFault(fault));
  for (const what of more.slice(0, TOLD)) complain(what);
  writeFileSync(join(folder, 'faults.txt'), [...walk.faults.map(describeFault), ...more].join('\n'));
  if (docs) {
    const file = join(root, 'docs/hostile.md');
    if (!existsSync(file)) throw new Refusal(`${shown(file)} is not there`);
    const [head = ''] = readFileSync(file, 'utf8').split('<!-- the run -->');
    writeFileSync(
      file,
      `${head}<!-- the run -->\n\n${report}\nRefusals: ${codesOf(tally)}.\n\n| operation | requests | 2xx | 3xx | 4xx | 5xx |\n|---|---:|---:|---:|---:|---:|\n${operationsOf(tally).join('\n')}\n`,
    );
  }
  if (faults > 0)
    complain(
      `${faults} faults; all of them: ${shown(join(folder, 'faults.txt'))}; the same requests again: --seed ${seed} --requests ${requests}`,
    );
  return faults === 0 ? 0 : 1;
});

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        requests: { type: 'string', default: '20000' },
        seed: { type: 'string' },
        minutes: { type: 'string', default: '1440' },
        docs: { type: 'boolean', default: false },
      },
    });
    const requests = Number(values.requests);
    const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
    if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(seed) || !(Number(values.minutes) > 0))
      throw new Error('--requests, --seed and --minutes are numbers');
    return { requests, seed, minutes: Number(values.minutes), docs: values.docs };
  } catch (error) {
    throw new Refusal(
      `${/** @type {Error} */ (error).message}; usage: npm run test:hostile -- [--requests N] [--seed N] [--minutes N] [--docs]`,
    );
  }
}
