// @ts-check
import { SCHEMA_TABLES } from './known.mjs';

/**
 * What the grammar takes and a server of MySQL 8 refuses, or answers differently. Each looks at a whole statement, its words in capitals with a blank
 * between all of them and its texts made equal; what is said of it is from MySQL's Reference Manual.
 * @type {[unlike: RegExp, reason: string][]}
 */
const UNLIKE = [
  [/^CREATE OR REPLACE (?!VIEW|(ALGORITHM|DEFINER|SQL SECURITY)\b.* VIEW\b|SPATIAL)/, 'replaces nothing but views'],
  [/^CREATE (UNIQUE |FULLTEXT |SPATIAL )?INDEX IF NOT EXISTS|^DROP INDEX IF EXISTS/, 'has no IF EXISTS for an index'],
  [
    /^ALTER TABLE IF EXISTS|^ALTER TABLE .*\b(ADD|DROP|MODIFY|CHANGE|RENAME|ALTER)( COLUMN| INDEX| KEY| CONSTRAINT| FOREIGN KEY| PARTITION)? IF (NOT )?EXISTS/,
    'has no IF EXISTS within ALTER TABLE',
  ],
  [/\bSYSTEM VERSIONING\b|\bFOR SYSTEM_TIME\b|\bPERIOD FOR\b|\bDELETE HISTORY\b/, 'keeps no history of rows'],
  [/\bLOCK IN SHARE MODE (NOWAIT|SKIP LOCKED|WAIT)\b/, 'knows NOWAIT and SKIP LOCKED after FOR SHARE alone'],
  [/\b(FOR UPDATE|FOR SHARE) WAIT\b|^(ALTER|DROP|TRUNCATE|LOCK|RENAME)\b.* (WAIT \d|NOWAIT)/, 'has no WAIT for locks'],
  [/\b(NEXT|PREVIOUS) VALUE FOR\b|^(CREATE|ALTER|DROP) SEQUENCE\b/, 'has no sequences'],
  [
    /^(CREATE|ALTER) TABLE\b.* (\(|,|ADD|ADD COLUMN|MODIFY|MODIFY COLUMN) \S+ (UUID|INET4|INET6|XMLTYPE|VARCHAR2)\b/,
    'has no column of that type',
  ],
  [/\bAS (INT|INTEGER|BIGINT|VARCHAR|TEXT)( \( \d+ \))? \)/, 'casts to SIGNED, UNSIGNED and CHAR, not to that type'],
  [/^(CREATE|ALTER) TABLE\b.* PERSISTENT\b/, 'calls a generated column STORED'],
  [/^(CREATE|ALTER) TABLE\b.* (NOT )?IGNORED\b/, 'calls an index INVISIBLE, not IGNORED'],
  [
    /\b(TINYTEXT|TEXT|MEDIUMTEXT|LONGTEXT|TINYBLOB|BLOB|MEDIUMBLOB|LONGBLOB|JSON)( (NOT NULL|NULL|CHARACTER SET \S+|COLLATE \S+|CHECK \( [^()]* \)))* DEFAULT (?!\(|NULL)/,
    'takes a default of a text, blob or document in brackets only',
  ],
  [
    /\bDEFAULT (UUID|RAND|JSON_ARRAY|JSON_OBJECT|UNIX_TIMESTAMP) \(/,
    'takes a default that is worked out in brackets only',
  ],
  [
    /^CREATE TABLE(?=.* CHECK \().*\bFOREIGN KEY\b.* ON (DELETE|UPDATE) (CASCADE|SET)\b/,
    'has no CHECK on a column that a foreign key changes',
  ],
  [/\bAUTO_INCREMENT\b[^,]* CHECK \(/, 'has no CHECK on a column that counts by itself'],
  [/\bIDENTIFIED VIA\b|^GRANT\b.* IDENTIFIED BY\b/, 'identifies a user by CREATE USER … IDENTIFIED BY or WITH'],
  [
    /^(GRANT|REVOKE)\b.*\b(BINLOG (ADMIN|MONITOR|REPLAY)|CONNECTION ADMIN|FEDERATED ADMIN|READ_ONLY ADMIN|REPLICA MONITOR|SET USER|SHOW CREATE ROUTINE)\b/,
    'has no such right',
  ],
  [/^KILL (HARD|SOFT|USER|QUERY ID)\b/, 'ends a connection or its query by number alone'],
  [/\bLIMIT (\d+ )?ROWS EXAMINED\b/, 'has no LIMIT ROWS EXAMINED'],
  [/^SET STATEMENT\b/, 'has no SET STATEMENT'],
  [/^ANALYZE (FORMAT|SELECT|UPDATE|DELETE|INSERT)\b/, 'says EXPLAIN ANALYZE'],
  [/^(BACKUP (STAGE|LOCK|UNLOCK)|EXECUTE IMMEDIATE|FLUSH SSL)\b/, 'has no such statement'],
  [/\bSHOW (ALL )?(SLAVES|REPLICAS) STATUS\b/, 'says SHOW REPLICA STATUS'],
  [/(^|\b(FROM|AS|UNION|ALL) \(? ?)VALUES \( /, 'says VALUES ROW(…) where there is no INSERT'],
];

/**
 * Why a server of MySQL 8 would not take a statement, or not as MariaDB does; null when nothing speaks against it.
 * @param {readonly string[]} tokens
 * @returns {string | null}
 */
export function ruleAgainst(tokens) {
  const words = tokens.map((token) => token.toUpperCase()).join(' ');
  const [, reason] = UNLIKE.find(([unlike]) => unlike.test(words)) ?? [];
  if (reason !== undefined) return `MySQL 8 ${reason}`;
  return secondsUnlike(words) ?? selfRead(tokens) ?? schemaUnlike(tokens);
}

/** @param {string} words */
function secondsUnlike(words) {
  if (!/^(CREATE|ALTER) TABLE\b/.test(words)) return null;
  const column =
    /\b(DATETIME|TIMESTAMP)( \( (\d) \))?(?! ?\()(?: (?!DATETIME\b|TIMESTAMP\b)[^,()\s]+)*? (?:DEFAULT|ON UPDATE) (?:NOW|CURRENT_TIMESTAMP|LOCALTIME|LOCALTIMESTAMP)\b( \( (\d)? ?\))?/g;
  for (const [, , , has = '0', , says = '0'] of words.matchAll(column))
    if (has !== says) return 'MySQL 8 wants a default moment with as many decimals as its column';
  return null;
}

/**
 * A table that is changed is read in a query of the same statement: error 1093, but for a query that is a table of its own (in FROM).
 * @param {readonly string[]} tokens
 */
function selfRead(tokens) {
  const words = tokens.map((token) => token.toUpperCase().replaceAll('`', ''));
  const start = /^(UPDATE|DELETE FROM) (?:(?:LOW_PRIORITY|QUICK|IGNORE) )*(?:\S+ \. )?(\S+)/.exec(words.join(' '));
  if (!start) return null;
  const target = start[2];
  /** @type {boolean[]} whether a bracket is, or is within, a table of its own */
  const open = [];
  for (const [index, word] of words.entries()) {
    if (word === '(') {
      const isTable =
        /^(FROM|JOIN|STRAIGHT_JOIN|,)$/.test(words[index - 1] ?? '') && /^(SELECT|WITH)$/.test(words[index + 1] ?? '');
      open.push(isTable || open.at(-1) === true);
    }
    if (word === ')') open.pop();
    const isRead = open.length > 0 && !open.at(-1) && /^(FROM|JOIN|STRAIGHT_JOIN)$/.test(words[index - 1] ?? '');
    if (isRead && word === target) return `MySQL 8 does not read ${target} in a query of a statement that changes it`;
  }
  return null;
}

/**
 * Tables of information_schema that MySQL does not have, and columns whose name it answers in capitals.
 * @param {readonly string[]} tokens
 */
function schemaUnlike(tokens) {
  for (const [index, token] of tokens.entries()) {
    if (!/^information_schema$/i.test(token) || tokens[index + 1] !== '.') continue;
    const table = String(tokens[index + 2]).toUpperCase();
    if (!SCHEMA_TABLES.has(table)) return `MySQL 8 has no information_schema.${table}`;
    const start = tokens.slice(0, index).findLastIndex((word) => /^SELECT$/i.test(word));
    const from = tokens.findIndex((word, at) => at > start && /^FROM$/i.test(word));
    for (const item of itemsOf(tokens.slice(start + 1, from))) {
      const name = item.join(' ');
      if (/^([\w`]+ \. )*[a-z_]+$/.test(name))
        return `MySQL 8 answers ${name} of information_schema in capitals: it needs a name of its own`;
    }
  }
  return null;
}

/** @param {readonly string[]} tokens @returns {string[][]} */
function itemsOf(tokens) {
  /** @type {string[][]} */
  const items = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && token === ',') items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}
