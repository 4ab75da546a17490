// @ts-check
/** What a figure was measured on, and beside what. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { Redis } from 'ioredis';

/** @param {import('./world.mjs').World} world */
export async function describeMachine(world) {
  const variables = await world.query(
    `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'innodb_buffer_pool_size', 'innodb_flush_log_at_trx_commit',
       'innodb_doublewrite', 'log_bin', 'sync_binlog', 'innodb_flush_method', 'innodb_log_file_size')`,
  );
  const redis = new Redis(process.env.REDIS_URL ?? '', { maxRetriesPerRequest: 1 });
  const [info, appended] = await Promise.all([redis.info('server'), redis.config('GET', 'append*')]);
  redis.disconnect();
  const settings = /** @type {string[]} */ (appended);
  const appendOnly = settings[settings.indexOf('appendonly') + 1];
  const appendFsync = settings[settings.indexOf('appendfsync') + 1];
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
    `database: ${variables.map(({ Variable_name: name, Value: value }) => `${name} ${value}`).join(', ')}`,
    `Redis ${/redis_version:(\S+)/.exec(info)?.[1]}, appendonly ${appendOnly}, appendfsync ${appendFsync}`,
  ];
}

/** Load averages of the last 1, 5 and 15 minutes. */
export const loadNow = () =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');
