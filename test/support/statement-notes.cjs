/**
 * Notes each kind of statement that a process sends, once: with YINKE_STATEMENTS, a folder, in a file of that folder.
 * `scripts/mysql-statements.mjs` reads them.
 */
const { appendFileSync, existsSync, mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { format } = require('mysql2');

const folder = process.env.YINKE_STATEMENTS;
const file = folder && join(folder, `${process.pid}.jsonl`);

/** Texts that were asked for, and lines that are in the file: most statements are known by their text before their values are looked at. */
const asked = new Set();
const lines = new Set();

if (folder) {
  mkdirSync(folder, { recursive: true });
  // A worker of jest loads this anew for each file of tests.
  if (existsSync(file)) for (const line of readFileSync(file, 'utf8').split('\n')) if (line) lines.add(line);
}

/** The connection, of which each statement is noted from now on. */
function noted(connection) {
  if (!folder) return connection;
  for (const method of ['query', 'execute']) {
    const send = connection[method].bind(connection);
    connection[method] = (sql, ...rest) => {
      note(sql, rest[0]);
      return send(sql, ...rest);
    };
  }
  return connection;
}

function note(said, given) {
  const sql = typeof said === 'string' ? said : said.sql;
  const key = sql.length > 1000 ? withFewerRows(sql) : sql;
  if (asked.has(key)) return;
  asked.add(key);
  const values = typeof said === 'string' ? given : (said.values ?? given);
  const line = JSON.stringify(shortened(format(sql, Array.isArray(values) ? values.map(stand) : [])));
  if (lines.has(line)) return;
  lines.add(line);
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

/** Of many rows of places for values, the first. */
function withFewerRows(sql) {
  return sql.replace(/(\((?:\?|NULL|DEFAULT|[\s,])+\))(?:,\s*\((?:\?|NULL|DEFAULT|[\s,])+\))+/g, '$1');
}

/** Of many rows or values alike, the first. */
function shortened(sql) {
  return sql
    .replace(
      /(\((?:'x'|1|NULL|DEFAULT|X'78'|'1970-[^']*'|[\s,])+\))(?:,\s*\((?:'x'|1|NULL|DEFAULT|X'78'|'1970-[^']*'|[\s,])+\))+/g,
      '$1',
    )
    .replace(/\(('x'|1)(?:,\s*\1)+\)/g, '($1)');
}

module.exports = { noted };
