// @ts-check
/**
 * `npm test -- [jest's arguments]`: the tests, on stores of their own that are empty at first. `npm run test:mysql -- […]`: also parses, as MySQL 8
 * would, what they have said to the database.
 */
import { join } from 'node:path';
import { ensureClients, startStores } from './embedded-stores/index.mjs';
import { AlreadyRunning, claimDataFolder, dataFolder } from './lib/data-folder.mjs';
import { run } from './lib/run.mjs';
import { complain, Refusal, root } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { setUp } from './set-up/index.mjs';

await script(async (signal, undo) => {
  const mysqlToo = process.argv.includes('--mysql');
  const jestArguments = process.argv.slice(2).filter((argument) => argument !== '--mysql');
  const { folder, release } = await claimTestFolder();
  undo.add(release);

  // The fault tests start real processes from dist/. A named file that is none of them need not wait for the build.
  const files = jestArguments.filter((argument) => /\/|\.spec/.test(argument) && !argument.startsWith('-'));
  const build = files.length === 0 || files.some((file) => file.includes('fault'));
  let builds = true;
  const pages = files.some((file) => /browser|pages/.test(file));
  await setUp({ build: pages && 'pages', signal });
  if (build) {
    await ensureClients(signal);
    await setUp({ signal }).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
      complain(error.message); // the tests compile each file by itself, so most of them can still tell something
      builds = false;
    });
  }

  const stores = await startStores({ folder, durable: false, allPrivileges: true, signal });
  undo.add(stores.stop);
  const mysql = join(root, 'scripts/mysql-statements.mjs');
  const statements = mysqlToo ? join(folder, 'statements') : undefined;
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { code } = await run(
    process.execPath,
    ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...jestArguments],
    {
      env: {
        ...process.env,
        DATABASE_URL: stores.databaseUrl,
        REDIS_URL: stores.redisUrl,
        ...(statements !== undefined && { YINKE_STATEMENTS: statements }),
      },
      show: true,
      signal,
    },
  );
  if (!builds) complain('the build failed, see above');
  // What the service has said to its database, by the grammar of the server that cannot be had here.
  const taken =
    statements === undefined || (await run(process.execPath, [mysql, statements], { show: true, signal })).code === 0;
  return builds && taken ? code : 1;
});

/** Several `npm test` may run at once, each on stores of its own. */
async function claimTestFolder() {
  for (let number = 1; ; number++) {
    const folder = join(dataFolder, number === 1 ? 'test' : `test-${number}`);
    try {
      return { folder, release: await claimDataFolder(folder, { empty: true }) };
    } catch (error) {
      if (!(error instanceof AlreadyRunning)) throw error;
    }
  }
}
