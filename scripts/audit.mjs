// @ts-check
/**
 * `npm run audit [-- --head position:seal --audit-log-head position:seal]`: every invariant of the books and the chains of journals
 * and of the audit log, from the database alone. The database is DATABASE_URL, or else the embedded one of `npm start`, whether that is running or not.
 */
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { databaseEnvironment } from './service/database.mjs';

await script(async (signal, undo) => {
  const env = await databaseEnvironment({ signal, undo });
  const args = ['dist/audit.js', ...process.argv.slice(2)];
  return (await run(process.execPath, args, { env, show: true, signal })).code;
});
