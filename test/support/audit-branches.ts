/** An SQL with one of its branches taken out. */
export interface Branch {
  what: string;
  sql: string;
}

/** Where an operand begins and ends, besides at parentheses and at its own joint. */
const BOUNDARY =
  /^(WHERE|HAVING|ON|WHEN|THEN|ELSE|GROUP BY|ORDER BY|UNION ALL|UNION|LEFT JOIN|JOIN|STRAIGHT_JOIN|LIMIT|SELECT|FROM|OR)\b/;

/** Values that a column may have. */
const LIST = /\bIN \(('[\w-]+'(?:, '[\w-]+')+)\)/g;

/**
 * Every branch of an invariant's SQL taken out by itself: each operand of an OR, each condition of an AND, each part of a
 * UNION, each WHEN, each value of a list, each direction of a comparison by `<>`. A test that sees no difference does not
 * test that branch.
 */
export function branchesOf(sql: string): Branch[] {
  const branches: Branch[] = [];
  const change = (what: string, [from, to]: readonly [number, number], instead: string, around = sql.slice(from, to)) =>
    branches.push({
      what: `${String(branches.length)} ${what}: ${brief(around)}`,
      sql: `${sql.slice(0, from)}${instead}${sql.slice(to)}`,
    });
  for (const range of split(sql, BOUNDARY, 'OR')) change('never', range, ' FALSE ');
  for (const range of split(sql, new RegExp(`${BOUNDARY.source}|^AND\\b`), 'AND')) change('always', range, ' TRUE ');
  for (const range of split(sql, /^UNION\b/, 'UNION')) change('without', range, ` (${sql.slice(...range)} LIMIT 0) `);
  for (const [from, to] of split(sql, /^(WHEN|ELSE)\b/, 'WHEN'))
    if (sql.slice(0, from).endsWith('WHEN')) change('never when', [from, to], ' NULL THEN NULL ', sql.slice(from, to));
  for (const { index, 0: list, 1: values = '' } of sql.matchAll(LIST)) {
    const all = values.split(', ');
    for (const one of all)
      change(
        `not ${one}`,
        [index, index + list.length],
        `IN (${all.filter((other) => other !== one).join(', ')})`,
        sql.slice(Math.max(0, index - 30), index),
      );
  }
  for (const { index } of sql.matchAll(/<>/g))
    for (const direction of ['<', '>'])
      change(`only ${direction}`, [index, index + 2], direction, sql.slice(Math.max(0, index - 30), index + 30));
  return branches;
}

const brief = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 90);

const isWord = (sql: string, at: number, word: string) =>
  sql.startsWith(word, at) && !/[\w.]/.test(sql[at - 1] ?? ' ') && !/\w/.test(sql[at + word.length] ?? ' ');

/** Stretches between separators of the same level that have `joint` on one side at least. */
function split(sql: string, separator: RegExp, joint: string): [number, number][] {
  const stretches: [number, number][] = [];
  const open: { from: number; joined: boolean }[] = [{ from: 0, joined: false }];
  const end = (at: number, joined: boolean) => {
    const level = open.at(-1);
    if (level && (level.joined || joined)) stretches.push([level.from, at]);
  };
  for (let at = 0; at < sql.length; at += 1) {
    const char = sql[at];
    if (char === "'") at = sql.indexOf("'", at + 1);
    else if (char === '(') open.push({ from: at + 1, joined: false });
    else if (char === ')' || isWord(sql, at, 'END')) {
      end(at, false);
      open.pop();
    } else if (isWord(sql, at, 'CASE')) open.push({ from: at + 4, joined: false });
    else if (/[A-Z]/.test(char ?? '') && !/[\w.]/.test(sql[at - 1] ?? ' ')) {
      const rest = sql.slice(at, at + 20);
      if (!separator.test(rest)) continue;
      const joined = rest.startsWith(joint) && !/^\w/.test(rest.slice(joint.length));
      end(at, joined);
      const length = /^(GROUP BY|ORDER BY|UNION ALL|LEFT JOIN|\w+)/.exec(rest)?.[0].length ?? 1;
      open[open.length - 1] = { from: at + length, joined };
      at += length - 1;
    }
  }
  end(sql.length, false);
  return stretches;
}
