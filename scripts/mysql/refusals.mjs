// @ts-check
import { FUNCTIONS, MENDED, RESERVED, VARIABLES } from './known.mjs';
import { mysqlGrammar } from './parser.mjs';
import { ruleAgainst } from './rules.mjs';
import { partsOf, shapeOf, tokensOf } from './shape.mjs';

/** @typedef {{ sql: string, reason: string }} Refusal why a MySQL 8 would not take a statement, or not as MariaDB does */

/**
 * @param {Iterable<string>} statements
 * @returns {Promise<{ refusals: Refusal[], parsed: number }>} `parsed`: how many parts of them were not alike
 */
export async function refusalsOf(statements) {
  const { antlr, MySqlLexer, MySqlParser } = await mysqlGrammar();
  const words = new Set([
    ...FUNCTIONS,
    ...RESERVED,
    ...MySqlLexer.literalNames.map((/** @type {string?} */ name) => name?.slice(1, -1)),
  ]);
  const known = {
    isWord: (/** @type {string} */ word) => words.has(word),
    isFunction: (/** @type {string} */ word) => FUNCTIONS.has(word),
  };

  /** @type {Refusal[]} */
  const refusals = [];
  /** @type {Map<string, string | null>} */
  const judged = new Map();
  for (const sql of statements) {
    const tokens = tokensOf(mended(sql));
    let reason = ruleAgainst(tokens);
    for (const part of partsOf(tokens)) {
      const shape = shapeOf(part, known);
      if (!judged.has(shape)) judged.set(shape, reasonAgainst(shape));
      reason ??= judged.get(shape) ?? null;
    }
    if (reason !== null) refusals.push({ sql, reason });
  }
  return { refusals, parsed: judged.size };

  /** @param {string} shape */
  function reasonAgainst(shape) {
    // The first way is six times as fast; what it takes the other does too, but not the other way round.
    return parse(shape, antlr.PredictionMode.SLL) && parse(shape, antlr.PredictionMode.LL);
  }

  /** @param {string} text @param {number} mode @returns {string | null} */
  function parse(text, mode) {
    /** @type {string | undefined} */
    let refusal;
    const listener = {
      syntaxError: (/** @type {unknown[]} */ ...[, , line, column, message]) =>
        (refusal ??= `line ${line}, column ${column}: ${message}`.slice(0, 300)),
      reportAmbiguity() {},
      reportAttemptingFullContext() {},
      reportContextSensitivity() {},
    };
    const lexer = new MySqlLexer(antlr.CharStreams.fromString(text));
    const parser = new MySqlParser(new antlr.CommonTokenStream(lexer));
    for (const part of [lexer, parser]) {
      part.removeErrorListeners();
      part.addErrorListener(listener);
    }
    parser.interpreter.predictionMode = mode;
    const tree = parser.program();
    return refusal ?? firstIn(tree, parser.ruleNames, text);
  }
}

/** @param {string} sql */
function mended(sql) {
  // What stands in quotes stays as it is.
  return sql
    .split(/('(?:[^'\\]|\\.|'')*')/s)
    .map((part, index) => (index % 2 === 1 ? part : MENDED.reduce((text, [from, to]) => text.replace(from, to), part)))
    .join('');
}

/**
 * The first word in a statement that the grammar takes and a server would not.
 * @param {any} node @param {readonly string[]} ruleNames @param {string} text
 * @returns {string | null}
 */
function firstIn(node, ruleNames, text) {
  const rule = ruleNames[node.ruleIndex] ?? '';
  const word = () => node.getText().toUpperCase();
  if (/^(functionCall|specificFunction|aggregateWindowedFunction|nonAggregateWindowedFunction)$/.test(rule)) {
    const name = node.start.text.toUpperCase();
    if (!FUNCTIONS.has(name)) return `${name}() is no function of MySQL 8`;
  }
  // After a point any word is a name; the primary key is named by its word, and so is what stands for no value.
  if (
    rule === 'uid' &&
    RESERVED.has(word()) &&
    !/^(PRIMARY|DEFAULT)$/.test(word()) &&
    text[node.start.start - 1] !== '.'
  )
    return `MySQL 8 reserves the word ${word()}`;
  if (rule === 'collationName' && !/^UTF8MB4_(BIN|0900_\w+)$/.test(word().replace(/['"`]/g, '')))
    return `${node.getText()} is no collation of MySQL 8 that Yinke uses`;
  if (rule === 'variableClause' || rule === 'mysqlVariable') {
    const name = node
      .getText()
      .replace(/^(@@)?((session|global|local)(?=[.a-z_]))?\.?/i, '')
      .toLowerCase();
    if (!VARIABLES.has(name) && !name.startsWith('@')) return `${name} is not known to be a setting of MySQL 8`;
  }
  for (const child of node.children ?? []) {
    const found = firstIn(child, ruleNames, text);
    if (found !== null) return found;
  }
  return null;
}
