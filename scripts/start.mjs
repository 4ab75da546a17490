// @ts-check
/** `npm start`: the service on HOST and PORT, until Ctrl-C. */
import { join } from 'node:path';
import { secretsFile } from './embedded-stores/index.mjs';
import { dataFolder } from './lib/data-folder.mjs';
import { say, shown } from './lib/say.mjs';
import { script, untilInterrupted } from './lib/script.mjs';
import { startService } from './service/index.mjs';

await script(async (signal, undo) => {
  const folder = join(dataFolder, 'main');
  const service = await startService({ folder, signal });
  undo.add(service.stop);

  const own = Boolean(process.env.DATABASE_URL || process.env.YINKE_ADMIN_PASSWORD);
  const password = service.isNew ? service.admin.password : `kept in ${shown(secretsFile(folder))}`;
  say(`
  Yinke is ready.

    Home          ${service.baseUrl}/
    API           ${service.baseUrl}/docs
    Join as one   ${service.baseUrl}/join
    Health        ${service.baseUrl}/healthz
${service.workerUrl ? `    Worker        ${service.workerUrl}/metrics\n` : ''}${own ? '' : `\n    Admin         ${service.admin.email}\n    Password      ${password}\n`}
  Ctrl-C stops it.
`);
  await Promise.race([service.failed, untilInterrupted(signal)]);
});
