import { loadConfig, type Config } from '../../src/core/config.js';
import { serviceUrl } from './test-database.js';

/** 32 bytes in base64 that are the same in every test. */
const KEY = Buffer.alloc(32, 7).toString('base64');

export const ADMIN = { email: 'admin@yinke.test', password: 'correct horse battery' };

/** The configuration of the program on a test's database, with the user of the service; Redis keys are apart by prefix. */
export function serviceConfig(databaseUrl: string, overrides: NodeJS.ProcessEnv = {}): Config {
  return loadConfig(testEnvironment(databaseUrl, overrides));
}

/** The same with the user who may do everything, for tests that also put rows there and take them away. */
export function testConfig(databaseUrl: string, overrides: NodeJS.ProcessEnv = {}): Config {
  return loadConfig(testEnvironment(databaseUrl, { DATABASE_URL: databaseUrl, ...overrides }));
}

/** As environment variables, with the user of the service, for processes that a test spawns. */
export function testEnvironment(databaseUrl: string, overrides: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: serviceUrl(databaseUrl),
    DATABASE_MIGRATION_URL: databaseUrl,
    DATABASE_POOL_SIZE: '20',
    REDIS_URL: process.env.REDIS_URL,
    YINKE_QUEUE_PREFIX: `{${new URL(databaseUrl).pathname.slice(1)}}`,
    PORT: '0',
    YINKE_STOP_GRACE_SECONDS: '0',
    YINKE_METRICS_CACHE_SECONDS: '0',
    YINKE_WORKER_PORT: '',
    YINKE_TOKEN_KEYS: `k1:${KEY}`,
    YINKE_DATA_KEYS: `k1:${KEY}`,
    YINKE_BLIND_INDEX_KEY: KEY,
    YINKE_SEAL_KEY: KEY,
    YINKE_BACKUP_KEY: KEY,
    YINKE_ADMIN_EMAIL: ADMIN.email,
    YINKE_ADMIN_PASSWORD: ADMIN.password,
    YINKE_LOG_LEVEL: process.env.YINKE_LOG_LEVEL ?? 'error',
    YINKE_SWEEP_SECONDS: '1',
    ...overrides,
  };
}
