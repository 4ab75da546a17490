// @ts-check
/** How the demo's output is laid out. Chinese characters take two columns of a terminal. */
import { styleText } from 'node:util';
import width from 'string-width';

/** @param {string} text @param {number} columns */
export const left = (text, columns) => text + ' '.repeat(Math.max(0, columns - width(text)));

/** @param {string} text @param {number} columns */
export const right = (text, columns) => ' '.repeat(Math.max(0, columns - width(text))) + text;

/**
 * Rows as lines with aligned columns.
 * @param {readonly (readonly string[])[]} rows
 * @param {string} alignment one letter a column, `l` or `r`
 * @param {string} [indent]
 */
export function table(rows, alignment, indent = '  ') {
  const widths = [...alignment].map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) => {
    const cells = row.map((cell, column) => (alignment[column] === 'r' ? right : left)(cell, widths[column] ?? 0));
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/** What a line may end with: a word, or one Chinese character with the punctuation that must not begin a line. */
const WORDS = /[\u2e80-\u9fff][\u3001\u3002\uff00-\uffef,.:]*|[^\s\u2e80-\u9fff]+|\s+/gu;

/**
 * A paragraph broken into lines of at most so many columns.
 * @param {string} text
 * @param {number} columns
 * @param {string} indent
 */
export function wrap(text, columns, indent) {
  const lines = [''];
  for (const word of text.match(WORDS) ?? []) {
    const line = lines[lines.length - 1] ?? '';
    if (line !== '' && width(indent + line + word) > columns) lines.push(word.trim());
    else lines[lines.length - 1] = line === '' ? word.trim() : line + word;
  }
  return lines.map((line) => indent + line.trimEnd());
}

const decorated = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;

/** @type {(style: Parameters<typeof styleText>[0]) => (text: string) => string} */
const style = (name) => (text) => (decorated ? styleText(name, text) : text);
export const bold = style('bold');
export const dim = style('dim');
export const green = style('green');
export const red = style('red');

/** 24409194 → "24,409,194". @param {bigint | number} value */
export const grouped = (value) => new Intl.NumberFormat('en').format(value);

/**
 * Minor units for people: 24409194 USD → "244,091.94". A text keeps every digit; a number would pass through a float.
 * @param {bigint} amount
 * @param {number} decimals
 */
export function money(amount, decimals) {
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return format.format(/** @type {Intl.StringNumericLiteral} */ (`${amount}E-${decimals}`));
}
