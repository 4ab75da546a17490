// @ts-check
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {{ mariadbd: string, mariadbInstallDb: string, redisServer: string }} Binaries */

/** Servers are often where a user's PATH does not lead. */
const folders = [
  ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
  ...['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin'],
  ...['/opt/homebrew/bin', '/opt/homebrew/opt/mariadb/bin', '/opt/homebrew/opt/redis/bin'],
  ...['/usr/local/opt/mariadb/bin', '/usr/local/opt/redis/bin', '/usr/local/mysql/bin', '/usr/libexec'],
];

/**
 * The first of some names, in the usual folders.
 * @param {string[]} names
 * @param {(file: string) => boolean} [fits]
 */
function find(names, fits = () => true) {
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      if (isExecutable(file) && fits(file)) return file;
    }
  }
  return undefined;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** MySQL's server has the same name but other options and another way to create its folder. @param {string} file */
const isMariadb = (file) => /mariadb/i.test(spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout ?? '');

/** Whether the programs that make and restore backups are here: found as the service will find them. */
export const hasClients = () => ['mariadb-dump', 'mariadb'].every((name) => find([name]) !== undefined);

/**
 * What is on this machine; the names of the servers that are not.
 * @returns {{ binaries: Binaries, missing: [] } | { binaries: undefined, missing: string[] }}
 */
export function findBinaries() {
  const mariadbd = find(['mariadbd', 'mysqld'], isMariadb);
  const mariadbInstallDb = find(['mariadb-install-db', 'mysql_install_db']);
  const printDefaults = find(['my_print_defaults']); // mariadb-install-db calls it
  // One program in all its names, which acts by the name it is called by: Debian's redis-tools has the whole server as
  // redis-check-rdb, without the system service that comes with the package redis-server.
  const redisServer = find(['redis-server', 'valkey-server', 'redis-check-rdb']);
  if (mariadbd && mariadbInstallDb && printDefaults && redisServer) {
    return { binaries: { mariadbd, mariadbInstallDb, redisServer }, missing: [] };
  }
  const missing = [];
  if (!mariadbd || !mariadbInstallDb || !printDefaults) missing.push('MariaDB');
  if (!redisServer) missing.push('Redis');
  return { binaries: undefined, missing };
}
