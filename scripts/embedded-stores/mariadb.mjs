// @ts-check
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unfinishedName } from '../lib/data-folder.mjs';
import { run, tail } from '../lib/run.mjs';
import { Refusal } from '../lib/say.mjs';
import { startEmbeddedStore } from './store.mjs';

/** MariaDB refuses to run as root unless told that root is meant, which is usual in a container. */
const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

/**
 * @param {object} options
 * @param {string} options.folder
 * @param {import('./find-binaries.mjs').Binaries} options.binaries
 * @param {import('./secrets.mjs').DatabasePasswords} options.secrets
 * @param {boolean} options.durable
 * @param {number} options.bufferPoolMb
 * @param {boolean} options.allPrivileges
 * @param {readonly string[]} [options.further] arguments of the server
 * @param {AbortSignal} [options.signal]
 */
export async function startMariadb(options) {
  const { folder, binaries, secrets, durable, bufferPoolMb, allPrivileges, further = [], signal } = options;
  const home = join(folder, 'mariadb');
  if (!existsSync(home)) await createDatabaseFolder(home, binaries, signal);
  const scratch = join(folder, 'mariadb-tmp');
  mkdirSync(scratch, { recursive: true });

  // Runs before the first connection is taken, at every start: a new password or database needs no other way in.
  const initFile = join(folder, 'mariadb-init.sql');
  const user = (/** @type {string} */ name) => `'${name}'@'127.0.0.1'`;
  const passwords = {
    yinke: secrets.databasePassword,
    yinke_service: secrets.servicePassword,
    yinke_audit: secrets.auditPassword,
  };
  const statements = [
    'CREATE DATABASE IF NOT EXISTS yinke CHARACTER SET utf8mb4',
    ...Object.entries(passwords).flatMap(([name, password]) => [
      `CREATE USER IF NOT EXISTS ${user(name)}`,
      `ALTER USER ${user(name)} IDENTIFIED BY '${password}'`,
    ]),
    // The migration gives the other two their rights, table by table.
    `GRANT ALL PRIVILEGES ON ${allPrivileges ? '*' : 'yinke'}.* TO ${user('yinke')} WITH GRANT OPTION`,
  ];
  writeFileSync(initFile, statements.map((statement) => `${statement};\n`).join(''), { mode: 0o600 });

  return startEmbeddedStore({
    name: 'MariaDB',
    folder,
    signal,
    launch: (port) => ({
      command: binaries.mariadbd,
      cwd: home,
      args: [
        '--no-defaults',
        ...asRoot,
        `--datadir=${home}`,
        `--tmpdir=${scratch}`,
        `--init-file=${initFile}`,
        '--socket=mariadb.sock', // below the data folder; a full path may be longer than a socket's name can be
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        '--skip-name-resolve',
        '--max-connections=300',
        '--max-allowed-packet=64M',
        '--character-set-server=utf8mb4',
        '--collation-server=utf8mb4_bin',
        '--default-time-zone=+00:00',
        '--skip-log-bin',
        '--performance-schema=OFF',
        `--innodb-buffer-pool-size=${bufferPoolMb}M`,
        ...(durable
          ? ['--innodb-flush-log-at-trx-commit=1']
          : ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=OFF']),
        ...further,
      ],
    }),
  });
}

/**
 * @param {string} home
 * @param {import('./find-binaries.mjs').Binaries} binaries
 * @param {AbortSignal} [signal]
 */
async function createDatabaseFolder(home, binaries, signal) {
  const unfinished = unfinishedName(home);
  const { code, output } = await run(
    binaries.mariadbInstallDb,
    [
      '--no-defaults',
      ...asRoot,
      `--datadir=./${basename(unfinished)}`, // relative: this shell script does not bear spaces in a path
      '--skip-test-db',
      '--skip-name-resolve',
      '--auth-root-authentication-method=socket', // no password-less root on the port
    ],
    { cwd: join(home, '..'), signal },
  );
  if (code !== 0) throw new Refusal(`mariadb-install-db failed:\n${tail(output)}`);
  renameSync(unfinished, home);
}
