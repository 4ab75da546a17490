// @ts-check
/**
 * `npm run restore -- FILE [--replace | --look]`: a backup into an empty database, which is DATABASE_MIGRATION_URL or DATABASE_URL, or else the embedded
 * one of `npm start`, which must not be running.
 */
import { ensureClients } from './embedded-stores/index.mjs';
import { fromCaller } from './lib/from-caller.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { databaseEnvironment } from './service/database.mjs';

await script(async (signal, undo) => {
  const env = await databaseEnvironment({ signal, undo, alone: true });
  await ensureClients(signal);
  const args = ['dist/restore.js', ...fromCaller(process.argv.slice(2))];
  return (await run(process.execPath, args, { env, show: true, signal })).code;
});
