// @ts-check
/** `npm run demo [-- --orders FILE] [--once | --keep]`: the main job from end to end, on stores that are empty at first. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { embeds } from '../scripts/embedded-stores/index.mjs';
import { dataFolder } from '../scripts/lib/data-folder.mjs';
import { Refusal, say } from '../scripts/lib/say.mjs';
import { script, untilInterrupted } from '../scripts/lib/script.mjs';
import { startService } from '../scripts/service/index.mjs';
import { setUp } from '../scripts/set-up/index.mjs';
import { startBankSimulator } from '../simulators/http-bank.mjs';
import { contentsOf } from './contents.mjs';
import { openSite } from './site.mjs';

await script(async (signal, undo) => {
  const { ordersFile, once } = readArguments();
  await setUp({ signal });
  // Only now: these use the dependencies.
  const { runDemo } = await import('./run.mjs');
  const { sayPlaces } = await import('./summary.mjs');

  if (!embeds.database) say('DATABASE_URL is used as it is; the demo wants it to be empty.');
  const bank = await startBankSimulator();
  undo.add(() => bank.close());
  const site = await openSite({ port: Number(process.env.DEMO_PORT ?? 0) });
  undo.add(site.close);
  const folder = join(dataFolder, 'demo');
  const service = await startService({
    folder,
    empty: true,
    quiet: true,
    bufferPoolMb: 512,
    // The demo copies its database at the end, and cannot wait a minute for the last journals to be sealed.
    allPrivileges: true,
    env: {
      PORT: process.env.PORT ?? '0',
      YINKE_HTTP_BANK_URL: bank.url,
      YINKE_SEAL_AFTER_SECONDS: '3',
      YINKE_POINTS_LIFETIME_DAYS: '365',
    },
    signal,
  });
  undo.add(service.stop);

  const { origin } = site;
  const demo = runDemo({ service, ordersFile, dataDir: folder, bank, origin, signal });
  const stopped = untilInterrupted(signal).then(() => {
    throw signal.reason;
  });
  const played = await Promise.race([demo, service.failed, stopped]);
  if (!once) {
    const contents = contentsOf({ played, service: service.baseUrl, origin, known: embeds.database });
    undo.add(contents.stop);
    site.show(contents);
    const { staff, bankReport } = played;
    const { credentialsFile } = staff;
    sayPlaces({ start: `${origin}/`, service: service.baseUrl, credentialsFile, bankReport });
    await Promise.race([service.failed, untilInterrupted(signal)]);
  }
  return played.clean ? 0 : 1;
});

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        orders: { type: 'string' },
        once: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
      },
    });
    // npm changes to the top folder; a relative path is meant from where the command was given.
    const ordersFile = values.orders && resolve(process.env.INIT_CWD ?? '.', values.orders);
    if (ordersFile && !existsSync(ordersFile)) throw new Error(`there is no file ${values.orders}`);
    return { ordersFile, once: values.once || !(values.keep || process.stdout.isTTY) };
  } catch (error) {
    throw new Refusal(
      `${/** @type {Error} */ (error).message}; usage: npm run demo -- [--orders FILE] [--once | --keep]`,
    );
  }
}
