// @ts-check
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of this checkout; everything the scripts write is below it. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** @param {string} file */
export const shown = (file) => relative(process.cwd(), file) || '.';

/** A failure that the reader can act on: shown as its one line, without a stack. */
export class Refusal extends Error {}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {string} line */
export function complain(line) {
  process.stderr.write(`yinke: ${line}\n`);
}
