import { randomBytes } from 'node:crypto';
import { settings } from './config.js';

interface Shown {
  name: string;
  about: string;
  fallback?: string;
}

type Name = keyof typeof settings;

const key = () => randomBytes(32).toString('base64');
/** Letters and digits, since they become part of a URL. */
const password = () => randomBytes(24).toString('hex');

/** Settings that are made up at random, each time anew. */
const MADE_UP: Partial<Record<Name, () => string>> = {
  tokenKeys: () => `k1:${key()}`,
  dataKeys: () => `k1:${key()}`,
  blindIndexKey: key,
  sealKey: key,
  backupKey: key,
  metricsToken: password,
  adminPassword: password,
};

/** Of docker-compose.yml, which makes the URLs of the stores from them. */
const COMPOSE = [
  'YINKE_DATABASE_PASSWORD',
  'YINKE_DATABASE_SERVICE_PASSWORD',
  'YINKE_DATABASE_AUDIT_PASSWORD',
  'YINKE_REDIS_PASSWORD',
];

/** Every setting with what it means; those that have a value are set, those without one that must be set stand open. */
export function settingsAsText(values: Partial<Record<string, string>> = {}): string {
  return Object.entries(settings)
    .map(([id, { name, about, fallback }]: [string, Shown]) => {
      const value = values[id];
      const line = value === undefined && fallback !== undefined ? `# ${name}=${fallback}` : `${name}=${value ?? ''}`;
      return `# ${about}\n${line}\n`;
    })
    .join('\n');
}

/** A new `.env`: every setting, with fresh keys and passwords. */
export function newEnvironment(): string {
  const made = Object.fromEntries(Object.entries(MADE_UP).map(([id, make]) => [id, make()]));
  const compose = COMPOSE.map((name) => `${name}=${password()}\n`).join('');
  return `${settingsAsText(made)}\n# For docker-compose.yml alone, which makes DATABASE_URL, its like and REDIS_URL from them.\n${compose}`;
}

/** What a new `.env` leaves for people to fill in: settings that must be given and cannot be made up. */
export function leftOpen(): { name: string; about: string }[] {
  return Object.entries(settings)
    .filter(([id, setting]) => (!('fallback' in setting) && !(id in MADE_UP)) || id === 'adminEmail')
    .map(([, { name, about }]) => ({ name, about }));
}
