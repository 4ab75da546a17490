import mysql2 from 'mysql2';

/** A statement as it goes to the database. */
export interface Sent {
  sql: string;
  values: unknown[];
}

type Query = (asked: string | { sql: string; values?: unknown[] }, ...rest: unknown[]) => unknown;

/** Opens and closes of transactions, and what the program asks by itself from time to time. */
const FRAME = /^(START TRANSACTION|COMMIT|ROLLBACK|DO 1|SET SESSION|SELECT NOW\(6\))/;

/** Notes what every connection of this process sends, from when it is made until `stop`. Make it before what connects. */
export class SentStatements {
  private sent: Sent[] = [];
  private readonly send: Query;

  constructor() {
    const { prototype } = (mysql2 as unknown as { Connection: { prototype: { query: Query } } }).Connection;
    const { query } = prototype;
    this.send = query;
    const note = (sql: string, values: unknown) => {
      if (!FRAME.test(sql)) this.sent.push({ sql, values: Array.isArray(values) ? (values as unknown[]) : [] });
    };
    prototype.query = function (this: unknown, asked, ...rest) {
      if (typeof asked === 'string') note(asked, rest[0]);
      else note(asked.sql, asked.values);
      return query.call(this, asked, ...rest);
    };
  }

  /** What is sent while something runs, by whomever. */
  async during(work: () => Promise<unknown>): Promise<Sent[]> {
    this.sent = [];
    await work();
    return this.sent;
  }

  stop(): void {
    const { prototype } = (mysql2 as unknown as { Connection: { prototype: { query: Query } } }).Connection;
    prototype.query = this.send;
  }
}
