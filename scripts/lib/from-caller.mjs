// @ts-check
import { isAbsolute, resolve } from 'node:path';

/**
 * npm changes to the top folder; a relative path among the arguments is meant from where the command was given.
 * @param {string[]} args
 */
export function fromCaller(args) {
  const from = process.env.INIT_CWD ?? '.';
  return args.map((arg) => (arg.startsWith('-') || isAbsolute(arg) ? arg : resolve(from, arg)));
}
