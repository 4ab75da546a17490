// @ts-check
/**
 * What is left of statements when all that a grammar does not look at is taken away, so that few of them have to be parsed: a parser of a whole
 * language takes a tenth of a second and more for one that it has not seen the like of.
 */

const TOKEN =
  /\/\*M!.*?\*\/|\/\*![0-9]*|\*\/|\/\*.*?\*\/|--[^\n]*|#[^\n]*|[xX]'[0-9a-fA-F]*'|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|@{0,2}[A-Za-z_$][\w$]*|@@|(?<![\w`.])\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w)|[\w$]+|<=>|<<|>>|<=|>=|<>|!=|:=|\|\||&&|->>|->|[^\s]/gs;

/**
 * The words, numbers and signs of a statement as MySQL reads it: what stands in MariaDB's own comments is none. Of literals their kind is left.
 * @param {string} sql
 * @returns {string[]}
 */
export function tokensOf(sql) {
  const tokens = [];
  for (const [token] of sql.matchAll(TOKEN)) {
    if (/^(\/\*|\*\/|--|#)/.test(token)) continue;
    if (/^[xX]'/.test(token)) tokens.push("X'78'");
    else if (token.startsWith("'")) tokens.push("'x'");
    else if (/^\d+(\.\d+)?([eE][-+]?\d+)?$/.test(token)) tokens.push('1');
    else tokens.push(token);
  }
  return tokens;
}

/**
 * Parts which are a statement each, and which together are well formed when the whole is: a query in brackets, a part of a union.
 * @param {readonly string[]} tokens
 * @returns {string[][]}
 */
export function partsOf(tokens) {
  /** @type {string[][]} */
  const parts = [];
  /** @type {{ tokens: string[], isQuery: boolean }[]} */
  const open = [{ tokens: [], isQuery: true }];
  const keepsWhole = /^CREATE (DEFINER|TRIGGER|PROCEDURE|FUNCTION|EVENT)\b/i.test(tokens.slice(0, 2).join(' '));
  const close = (/** @type {string[]} */ part) => {
    if (part.length > 0) parts.push(...branchesOf(part));
  };
  for (const [index, token] of tokens.entries()) {
    const here = /** @type {{ tokens: string[], isQuery: boolean }} */ (open.at(-1));
    if (token === '(') {
      const isQuery = /^(SELECT|WITH)$/i.test(tokens[index + 1] ?? '');
      if (!isQuery) here.tokens.push(token);
      open.push(isQuery ? { tokens: [], isQuery } : { tokens: here.tokens, isQuery });
    } else if (token === ')' && open.length > 1) {
      open.pop();
      if (here.isQuery) {
        close(here.tokens);
        open.at(-1)?.tokens.push('(', 'SELECT', '1', ')');
      } else here.tokens.push(token);
    } else if (token === ';' && open.length === 1 && !keepsWhole) {
      close(here.tokens.splice(0));
    } else here.tokens.push(token);
  }
  for (const { tokens: part, isQuery } of open.reverse()) if (isQuery) close(part);
  return parts;
}

/** @param {readonly string[]} part @returns {string[][]} */
function branchesOf(part) {
  if (!/^SELECT$/i.test(part[0] ?? '')) return [[...part]];
  /** @type {string[][]} */
  const branches = [[]];
  let depth = 0;
  for (const [index, token] of part.entries()) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    const isNext = /^(UNION|ALL|DISTINCT)$/i.test(part[index - 1] ?? '') && /^SELECT$/i.test(token);
    if (depth === 0 && isNext) branches.push([]);
    branches.at(-1)?.push(token);
  }
  if (branches.length === 1) return branches;
  // How they are joined is a part of its own.
  const joins = branches.slice(0, -1).map((branch) => ['SELECT', '1', ...takeJoin(branch)]);
  return [...branches, [...joins.flat(), 'SELECT', '1']];
}

/** @param {string[]} branch */
function takeJoin(branch) {
  const from = /^UNION$/i.test(branch.at(-1) ?? '') ? branch.length - 1 : branch.length - 2;
  return branch.splice(from);
}

/**
 * A part as text, with one name for all that are only names, and of equal neighbours in a list the first.
 * @param {readonly string[]} part
 * @param {{ isWord: (word: string) => boolean, isFunction: (word: string) => boolean }} known
 */
export function shapeOf(part, { isWord, isFunction }) {
  const isSetting = /^SET$/i.test(part[0] ?? '');
  const named = part.map((token, index) => {
    const isQuoted = token.startsWith('`');
    if (!isQuoted && !/^[A-Za-z_$][\w$]*$/.test(token)) return token;
    if (isQuoted) return 'x';
    const [before = '', after = ''] = [part[index - 1]?.toUpperCase(), part[index + 1]];
    if (isSetting || after === '(' || /^(COLLATE|SET|CHARSET)$/.test(before)) return token;
    if (before === '.') return 'x';
    return isWord(token.toUpperCase()) ? token.toUpperCase() : 'x';
  });
  return shortened(named, isFunction)
    .join(' ')
    .replace(/ ?([.@]) ?/g, '$1')
    .replace(/(?<=\w) \(/g, '(')
    .replace(/( (?:UNION|UNION ALL) SELECT 1)\1+/g, '$1')
    .replace(/( WHEN [^()]+? THEN [^()]+?)\1+/g, '$1');
}

/** @param {readonly string[]} tokens @param {(word: string) => boolean} isFunction @returns {string[]} */
function shortened(tokens, isFunction) {
  /** @type {string[]} */
  const result = [];
  for (let at = 0; at < tokens.length;) {
    const token = String(tokens[at]);
    result.push(token);
    at += 1;
    if (token !== '(') continue;
    const end = endOf(tokens, at);
    const inner = shortened(tokens.slice(at, end), isFunction);
    result.push(...(isFunction(String(result.at(-2)).toUpperCase()) ? inner : withoutRepeats(inner)));
    at = end;
  }
  return withoutRepeats(result);
}

/** @param {readonly string[]} tokens @param {number} from */
function endOf(tokens, from) {
  let depth = 1;
  for (let at = from; at < tokens.length; at += 1) {
    if (tokens[at] === '(') depth += 1;
    if (tokens[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** @param {readonly string[]} tokens @returns {string[]} */
function withoutRepeats(tokens) {
  /** @type {string[][]} */
  const items = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && token === ',') items.push([]);
    else items.at(-1)?.push(token);
  }
  const seen = new Set();
  const kept = items.filter((item, index) => {
    const text = item.join(' ');
    // What begins and ends the list stands in its first and last item.
    const isNew = !seen.has(text) || index === items.length - 1;
    seen.add(text);
    return isNew;
  });
  return kept.flatMap((item, index) => (index > 0 ? [',', ...item] : item));
}
