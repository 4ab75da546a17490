// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrlFile, embeddedSecrets, embeds, startStores } from '../embedded-stores/index.mjs';
import { AlreadyRunning, claimDataFolder, dataFolder } from '../lib/data-folder.mjs';
import { setUp } from '../set-up/index.mjs';

/**
 * Settings for a command that works on the database from outside: DATABASE_URL and its like, or else the embedded one of `npm start`, which
 * is started for as long as the command runs, unless it runs already.
 * @param {{ signal: AbortSignal, undo: import('../lib/script.mjs').Undo, alone?: boolean }} options `alone`: nobody else may be using it
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function databaseEnvironment({ signal, undo, alone = false }) {
  if (!embeds.database) {
    await setUp({ build: 'program', stores: false, signal });
    return process.env;
  }
  const folder = join(dataFolder, 'main');
  const urls = await claimDataFolder(folder).then(
    async (release) => {
      undo.add(release);
      await setUp({ build: 'program', signal });
      const stores = await startStores({ folder, signal });
      undo.add(stores.stop);
      return stores.databaseUrls;
    },
    (error) => {
      if (error instanceof AlreadyRunning && !alone && existsSync(databaseUrlFile(folder)))
        return JSON.parse(readFileSync(databaseUrlFile(folder), 'utf8'));
      throw error;
    },
  );
  return { ...embeddedSecrets(folder).environment, ...process.env, ...urls };
}
