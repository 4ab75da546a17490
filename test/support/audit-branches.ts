/** An SQL with one of its branches taken out. */
export interface Branch {
  what: string;
  sql: string;
}

/** Where an operand of OR begins and ends, besides at parentheses and at another OR. */
const BOUNDARY =
  /^(WHERE|HAVING|ON|WHEN|THEN|ELSE|GROUP BY|ORDER BY|UNION ALL|LEFT JOIN|JOIN|STRAIGHT_JOIN|LIMIT|SELECT|FROM|OR)\b/;

/**
 * Every branch of an invariant's SQL taken out by itself: each operand of an OR, each part of a UNION, each direction of a
 * comparison by `<>`. A test that sees no difference does not test that branch.
 */
export function branchesOf(sql: string): Branch[] {
  const branches: Branch[] = [];
  for (const [from, to] of operands(sql))
    branches.push({
      what: `never: ${brief(sql.slice(from, to))}`,
      sql: `${sql.slice(0, from)} FALSE ${sql.slice(to)}`,
    });
  for (const [from, to] of unionParts(sql)) {
    const part = sql.slice(from, to);
    const nothing = ` (${part} LIMIT 0) `;
    branches.push({ what: `without: ${brief(part)}`, sql: `${sql.slice(0, from)}${nothing}${sql.slice(to)}` });
  }
  for (const { index } of sql.matchAll(/<>/g))
    for (const direction of ['<', '>'])
      branches.push({
        what: `only ${direction}: ${brief(sql.slice(Math.max(0, index - 30), index + 30))}`,
        sql: `${sql.slice(0, index)}${direction}${sql.slice(index + 2)}`,
      });
  return branches;
}

const brief = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 90);

/** Operands of OR: from a boundary to the next on the same level. */
function operands(sql: string): [number, number][] {
  return split(sql, (word) => BOUNDARY.test(word), 'OR');
}

/** Parts of UNION ALL, on the level of each. */
function unionParts(sql: string): [number, number][] {
  return split(sql, (word) => word.startsWith('UNION ALL'), 'UNION ALL');
}

/** Stretches between separators of the same level that have `joint` on one side at least. */
function split(sql: string, isSeparator: (rest: string) => boolean, joint: string): [number, number][] {
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
    else if (char === ')') {
      end(at, false);
      open.pop();
    } else if (/[A-Z]/.test(char ?? '') && !/[\w.]/.test(sql[at - 1] ?? ' ')) {
      const rest = sql.slice(at, at + 20);
      if (!isSeparator(rest)) continue;
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
