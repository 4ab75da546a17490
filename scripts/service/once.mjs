// @ts-check
/** A program of dist/ that works on the database for once: DATABASE_URL, or else the embedded one of `npm start`, whether that is running or not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrlFile, embeddedSecrets, embeds, startStores } from '../embedded-stores/index.mjs';
import { AlreadyRunning, claimDataFolder, dataFolder } from '../lib/data-folder.mjs';
import { run } from '../lib/run.mjs';
import { setUp } from '../set-up/index.mjs';

/**
 * Runs it with the arguments of this process, and answers with how it ended.
 *
 * @param {string} program
 * @param {AbortSignal} signal
 * @param {{ add(undo: () => unknown): unknown }} undo
 * @returns {Promise<number>}
 */
export async function runOnce(program, signal, undo) {
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
    // Settings are read whole; none of these programs calls Redis.
    env.REDIS_URL ??= 'redis://127.0.0.1:6379';
  } else {
    await setUp({ stores: false, signal });
  }
  const { code } = await run(process.execPath, [program, ...process.argv.slice(2)], {
    env,
    show: true,
    signal,
  });
  return code ?? 1;
}
