// @ts-check
/**
 * `npm run audit [-- --head position:seal --audit-log-head position:seal]`: every invariant of the books and the chains of journals
 * and of the audit log, from the database alone. The database is DATABASE_URL, or else the embedded one of `npm start`, whether that is running or not.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrlFile, embeddedSecrets, embeds, startStores } from './embedded-stores/index.mjs';
import { AlreadyRunning, claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

await script(async (signal, undo) => {
  const folder = join(dataFolder, 'main');
  /** @type {NodeJS.ProcessEnv} */
  let env = process.env;
  if (embeds.database) {
    const databaseUrl = await claimDataFolder(folder).then(
      async (release) => {
        undo.add(release);
        await setUp({ signal });
        const stores = await startStores({ folder, signal });
        undo.add(stores.stop);
        return stores.databaseUrl;
      },
      (error) => {
        if (error instanceof AlreadyRunning) return readFileSync(databaseUrlFile(folder), 'utf8');
        throw error;
      },
    );
    env = { ...embeddedSecrets(folder).environment, ...process.env, DATABASE_URL: databaseUrl };
  } else {
    await setUp({ stores: false, signal });
  }
  const { code } = await run(process.execPath, ['dist/audit.js', ...process.argv.slice(2)], {
    env,
    show: true,
    signal,
  });
  return code ?? 1;
});
