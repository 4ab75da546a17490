import { createDataSource, isMigrated } from './data-source.js';
import { connectRedis } from './redis.js';
import { addressesOf, hostsOf } from './store-addresses.js';
import { NO_WRITER } from './writer.js';

/** A store that a process cannot use; the message is one line for the person who starts it. */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';

  /** `passes`: it may be over in a while, because the store is not there yet; else a person has to change something. */
  constructor(
    message: string,
    readonly passes: boolean,
  ) {
    super(message);
  }
}

interface StoreUrls {
  databaseUrl: string;
  redisUrl: string;
}

/** The settings that name a store. */
export type StoreSetting = 'DATABASE_URL' | 'DATABASE_MIGRATION_URL' | 'DATABASE_AUDIT_URL' | 'REDIS_URL';

interface Remedy {
  what: string;
  remedy: string;
  passes?: true;
}

/** What is wrong, by the code of the driver or the first word of Redis' answer, and what to do about it. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  ECONNREFUSED: { what: 'nothing listens', remedy: 'start it', passes: true },
  ENOTFOUND: { what: 'the host is not known', remedy: 'check the host name', passes: true },
  EAI_AGAIN: {
    what: 'the host name cannot be looked up',
    remedy: 'check the host name and the network',
    passes: true,
  },
  ETIMEDOUT: { what: 'no answer in time', remedy: 'check the address, the network and firewalls', passes: true },
  EHOSTUNREACH: { what: 'the host cannot be reached', remedy: 'check the address and the network', passes: true },
  ENETUNREACH: { what: 'the network cannot be reached', remedy: 'check the address and the network', passes: true },
  ECONNRESET: {
    what: 'the connection was cut',
    remedy: 'check that the right service listens there',
    passes: true,
  },
  PROTOCOL_CONNECTION_LOST: {
    what: 'the connection was cut',
    remedy: 'check that the right service listens there',
    passes: true,
  },
  ER_CON_COUNT_ERROR: { what: 'it has too many connections', remedy: 'give it more', passes: true },
  ER_SERVER_SHUTDOWN: { what: 'it is being stopped', remedy: 'start it', passes: true },
  [NO_WRITER]: { what: 'it takes no writes', remedy: 'wait until one of its servers does', passes: true },
  ER_NO_SUCH_TABLE: { what: 'not all of its tables are there', remedy: 'run dist/migrate.js', passes: true },
  LOADING: { what: 'it still loads its data', remedy: 'wait', passes: true },
  ER_ACCESS_DENIED_ERROR: { what: 'the user or password is refused', remedy: 'check user and password' },
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: { what: 'the user or password is refused', remedy: 'check user and password' },
  ER_DBACCESS_DENIED_ERROR: {
    what: 'the user may not use the database',
    remedy: 'run dist/migrate.js, which grants the user its rights',
    passes: true,
  },
  ER_TABLEACCESS_DENIED_ERROR: {
    what: 'the user may not use its tables',
    remedy: 'run dist/migrate.js, which grants the user its rights',
    passes: true,
  },
  ER_BAD_DB_ERROR: { what: 'there is no such database', remedy: 'create it (CREATE DATABASE … CHARACTER SET utf8mb4)' },
  WRONGPASS: { what: 'the user or password is refused', remedy: 'check user and password' },
  NOAUTH: { what: 'it wants a password', remedy: 'put the password into the URL' },
};

/** Between two looks of a process that waits, and between two lines that say so. */
const LOOK_MS = 500;
const SAY_MS = 5_000;

/**
 * Waits for stores that are not there yet, so that the order in which things are started does not matter. `say` hears at
 * once and every few seconds for what. `migrated`: for the tables too. Throws {@link StoreTrouble} about what waiting does
 * not mend.
 */
export async function untilStoresAnswer(
  urls: StoreUrls & { migrated?: boolean },
  say: (trouble: StoreTrouble) => void,
): Promise<void> {
  for (let said = -Infinity; ; await new Promise((resolve) => setTimeout(resolve, LOOK_MS))) {
    try {
      await assertStoresAnswer(urls);
      return;
    } catch (error) {
      if (!(error instanceof StoreTrouble) || !error.passes) throw error;
      if (performance.now() - said < SAY_MS) continue;
      said = performance.now();
      say(error);
    }
  }
}

/** Says in one line which store cannot be used, where it was looked for, and what to do; null for errors of another kind. */
export function troubleOf(error: unknown, setting: StoreSetting, url: string): StoreTrouble | null {
  const code = codeOf(error);
  const known = REMEDIES[code];
  if (!known) return null;
  return trouble(setting, url, { ...known, what: `${known.what} (${code})` });
}

/** Tries both stores as a process would use them. Throws {@link StoreTrouble} about the first that cannot be used. */
export async function assertStoresAnswer(urls: StoreUrls & { migrated?: boolean }): Promise<void> {
  await assertAnswers('DATABASE_URL', urls.databaseUrl, async (url) => {
    const dataSource = await createDataSource({ url, poolSize: 1, entities: [] }).initialize();
    try {
      if (urls.migrated === true && !(await isMigrated(dataSource)))
        throw Object.assign(new Error('a migration has not run'), { code: 'ER_NO_SUCH_TABLE' });
    } finally {
      await dataSource.destroy();
    }
  });
  await assertAnswers('REDIS_URL', urls.redisUrl, async (url) => {
    const redis = connectRedis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5000 });
    const failed = new Promise<never>((_resolve, reject) => redis.once('error', reject));
    try {
      await Promise.race([redis.connect().then(() => redis.ping()), failed]);
    } finally {
      redis.disconnect();
    }
  });
}

async function assertAnswers(setting: StoreSetting, url: string, use: (url: string) => Promise<void>): Promise<void> {
  try {
    await use(url);
  } catch (error) {
    const found = troubleOf(error, setting, url);
    if (found) throw found;
    const said = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    throw trouble(setting, url, { what: said, remedy: 'check that the right service listens there' });
  }
}

function trouble(setting: StoreSetting, url: string, { what, remedy, passes }: Remedy): StoreTrouble {
  const { protocol, pathname } = new URL(addressesOf(url)[0]);
  const isDatabase = setting !== 'REDIS_URL';
  const at = hostsOf(url, isDatabase ? 3306 : 6379);
  const store = isDatabase ? `The database ${pathname.slice(1)} at ${at}` : `Redis (${protocol}//) at ${at}`;
  return new StoreTrouble(
    `${store} cannot be used: ${what}. Please ${remedy}, or correct ${setting}.`,
    passes ?? false,
  );
}

/** mysql2's or Node's code; for an answer of Redis its first word. Several addresses of one host fail together. */
function codeOf(error: unknown): string {
  const { code, errors, message, driverError, lastNodeError } = (error ?? {}) as {
    code?: unknown;
    errors?: unknown[];
    message?: unknown;
    driverError?: unknown;
    lastNodeError?: unknown;
  };
  if (typeof code === 'string' && code in REMEDIES) return code;
  if (driverError) return codeOf(driverError);
  if (lastNodeError) return codeOf(lastNodeError);
  if (errors?.[0]) return codeOf(errors[0]);
  return typeof message === 'string' ? (/^(?:ReplyError: )?([A-Z]+)\b/.exec(message)?.[1] ?? '') : '';
}
