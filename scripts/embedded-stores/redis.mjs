// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedStore } from './store.mjs';

/**
 * @param {object} options
 * @param {string} options.folder
 * @param {import('./find-binaries.mjs').Binaries} options.binaries
 * @param {string} options.password
 * @param {boolean} options.durable
 * @param {AbortSignal} [options.signal]
 */
export async function startRedis({ folder, binaries, password, durable, signal }) {
  const home = join(folder, 'redis');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const configuration = join(folder, 'redis.conf'); // a file, since other users can read a command line
  return startEmbeddedStore({
    name: 'Redis',
    folder,
    signal,
    launch: (port) => {
      const lines = [
        'bind 127.0.0.1',
        `port ${port}`,
        `requirepass ${password}`,
        'dir .',
        'maxmemory-policy noeviction', // BullMQ's jobs are not a cache
        `appendonly ${durable ? 'yes' : 'no'}`,
        'save ""',
      ];
      writeFileSync(configuration, `${lines.join('\n')}\n`, { mode: 0o600 });
      return { command: binaries.redisServer, args: ['../redis.conf'], argv0: 'redis-server', cwd: home };
    },
  });
}
