import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { failInOneLine } from './boot.js';
import { loadSettings } from './core/config.js';
import { auditGrants, databaseOf, serviceGrants, userOf } from './core/grants.js';
import { entities } from './entities.js';

/**
 * `npm run grants [-- --host HOST]`: the statements that give the users of DATABASE_URL and DATABASE_AUDIT_URL their rights, for an administrator of the
 * database who does not leave that to the migration. HOST is where they come from, as the server names it.
 */
function grants(): void {
  const { values } = parseArgs({ options: { host: { type: 'string', default: '%' } } });
  const urls = loadSettings(['databaseUrl', 'databaseAuditUrl']);
  const database = databaseOf(urls.databaseUrl);
  const account = (url: string) => ({ user: userOf(url), host: values.host });
  const statements = [
    ...serviceGrants(entities, database, account(urls.databaseUrl)),
    ...(urls.databaseAuditUrl === null ? [] : auditGrants(database, account(urls.databaseAuditUrl))),
  ];
  process.stdout.write(statements.map((statement) => `${statement};\n`).join(''));
}

try {
  grants();
} catch (error) {
  failInOneLine(error);
}
