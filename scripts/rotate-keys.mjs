// @ts-check
/**
 * `npm run keys:rotate`: seals everything that is encrypted in the database anew under the first key of YINKE_DATA_KEYS, while the
 * services run. The database is DATABASE_URL, or else the embedded one of `npm start`, whether that is running or not.
 */
import { script } from './lib/script.mjs';
import { runOnce } from './service/once.mjs';

await script((signal, undo) => runOnce('dist/rotate-keys.js', signal, undo));
