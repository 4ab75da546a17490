import { parseEnv } from 'node:util';
import { loadConfig, settings } from './config.js';
import { leftOpen, newEnvironment } from './env-file.js';

const STORES = { DATABASE_URL: 'mysql://yinke@127.0.0.1/yinke', REDIS_URL: 'redis://127.0.0.1' };

describe('a new .env', () => {
  it('is complete once what is left open was filled in', () => {
    const made = parseEnv(newEnvironment());
    expect(leftOpen().map(({ name }) => name)).toEqual(['DATABASE_URL', 'REDIS_URL', 'YINKE_ADMIN_EMAIL']);
    const filled = { ...made, ...STORES, YINKE_ADMIN_EMAIL: 'admin@shop.example' };
    expect(loadConfig(filled)).toMatchObject({ adminEmail: 'admin@shop.example', port: 3000 });
  });

  it('names every setting, and every password that docker-compose.yml asks for', async () => {
    const text = newEnvironment();
    for (const { name } of Object.values(settings)) expect(text).toContain(`${name}=`);
    const { readFileSync } = await import('node:fs');
    const compose = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
    const asked = [...compose.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    expect(Object.keys(parseEnv(text))).toEqual(expect.arrayContaining(asked));
  });

  it('has other keys each time, and none twice', () => {
    const secrets = [newEnvironment(), newEnvironment()].flatMap((text) =>
      Object.values(parseEnv(text)).filter((value) => value !== ''),
    );
    expect(secrets.length).toBeGreaterThan(16);
    expect(new Set(secrets).size).toBe(secrets.length);
  });
});
