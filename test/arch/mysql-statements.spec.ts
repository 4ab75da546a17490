import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

it('refuses what MySQL 8 does not have, each for its reason', async () => {
  const refused: [sql: string, reason: string][] = [
    ["INSERT INTO t VALUES ('x') RETURNING id", "extraneous input 'RETURNING'"],
    ['DELETE FROM t WHERE a = 1 RETURNING *', "extraneous input 'RETURNING'"],
    ['CREATE SEQUENCE numbers', "no viable alternative at input 'CREATE SEQUENCE'"],
    ['SET STATEMENT max_statement_time = 1 FOR SELECT 1', "no viable alternative at input 'SET STATEMENT"],
    ['SET SESSION idle_transaction_timeout = 15', 'idle_transaction_timeout is not known'],
    ["SELECT JSON_DETAILED('{}')", 'JSON_DETAILED() is no function of MySQL 8'],
    ['SELECT r.rank FROM t r', 'MySQL 8 reserves the word RANK'],
    ['SELECT a FROM t ORDER BY a COLLATE utf8mb4_uca1400_ai_ci', 'is no collation of MySQL 8'],
  ];
  const [code, said] = await judge(['SELECT type, position FROM t', ...refused.map(([sql]) => sql)]);
  expect(code).toBe(1);
  expect(said).toContain('MySQL 8 would refuse 8 of 9 statements');
  const reasons = said.split('\n').filter((_line, index) => index % 2 === 0);
  for (const [index, [, reason]] of refused.entries()) expect(reasons[index]).toContain(reason);
});

it('fails when no statement was noted', async () => {
  expect(await judge([])).toEqual([1, expect.stringContaining('no statement was noted')]);
});
