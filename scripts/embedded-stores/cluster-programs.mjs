// @ts-check
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../lib/data-folder.mjs';
import { run, tail } from '../lib/run.mjs';
import { Refusal, say } from '../lib/say.mjs';
import { ensureBinaries } from './install.mjs';

/**
 * What MariaDB needs beside its server to be one of a Galera cluster: the provider, the scripts and programs of the state transfer. `mariadb-server`
 * would start a service, so that all are unpacked and none is installed.
 */
const PACKAGES = ['galera-4', 'mariadb-backup', 'mariadb-server', 'socat', 'libwrap0', 'iproute2', 'procps'];
const NEEDED = ['usr/lib/libgalera_smm.so', 'usr/bin/mariadb-backup', 'usr/bin/wsrep_sst_mariabackup', 'usr/bin/socat'];

/**
 * The programs of a cluster, fetched by apt-get first if they are not here.
 * @param {AbortSignal} [signal]
 * @returns {Promise<import('./find-binaries.mjs').Binaries & { provider: string, env: NodeJS.ProcessEnv }>} `env`: with which MariaDB finds the others
 */
export async function ensureClusterPrograms(signal) {
  const binaries = await ensureBinaries(signal);
  const tools = join(dataFolder, 'tools', 'galera');
  if (!NEEDED.every((file) => existsSync(join(tools, file)))) await fetchPackages(tools, signal);
  const bin = ['usr/bin', 'usr/sbin', 'bin', 'sbin'].map((folder) => join(tools, folder));
  const libraries = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu'].map((folder) => join(tools, folder));
  return {
    ...binaries,
    provider: join(tools, 'usr/lib/libgalera_smm.so'),
    env: {
      PATH: [process.env.PATH, '/usr/sbin', ...bin].join(':'),
      LD_LIBRARY_PATH: libraries.filter((folder) => existsSync(folder)).join(':'),
    },
  };
}

/** @param {string} tools @param {AbortSignal} [signal] */
async function fetchPackages(tools, signal) {
  if (!existsSync('/usr/bin/apt-get'))
    throw new Refusal('the cluster is made of programs of Debian or Ubuntu; there is no apt-get here');
  say(`Fetching ${PACKAGES.join(', ')} with apt-get (unpacked, not installed) …`);
  mkdirSync(tools, { recursive: true });
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const [update = '', ...words] = [...asRoot, 'apt-get', '-q', 'update'];
  await run(update, words, { signal });
  const { code, output } = await run('apt-get', ['-q', 'download', ...PACKAGES], { cwd: tools, signal });
  if (code !== 0) throw new Refusal(`apt-get download failed:\n${tail(output)}`);
  for (const file of readdirSync(tools).filter((name) => name.endsWith('.deb'))) {
    const unpacked = await run('dpkg-deb', ['-x', file, '.'], { cwd: tools, signal });
    if (unpacked.code !== 0) throw new Refusal(`${file} could not be unpacked:\n${tail(unpacked.output)}`);
    rmSync(join(tools, file));
  }
}
