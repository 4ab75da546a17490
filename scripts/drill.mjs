// @ts-check
/**
 * `npm run drill [-- FILE]`: restores a backup into a fresh database of its own and audits it, its chain of journals up to the head that the backup
 * names. Without a file it first makes a backup of the database, as `npm run backup` does. Nothing else is touched.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureClients, startDatabase } from './embedded-stores/index.mjs';
import { claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { fromCaller } from './lib/from-caller.mjs';
import { run } from './lib/run.mjs';
import { Refusal, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { databaseEnvironment } from './service/database.mjs';

await script(async (signal, undo) => {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  const env = await databaseEnvironment({ signal, undo });
  await ensureClients(signal);
  const folder = join(dataFolder, 'drill');
  undo.add(await claimDataFolder(folder, { empty: true }));

  /** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} settings */
  const step = async (program, args, settings) => {
    const { code, output, stdout } = await run(process.execPath, [`dist/${program}.js`, ...args], {
      env: settings,
      signal,
    });
    say(output.trimEnd());
    if (code !== 0) throw new Refusal(`the drill FAILED at: ${program}, after ${seconds()}`);
    return stdout;
  };
  let [file] = fromCaller(process.argv.slice(2));
  if (file === undefined) {
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    file = (await step('backup', ['--folder', backups], env)).split('  ')[0] ?? '';
    say(`backed up, ${seconds()}\n`);
  }
  const { urls, stop } = await startDatabase({ folder, signal });
  undo.add(stop);
  const fresh = { ...env, ...urls };
  const said = await step('restore', [file], fresh);
  const [, madeAt = ''] = /^made at (\S+)/m.exec(said) ?? [];
  const [, head = ''] = /^head of the chain of journals: (\S+)/m.exec(said) ?? [];
  const [, logHead = ''] = /^head of the chain of the audit log: (\S+)/m.exec(said) ?? [];
  say(`restored, ${seconds()}\n`);
  await step('audit', ['--head', head, '--audit-log-head', logHead, '--at', madeAt], fresh);
  say(`\nThe drill went well: restored into a fresh database, and every invariant holds. ${seconds()} in all.`);
});
