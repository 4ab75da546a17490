// @ts-check

/** A signed token has no blank in it and is longer than any id. */
const TOKEN = /^[\w.~=-]{41,}$/;

/**
 * The same value with its tokens cut short: enough to recognise them, too little to use them.
 * @param {unknown} value @returns {unknown}
 */
export function shortened(value) {
  if (typeof value === 'string') return TOKEN.test(value) ? `${value.slice(0, 8)}…${value.slice(-4)}` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shortened(part)]));
}
