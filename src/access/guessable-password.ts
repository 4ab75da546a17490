import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { DomainError } from '../shared/domain-error.js';
import type { AccessErrorCode } from './errors.js';

/** Words that stand beside whatever is known of the person. */
const OURS = ['yinke', '引客'];

/** 10¹⁰ guesses or more: the best of zxcvbn's five grades. */
const HARD = 4;

/** Of a longer password the beginning has to be hard to guess, so that it is soon known. */
const LOOKED_AT = 40;

let known: Promise<ZxcvbnFactory> | undefined;

/**
 * Whether a password is soon guessed: by the 49,000 most common ones, also with other letters or something before and after; by rows of
 * keys, repeats, dates; by Yinke's name; by `words`, what is known of the person, and what these consist of.
 */
export async function isGuessable(password: string, words: readonly string[]): Promise<boolean> {
  const parts = words.map((word) => word.split(/[^\p{L}\p{N}]+/u));
  const lists = [...words, ...parts.map((some) => some.join('')), ...parts.flat()].filter(({ length }) => length > 2);
  return (await (known ??= load())).check(password.normalize('NFC'), [...OURS, ...lists]).score < HARD;
}

/** Throws `password.guessable`, which names the field. */
export async function assertNotGuessable(password: string, words: readonly string[], field: string): Promise<void> {
  if (!(await isGuessable(password, words))) return;
  const errors = [{ pointer: `/${field}`, detail: 'must not be easy to guess' }];
  throw new DomainError<AccessErrorCode>('password.guessable', 'It is common, or soon guessed.', errors);
}

/** At the first use: most processes never look at a new password, and the lists are 25 MB in memory. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs: graphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs, maxLength: LOOKED_AT });
}
