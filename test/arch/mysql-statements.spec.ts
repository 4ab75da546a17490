import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditGrants, serviceGrants } from '../../src/core/grants.js';
import { entities } from '../../src/entities.js';
import { migrations } from '../../src/core/migrations/index.js';
import type { Tables } from '../../src/core/migrations/tables.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'yinke-mysql-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What the command that ends `npm test` says of these statements, and its exit code. */
async function judge(statements: readonly string[]): Promise<[code: number, said: string]> {
  writeFileSync(join(folder, 'said.jsonl'), statements.map((sql) => `${JSON.stringify(sql)}\n`).join(''));
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/mysql-statements.mjs', folder], (error, stdout, stderr) =>
      resolve([error ? Number(error.code) : 0, stdout + stderr]),
    );
  });
}

/** The statements of every migration there and back, as a MySQL 8.4 is told them. */
async function migrationStatements(): Promise<string[]> {
  const said: string[] = [];
  const query = (sql: string) => {
    said.push(sql);
    return Promise.resolve([{ version: '8.4.3' }]);
  };
  const runner = { query } as unknown as Parameters<Tables['up']>[0];
  const all = migrations.map((Migration) => new Migration() as Tables);
  for (const migration of all) await migration.up(runner);
  for (const migration of all.reverse()) await migration.down(runner);
  return said;
}

it('MySQL 8 takes every migration, told in its own collation', async () => {
  const statements = await migrationStatements();
  expect(statements.length).toBeGreaterThan(100);
  expect(statements.join()).not.toContain('nopad');
  const [code, said] = await judge(statements);
  expect([code, said]).toEqual([0, expect.stringContaining('MySQL 8 takes each of them')]);
});

/** What MariaDB takes and MySQL 8 refuses or answers differently, and a word of the reason. */
const REFUSED: readonly (readonly [sql: string, reason: string])[] = [
  // By its grammar.
  ["INSERT INTO t VALUES ('x') RETURNING id", "'RETURNING'"],
  ['DELETE FROM t WHERE a = 1 RETURNING *', "'RETURNING'"],
  ["REPLACE INTO t (a) VALUES ('x') RETURNING a", "'RETURNING'"],
  ['INSERT INTO t (a) SELECT b FROM (SELECT b FROM s WHERE b IN (SELECT FROM u)) x', "'FROM'"],
  // By what it has.
  ['CREATE SEQUENCE numbers', 'has no sequences'],
  ['SELECT NEXT VALUE FOR numbers', 'has no sequences'],
  ['SELECT NEXTVAL(numbers)', 'NEXTVAL() is no function'],
  ['SET STATEMENT max_statement_time = 1 FOR SELECT 1', 'has no SET STATEMENT'],
  ['SET SESSION idle_transaction_timeout = 15', 'idle_transaction_timeout is not known'],
  ['SELECT @@in_transaction', 'in_transaction is not known'],
  ["SELECT JSON_DETAILED('{}')", 'JSON_DETAILED() is no function'],
  ['SELECT a FROM t WHERE NATURAL_SORT_KEY(a) > 1', 'NATURAL_SORT_KEY() is no function'],
  ['INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUE(a)', 'VALUE'],
  ['SELECT a rank FROM t', 'reserves the word RANK'],
  ['SELECT groups FROM t', 'reserves the word GROUPS'],
  ['SELECT a FROM t ORDER BY a COLLATE utf8mb4_uca1400_ai_ci', 'is no collation of MySQL 8'],
  ['CREATE OR REPLACE TABLE t (a INT)', 'replaces nothing but views'],
  ['CREATE INDEX IF NOT EXISTS i ON t (a)', 'has no IF EXISTS for an index'],
  ['DROP INDEX IF EXISTS i ON t', 'has no IF EXISTS for an index'],
  ['ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT', 'has no IF EXISTS within ALTER TABLE'],
  ['ALTER TABLE t DROP COLUMN IF EXISTS a', 'has no IF EXISTS within ALTER TABLE'],
  ['SELECT a FROM t FOR SYSTEM_TIME ALL', 'keeps no history'],
  ['CREATE TABLE t (a INT) WITH SYSTEM VERSIONING', 'keeps no history'],
  ['CREATE TABLE t (a UUID NOT NULL)', 'has no column of that type'],
  ['CREATE TABLE t (a INT, b INET6 NULL)', 'has no column of that type'],
  ['CREATE TABLE t (a INT, b INT AS (a + 1) PERSISTENT)', 'calls a generated column STORED'],
  ["CREATE TABLE t (a TEXT NOT NULL DEFAULT '')", 'in brackets only'],
  ['CREATE TABLE t (a VARCHAR(36) DEFAULT UUID())', 'in brackets only'],
  ['CREATE TABLE t (a DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP)', 'as many decimals as its column'],
  ['CREATE TABLE t (a DATETIME DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(6))', 'as many decimals as its column'],
  [
    'CREATE TABLE t (a INT, CHECK (a > 0), FOREIGN KEY (a) REFERENCES s (a) ON DELETE CASCADE)',
    'no CHECK on a column that a foreign key changes',
  ],
  ['SELECT CAST(a AS INT) FROM t', 'casts to SIGNED'],
  ['SELECT a FROM t LOCK IN SHARE MODE NOWAIT', 'after FOR SHARE alone'],
  ['SELECT a FROM t LOCK IN SHARE MODE SKIP LOCKED', 'after FOR SHARE alone'],
  ['SELECT a FROM t FOR UPDATE WAIT 3', 'has no WAIT for locks'],
  ['SELECT a FROM t LIMIT ROWS EXAMINED 100', 'has no LIMIT ROWS EXAMINED'],
  ['ANALYZE FORMAT=JSON SELECT 1', 'says EXPLAIN ANALYZE'],
  ["GRANT SELECT ON shop.* TO 'a'@'%' IDENTIFIED BY 'b'", 'by CREATE USER'],
  ["GRANT DELETE HISTORY ON shop.* TO 'a'@'%'", 'keeps no history'],
  ["GRANT BINLOG MONITOR ON *.* TO 'a'@'%'", 'has no such right'],
  ['KILL HARD 3', 'by number alone'],
  ["EXECUTE IMMEDIATE 'SELECT 1'", 'has no such statement'],
  // By what it answers.
  ['UPDATE t SET a = 1 WHERE b IN (SELECT b FROM t WHERE c = 2)', 'does not read T in a query'],
  ['DELETE FROM t WHERE b = (SELECT MAX(b) FROM s JOIN t ON t.a = s.a)', 'does not read T in a query'],
  ['SELECT table_name FROM information_schema.tables', 'in capitals'],
  ['SELECT trx_id id FROM information_schema.innodb_lock_waits', 'has no information_schema.INNODB_LOCK_WAITS'],
];

/** Near to these, and MySQL 8 takes them. */
const TAKEN = [
  'SELECT type, position FROM t',
  'SELECT r.rank FROM t r',
  'SELECT `rank` FROM t',
  'CREATE OR REPLACE VIEW v AS SELECT 1',
  "CREATE TABLE t (a TEXT NOT NULL DEFAULT (''), b DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))",
  'SELECT a FROM t FOR UPDATE SKIP LOCKED',
  'SELECT CAST(a AS SIGNED) FROM t',
  'UPDATE t SET a = 1 WHERE b IN (SELECT b FROM (SELECT b FROM t WHERE c = 2) x)',
  'SELECT table_name name FROM information_schema.tables',
  "SET SESSION lock_wait_timeout = DEFAULT, time_zone = '+00:00' /*M! , idle_transaction_timeout = 15 */",
  'SELECT a FROM t FORCE INDEX (PRIMARY) WHERE a IN (1, 2, 3)',
];

it('refuses what MySQL 8 does not have or answers differently, each for its reason, and nothing else', async () => {
  const [code, said] = await judge([...TAKEN, ...REFUSED.map(([sql]) => sql)]);
  expect(code).toBe(1);
  const lines = said.split('\n');
  const reasons = new Map(
    lines.flatMap((line, index) => (line.startsWith('  ') ? [[line.trim(), lines[index - 1]]] : [])),
  );
  for (const [sql, reason] of REFUSED) expect([sql, reasons.get(sql)]).toEqual([sql, expect.stringContaining(reason)]);
  expect([...reasons.keys()]).toEqual(REFUSED.map(([sql]) => sql));
});

it('finds a refused part wherever it stands: in a query in brackets, in a union, among many rows', async () => {
  const statements = [
    'SELECT a FROM t WHERE b IN (SELECT c FROM s WHERE d IN (SELECT JSON_DETAILED(e) FROM u))',
    'SELECT a FROM t UNION ALL SELECT b FROM s UNION ALL SELECT JSON_DETAILED(c) FROM u',
    "INSERT INTO t (a, b) VALUES ('x', 1), ('x', 1), ('x', JSON_DETAILED(1)), ('x', 1)",
    'SELECT CASE a WHEN 1 THEN 2 WHEN 1 THEN JSON_DETAILED(2) WHEN 1 THEN 2 END FROM t',
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT JSON_DETAILED(i) FROM n) SELECT i FROM n',
  ];
  const [code, said] = await judge(statements);
  expect([code, said]).toEqual([1, expect.stringContaining('MySQL 8 would refuse 5 of 5 statements')]);
});

it('MySQL 8 takes the rights that the service and audits are given', async () => {
  const account = { user: 'yinke_service', host: '%' };
  const [code, said] = await judge([...serviceGrants(entities, 'yinke', account), ...auditGrants('yinke', account)]);
  expect([code, said]).toEqual([0, expect.stringContaining('MySQL 8 takes each of them')]);
});

it('each check of a table has a name that no other table has, as MySQL wants it', async () => {
  const names = (await migrationStatements()).flatMap((sql) =>
    [...sql.matchAll(/CONSTRAINT (\w+) CHECK/g)].map(([, name]) => name),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(new Set(names).size).toBe(names.length);
});

it('fails when no statement was noted', async () => {
  expect(await judge([])).toEqual([1, expect.stringContaining('no statement was noted')]);
});
