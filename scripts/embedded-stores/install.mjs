// @ts-check
import { existsSync } from 'node:fs';
import { run, tail } from '../lib/run.mjs';
import { Refusal, say } from '../lib/say.mjs';
import { findBinaries, hasClients } from './find-binaries.mjs';

/**
 * The programs of the embedded stores, installed first if this machine has none and lets us.
 * @param {AbortSignal} [signal]
 */
export async function ensureBinaries(signal) {
  const { binaries, missing } = findBinaries();
  if (binaries) return binaries;
  const names = missing.join(' and ');
  const asRoot = await rootPrefix();
  if (!asRoot) {
    throw new Refusal(
      `${names} ${missing.length > 1 ? 'are' : 'is'} not installed. Any one of these helps:\n` +
        '  macOS     brew install mariadb redis\n' +
        '  Debian    sudo apt-get install mariadb-server-core mariadb-client-core redis-tools\n' +
        '  Docker    docker compose up\n' +
        '  your own  set DATABASE_URL=mysql://user:password@host:3306/database and REDIS_URL=redis://host:6379',
    );
  }
  await install(missing, asRoot, signal);
  const found = findBinaries();
  if (!found.binaries)
    throw new Refusal(`apt-get installed its packages, yet ${found.missing.join(' and ')} is not there`);
  return found.binaries;
}

/**
 * The programs that make and restore backups, installed first if this machine has none and lets us.
 * @param {AbortSignal} [signal]
 */
export async function ensureClients(signal) {
  if (hasClients()) return;
  const asRoot = await rootPrefix();
  const missing = 'mariadb-dump and mariadb';
  if (!asRoot)
    throw new Refusal(`${missing} are not installed: brew install mariadb, or sudo apt-get install mariadb-client`);
  await install(['mariadb-dump'], asRoot, signal);
  if (!hasClients()) throw new Refusal(`apt-get installed its packages, yet ${missing} are not there`);
}

/** How to become root without asking anybody; undefined when there is no way, or no apt-get. */
async function rootPrefix() {
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return (await run('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : undefined;
}

/**
 * Installs programs only. None of these packages has a system service, so nothing is started and nothing is left to
 * be switched off.
 * @param {string[]} missing
 * @param {string[]} asRoot
 * @param {AbortSignal} [signal]
 */
async function install(missing, asRoot, signal) {
  /** @param {string[]} args */
  const aptGet = (...args) => {
    const words = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_SUSPEND=1', 'apt-get', '-q'];
    const [command = '', ...rest] = [...words, '-o', 'DPkg::Lock::Timeout=120', ...args];
    // A dpkg stopped half-way leaves the machine's package database to be repaired by hand.
    return run(command, rest, { signal, uninterruptible: true });
  };
  say(`Installing ${missing.join(' and ')} with apt-get (programs only, no system service) …`);
  const update = await aptGet('update'); // a source out of reach need not be one of ours: the next step will tell
  const packages = [];
  if (missing.includes('MariaDB')) {
    packages.push(await newest('mariadb-server-core'), await newest('mariadb-client-core'));
  }
  if (missing.includes('mariadb-dump')) packages.push(await newest('mariadb-client'));
  if (missing.includes('Redis')) packages.push('redis-tools');
  // --no-remove: MariaDB's packages would push out those of a MySQL that somebody here may be using.
  const { code, output } = await aptGet('install', '-y', '--no-install-recommends', '--no-remove', ...packages);
  if (code === 0) return;
  if (/resolving|connect|failed to fetch/i.test(update.output + output)) {
    throw new Refusal(
      'apt-get cannot reach its package sources; is there a network? Or set DATABASE_URL and REDIS_URL.',
    );
  }
  throw new Refusal(`apt-get install ${packages.join(' ')} failed:\n${tail(output)}`);
}

/**
 * Older releases have the version in the name (mariadb-server-core-10.6), newer ones have not.
 * @param {string} name
 */
async function newest(name) {
  const { stdout } = await run('apt-cache', ['pkgnames', name]);
  const names = stdout.split('\n').filter((line) => new RegExp(`^${name}(-[0-9.]+)?$`).test(line));
  if (names.length === 0 || names.includes(name)) return name;
  return String(names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1));
}
