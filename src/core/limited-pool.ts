import mysql2, { type Connection, type PoolConnection, type PoolOptions } from 'mysql2';
import type { DataSource } from 'typeorm';
import { Writer, type Address } from './writer.js';

/** How long a statement may go unanswered, and how long one may wait for a connection; in milliseconds. */
export interface PoolLimits {
  statementMs: number;
  waitMs: number;
}

/** Codes of what is given up here, as the driver's own errors have one. */
export const NO_CONNECTION_IN_TIME = 'YINKE_NO_CONNECTION_IN_TIME';
const NO_ANSWER_IN_TIME = 'PROTOCOL_SEQUENCE_TIMEOUT';

/** Who waits for a connection beyond these can not be served in time, and is told so at once. */
export const MOST_WAITING = 2_000;

/** READ COMMITTED: no gap locks, so batches that lock accounts in order do not deadlock on the gaps between them. */
const READ_COMMITTED = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

/** MariaDB's own mode: MySQL would else refuse groups whose columns follow from their key (ONLY_FULL_GROUP_BY). */
const SQL_MODE = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
const SETTINGS = `SET SESSION time_zone = '+00:00', sql_mode = '${SQL_MODE}', innodb_lock_wait_timeout = 10`;

/**
 * A process that is stopped in mid-transaction holds its locks no longer than this: its transaction is rolled back. MySQL has no such setting, and
 * takes it for a comment.
 */
const IDLE_TRANSACTION = '/*M! , idle_transaction_timeout = 15 */';

/** On a Galera cluster a read waits for what was committed on other servers before it, so that no change of the writer hides a write. */
const SEE_ALL_WRITES = 'SET SESSION wsrep_sync_wait = 1';

type Taken = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => void;
type Answered = (error: NodeJS.ErrnoException | null, ...rest: unknown[]) => void;

/**
 * The driver as TypeORM takes it. With several addresses the pool goes to the one that takes writes ({@link Writer}). TypeORM makes the pool and knows no hook for new connections; this one sets each up before its first statement and,
 * with limits, gives up what is not answered: a database that has stopped without a word must not stop everybody who asks it.
 */
export function mysqlDriver(limits?: PoolLimits, addresses: readonly Address[] = []) {
  return {
    ...mysql2,
    createPool(options: PoolOptions) {
      const writer = addresses.length > 1 ? new Writer(addresses, options) : null;
      const pool = mysql2.createPool(writer ? { ...options, stream: () => writer.open() } : options);
      pool.on('connection', (connection: Connection) => {
        connection.query(READ_COMMITTED);
        connection.query(limits ? `${SETTINGS} ${IDLE_TRANSACTION}` : SETTINGS);
        if (writer?.isGalera) connection.query(SEE_ALL_WRITES);
        if (limits) limitStatements(connection, limits.statementMs);
      });
      if (writer) followWriter(pool, writer);
      if (limits) limitWaiting(pool, limits.waitMs);
      return pool;
    },
  };
}

/** The lists of a pool, which the driver does not tell of in its types. */
interface PoolLists {
  _allConnections: { length: number };
  _freeConnections: { length: number };
  _connectionQueue: { length: number };
}

/** How many connections of a pool are in use and free, and how many calls wait for one. */
export function poolUsage(dataSource: DataSource): { inUse: number; free: number; waiting: number } {
  const { pool } = dataSource.driver as unknown as { pool: PoolLists };
  const free = pool._freeConnections.length;
  return { inUse: pool._allConnections.length - free, free, waiting: pool._connectionQueue.length };
}

function limitStatements(connection: Connection, timeout: number): void {
  const query = connection.query.bind(connection) as (...args: unknown[]) => unknown;
  const limited = (sql: unknown, ...rest: unknown[]): unknown => {
    const answered = rest.at(-1);
    // What is streamed is taken as fast as its reader likes.
    if (typeof sql !== 'string' || typeof answered !== 'function') return query(sql, ...rest);
    const [values] = rest.length > 1 ? rest : [];
    const settle: Answered = (error, ...results) => {
      // Its answer may still come, and would be taken for that of the next statement.
      if (error?.code === NO_ANSWER_IN_TIME) connection.destroy();
      (answered as Answered)(error, ...results);
    };
    return query({ sql, values, timeout }, settle);
  };
  Object.assign(connection, { query: limited });
}

function limitWaiting(pool: ReturnType<typeof mysql2.createPool>, waitMs: number): void {
  const getConnection = pool.getConnection.bind(pool);
  let waiting = 0;
  const limited = (taken: Taken): void => {
    if (waiting >= MOST_WAITING) {
      taken(noRoomInTime(), undefined as never);
      return;
    }
    waiting += 1;
    let isOver = false;
    const end = () => {
      isOver = true;
      waiting -= 1;
      clearTimeout(timer);
    };
    const timer = setTimeout(() => {
      end();
      taken(noRoomInTime(), undefined as never);
    }, waitMs);
    getConnection((error, connection) => {
      if (isOver) {
        if (!error) connection.release();
        return;
      }
      end();
      taken(error, connection);
    });
  };
  Object.assign(pool, { getConnection: limited });
}

/** Hands out connections to the server that takes writes now, and ends the others as they come back. */
function followWriter(pool: ReturnType<typeof mysql2.createPool>, writer: Writer): void {
  const getConnection = pool.getConnection.bind(pool);
  const take = (taken: Taken): void => {
    getConnection((error, connection) => {
      if (error) {
        // The next one is to find another.
        void writer.look();
        taken(error, connection);
      } else if (writer.isAtEndOf(connection)) taken(null, connection);
      else {
        connection.destroy();
        follow(taken);
      }
    });
  };
  const follow = (taken: Taken): void => {
    writer.find().then(
      () => take(taken),
      (error: unknown) => {
        taken(error as Error, undefined as never);
      },
    );
  };
  const end = pool.end.bind(pool);
  Object.assign(pool, {
    getConnection: follow,
    end: (...args: Parameters<typeof end>) => {
      writer.end();
      end(...args);
    },
  });
}

/** What a call is told that could not be served in time, and so was not begun. */
export function noRoomInTime(): NodeJS.ErrnoException {
  return Object.assign(new Error('no database connection became free in time'), { code: NO_CONNECTION_IN_TIME });
}
