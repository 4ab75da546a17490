// @ts-check
/**
 * `npm run backup [-- --folder FOLDER]`: everything in the database, encrypted, in one file. The database is DATABASE_URL, or else the embedded one
 * of `npm start`, whether that is running or not.
 */
import { ensureClients } from './embedded-stores/index.mjs';
import { fromCaller } from './lib/from-caller.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { databaseEnvironment } from './service/database.mjs';

await script(async (signal, undo) => {
  const env = await databaseEnvironment({ signal, undo });
  await ensureClients(signal);
  const args = ['dist/backup.js', ...fromCaller(process.argv.slice(2))];
  return (await run(process.execPath, args, { env, show: true, signal })).code;
});
