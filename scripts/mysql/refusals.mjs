// @ts-check
import { FUNCTIONS, MENDED, RESERVED, VARIABLES } from './known.mjs';
import { mysqlGrammar } from './parser.mjs';

/**
 * Why a MySQL 8 would not take a statement; null when nothing speaks against it.
 * @typedef {(sql: string) => string | null} Judge
 */

/** @returns {Promise<Judge>} */
export async function mysqlJudge() {
  const { antlr, MySqlLexer, MySqlParser } = await mysqlGrammar();

  /** @type {(sql: string, mode: number) => string | null} */
  const refusalOf = (sql, mode) => {
    /** @type {string | undefined} */
    let refusal;
    const listener = {
      syntaxError: (_recognizer, _token, line, column, message) =>
        (refusal ??= `line ${line}, column ${column}: ${message}`.slice(0, 300)),
      reportAmbiguity() {},
      reportAttemptingFullContext() {},
      reportContextSensitivity() {},
    };
    const lexer = new MySqlLexer(antlr.CharStreams.fromString(sql));
    const parser = new MySqlParser(new antlr.CommonTokenStream(lexer));
    for (const part of [lexer, parser]) {
      part.removeErrorListeners();
      part.addErrorListener(listener);
    }
    parser.interpreter.predictionMode = mode;
    const tree = parser.program();
    return refusal ?? firstIn(tree, parser.ruleNames);
  };

  const { SLL, LL } = antlr.PredictionMode;
  // The first way is six times as fast; what it takes the other does too, but not the other way round.
  return (sql) => refusalOf(mended(sql), SLL) && refusalOf(mended(sql), LL);
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
 * @returns {string | null}
 */
function firstIn(node, ruleNames) {
  const rule = ruleNames[node.ruleIndex] ?? '';
  const text = () => node.getText().toUpperCase();
  if (/^(functionCall|specificFunction|aggregateWindowedFunction|nonAggregateWindowedFunction)$/.test(rule)) {
    const name = node.start.text.toUpperCase();
    if (!FUNCTIONS.has(name)) return `${name}() is no function of MySQL 8`;
  }
  if (rule === 'uid' && RESERVED.has(text())) return `MySQL 8 reserves the word ${text()}`;
  if (rule === 'collationName' && !/^UTF8MB4_(BIN|0900_\w+)$/.test(text().replace(/['"`]/g, '')))
    return `${node.getText()} is no collation of MySQL 8 that Yinke uses`;
  if (rule === 'variableClause') {
    const name = node
      .getText()
      .replace(/^(@@)?(session|global|local)?\.?/i, '')
      .toLowerCase();
    if (!VARIABLES.has(name) && !name.startsWith('@')) return `${name} is not known to be a setting of MySQL 8`;
  }
  for (const child of node.children ?? []) {
    const found = firstIn(child, ruleNames);
    if (found !== null) return found;
  }
  return null;
}
