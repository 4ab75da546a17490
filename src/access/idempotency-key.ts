/**
 * The key in an Idempotency-Key header: bare, or quoted as RFC 8941 strings are. Null when it is neither 1–255
 * printable ASCII characters nor such a string.
 */
export function readIdempotencyKey(header: string): string | null {
  const text = header.trim();
  const key = text.startsWith('"') ? unquote(text) : text;
  return key !== null && /^[\x20-\x7e]{1,255}$/.test(key) && key.trim() !== '' ? key : null;
}

function unquote(text: string): string | null {
  const inner = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(text)?.[1];
  return inner === undefined ? null : inner.replace(/\\(["\\])/g, '$1');
}
