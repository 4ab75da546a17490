import { readFileSync } from 'node:fs';
import { ConfigError, loadConfig } from './config.js';
import { settingsAsText } from './env-file.js';

const KEY = Buffer.alloc(32, 1).toString('base64');

/** The least that has to be set. */
const LEAST = {
  DATABASE_URL: 'mysql://yinke@127.0.0.1/yinke',
  REDIS_URL: 'redis://127.0.0.1',
  YINKE_TOKEN_KEYS: `k1:${KEY}`,
  YINKE_DATA_KEYS: `k1:${KEY}`,
  YINKE_BLIND_INDEX_KEY: KEY,
  YINKE_SEAL_KEY: KEY,
};

describe('the configuration', () => {
  it('needs no more than the stores and the keys', () => {
    expect(loadConfig(LEAST)).toMatchObject({ port: 3000, adminEmail: null, embedded: false, sessionHours: 12 });
  });

  it('is listed whole in .env.example', () => {
    expect(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')).toBe(settingsAsText());
  });

  it.each(Object.entries(LEAST).map(([name]) => name))('names %s when it is missing', (name) => {
    expect(() => loadConfig({ ...LEAST, [name]: undefined })).toThrow(new RegExp(`^${name} is not set\\. .+\\.$`));
  });

  it.each([
    ['DATABASE_URL', 'postgres://127.0.0.1/x'],
    ['DATABASE_POOL_SIZE', '1'],
    ['DATABASE_POOL_SIZE', 'many'],
    ['DATABASE_POOL_SIZE', '1e2'],
    ['REDIS_URL', '127.0.0.1'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['YINKE_EMBEDDED', 'yes'],
    ['YINKE_PUBLIC_URL', 'ftp://yinke.example'],
    ['YINKE_TOKEN_KEYS', KEY],
    ['YINKE_TOKEN_KEYS', `k1:${KEY},k1:${KEY}`],
    ['YINKE_DATA_KEYS', 'k1:c2hvcnQ='],
    ['YINKE_BLIND_INDEX_KEY', ''],
    ['YINKE_ADMIN_EMAIL', 'admin'],
    ['YINKE_ADMIN_PASSWORD', 'short'],
    ['YINKE_LOG_LEVEL', 'loud'],
    ['YINKE_SESSION_HOURS', '0'],
    ['YINKE_HTTP_BANK_URL', 'bank'],
  ])('refuses %s=%s in one line that names it and does not repeat a secret', (name, value) => {
    const load = () => loadConfig({ ...LEAST, [name]: value });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(new RegExp(`^${name} must .+$|^${name} names .+$`));
    expect(load).not.toThrow(/\n/);
    expect(load).not.toThrow(KEY);
  });
});
