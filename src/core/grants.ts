import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { writerUrl } from './data-source.js';
import { connectionTo } from './database-tls.js';
import { addressesOf } from './store-addresses.js';
import { tableRights } from './table-rights.js';

/** Who a grant is for, as the server names it: the user and where it comes from. */
export interface Account {
  user: string;
  host: string;
}

/** A right on the database or on one of its tables. */
interface Held {
  table: string | null;
  right: string;
}

/** The database's user cannot be given exactly its rights; the message says why and what to do. */
export class GrantTrouble extends Error {
  override readonly name = 'GrantTrouble';
}

const name = (text: string) => `\`${text.replaceAll('`', '``')}\``;
/** In a grant on a whole database, `_` and `%` stand for anything. */
const pattern = (database: string) => name(database.replaceAll(/[_%\\]/g, '\\$&'));
const accountName = ({ user, host }: Account) =>
  [user, host].map((text) => `'${text.replaceAll("'", "''")}'`).join('@');

/** The statements that give the service's user what it needs, table by table. */
export function serviceGrants(entities: readonly object[], database: string, account: Account): string[] {
  return [...tableRights(entities)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([table, rights]) => `GRANT ${rights.join(', ')} ON ${name(database)}.${name(table)} TO ${accountName(account)}`,
    );
}

/** The statement that lets a user read everything, and do nothing else. */
export function auditGrants(database: string, account: Account): string[] {
  return [`GRANT SELECT ON ${pattern(database)}.* TO ${accountName(account)}`];
}

/**
 * Gives the user of the service, or of audits, exactly its rights on the tables of these entities, as the user of migrations. What it has
 * beyond them in this database is taken away. Does nothing when it is the same user.
 */
export async function applyGrants(options: {
  entities: readonly object[];
  migration: string;
  url: string;
  may: 'serve' | 'read';
}): Promise<void> {
  const { entities, migration, url, may } = options;
  if (userOf(url) === userOf(migration)) return;
  const account = await accountOf(url);
  const database = databaseOf(migration);
  const connection = await mysql.createConnection(connectionTo(await writerUrl(migration)));
  try {
    if (may === 'read')
      await setRights(connection, database, account, auditGrants(database, account), [
        { table: null, right: 'SELECT' },
      ]);
    else {
      const wanted = [...tableRights(entities)].flatMap(([table, rights]) => rights.map((right) => ({ table, right })));
      await setRights(connection, database, account, serviceGrants(entities, database, account), wanted);
    }
  } finally {
    await connection.end();
  }
}

/** The name of the database in a URL. */
export const databaseOf = (url: string) => decodeURIComponent(new URL(addressesOf(url)[0]).pathname.slice(1));
/** Who a URL signs in as. */
export const userOf = (url: string) => decodeURIComponent(new URL(addressesOf(url)[0]).username);

async function setRights(
  connection: Connection,
  database: string,
  account: Account,
  grants: readonly string[],
  wanted: readonly Held[],
): Promise<void> {
  try {
    for (const grant of grants) await connection.query(grant);
    const key = ({ table, right }: Held) => `${right} ${table ?? ''}`;
    const allowed = new Set(wanted.map(key));
    for (const held of await rightsOf(connection, database, account)) {
      if (allowed.has(key(held))) continue;
      const on = held.table === null ? `${pattern(database)}.*` : `${name(database)}.${name(held.table)}`;
      await connection.query(`REVOKE ${held.right} ON ${on} FROM ${accountName(account)}`);
    }
  } catch (error) {
    const { message } = error as Error;
    throw new GrantTrouble(
      `${accountName(account)} cannot be given its rights (${message}). The user of DATABASE_MIGRATION_URL needs its own ` +
        'WITH GRANT OPTION; or let an administrator run what `npm run grants` prints.',
    );
  }
}

/** The rights of an account in this database. Throws when it has some in all databases: these cannot be narrowed here. */
async function rightsOf(connection: Connection, database: string, account: Account): Promise<Held[]> {
  const grantee = accountName(account);
  const ask = async (sql: string, ...values: string[]) =>
    (await connection.query<RowDataPacket[]>(sql, [grantee, ...values]))[0] as Held[];
  const everywhere = await ask(
    "SELECT privilege_type `right`, NULL `table` FROM information_schema.user_privileges WHERE grantee = ? AND privilege_type <> 'USAGE'",
  );
  if (everywhere.length > 0)
    throw new Error(
      `it may ${everywhere.map(({ right }) => right).join(', ')} in every database, so that no table is safe from it`,
    );
  return [
    ...(await ask(
      "SELECT privilege_type `right`, NULL `table` FROM information_schema.schema_privileges WHERE grantee = ? AND REPLACE(table_schema, '\\\\', '') = ?",
      database,
    )),
    ...(await ask(
      'SELECT privilege_type `right`, table_name `table` FROM information_schema.table_privileges WHERE grantee = ? AND table_schema = ?',
      database,
    )),
  ];
}

/** Which account of the server a URL signs in as. Without the database, to which it may not have come yet. */
export async function accountOf(url: string): Promise<Account> {
  const anywhere = addressesOf(url).map((one) => Object.assign(new URL(one), { pathname: '/' }).href);
  const connection = await firstOf(anywhere);
  try {
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT CURRENT_USER() me');
    const [, user = '', host = ''] = /^(.*)@([^@]*)$/.exec(String(row?.me)) ?? [];
    return { user, host };
  } finally {
    await connection.end();
  }
}

/** A connection to the first server that has one for us. */
async function firstOf([url = '', ...others]: string[]): Promise<Connection> {
  return mysql.createConnection(connectionTo(url)).catch((error: unknown) => {
    if (others.length === 0) throw error;
    return firstOf(others);
  });
}
