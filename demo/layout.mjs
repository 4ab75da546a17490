// @ts-check
/** How the demo's output is laid out. Chinese characters take two columns of a terminal, so widths are counted here. */
import { stripVTControlCharacters, styleText } from 'node:util';

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes in a terminal. @param {string} text */
export function width(text) {
  let columns = 0;
  for (const character of stripVTControlCharacters(text)) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

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
export function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * Minor units for people: 24409194 USD → "244,091.94". Amounts never pass through a float.
 * @param {bigint} amount
 * @param {number} decimals
 */
export function money(amount, decimals) {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = grouped(BigInt(digits.slice(0, digits.length - decimals)));
  return `${amount < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}
