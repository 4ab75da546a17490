// @ts-check
/**
 * `npm run audit [-- --head position:seal --audit-log-head position:seal]`: every invariant of the books and the chains of journals
 * and of the audit log, from the database alone. The database is DATABASE_URL, or else the embedded one of `npm start`, whether that is running or not.
 */
import { script } from './lib/script.mjs';
import { runOnce } from './service/once.mjs';

await script((signal, undo) => runOnce('dist/audit.js', signal, undo));
