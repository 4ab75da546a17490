/**
 * mysql2 which notes each kind of statement that a process sends, once: with YINKE_STATEMENTS, a folder, in a file of that folder.
 * `scripts/mysql-statements.mjs` reads them.
 */
const { appendFileSync, existsSync, mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const mysql2 = require('mysql2');

const folder = process.env.YINKE_STATEMENTS;

/** @type {Set<string>} */
const seen = new Set();

if (folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.jsonl`);
  // A worker of jest loads this anew for each file of tests.
  if (existsSync(file)) for (const line of readFileSync(file, 'utf8').split('\n')) if (line) seen.add(line);
  const createPool = mysql2.createPool;
  module.exports = {
    ...mysql2,
    createPool(options) {
      const pool = createPool(options);
      pool.on('connection', (connection) => {
        for (const method of ['query', 'execute']) {
          const send = connection[method].bind(connection);
          connection[method] = (sql, ...rest) => {
            note(file, sql, rest[0]);
            return send(sql, ...rest);
          };
        }
      });
      return pool;
    },
  };
} else module.exports = mysql2;

function note(file, asked, given) {
  const sql = typeof asked === 'string' ? asked : asked.sql;
  const values = typeof asked === 'string' ? given : (asked.values ?? given);
  const line = JSON.stringify(shortened(mysql2.format(sql, Array.isArray(values) ? values.map(stand) : [])));
  if (seen.has(line)) return;
  seen.add(line);
  appendFileSync(file, `${line}\n`);
}

/** What stands for a value: one of its kind, and of many the first. */
function stand(value) {
  if (Array.isArray(value)) return value.length === 0 ? value : [stand(value[0])];
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return Buffer.from('x');
  if (value instanceof Date) return new Date(0);
  return typeof value === 'string' ? 'x' : 1;
}

/** Of many rows or values alike, the first. */
function shortened(sql) {
  return sql
    .replace(
      /(\((?:'x'|1|NULL|X'78'|'1970-[^']*'|[\s,])+\))(?:,\s*\((?:'x'|1|NULL|X'78'|'1970-[^']*'|[\s,])+\))+/g,
      '$1',
    )
    .replace(/\(('x'|1)(?:,\s*\1)+\)/g, '($1)');
}
