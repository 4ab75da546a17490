// @ts-check
/**
 * `npm run staff:admin -- person@shop.example`: makes somebody an admin where no second one is left to consent. The database is DATABASE_URL,
 * or else the embedded one of `npm start`, whether that is running or not.
 */
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { databaseEnvironment } from './service/database.mjs';

await script(async (signal, undo) => {
  // Settings are read whole, and this program calls no Redis.
  const env = { REDIS_URL: 'redis://127.0.0.1:6379', ...(await databaseEnvironment({ signal, undo })) };
  const args = ['dist/staff-admin.js', ...process.argv.slice(2)];
  return (await run(process.execPath, args, { env, show: true, signal })).code;
});
