const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** Levels of nesting that JSON of ours may have; it needs five. Deeper ones would exhaust the stack of what reads them. */
export const MOST_LEVELS = 32;

/** What JSON text looks like, without parsing it. */
export interface JsonShape {
  /** Levels to which arrays and objects nest. */
  depth: number;
  /** Members of objects, those that are named twice counted twice. */
  members: number;
}

/** The shape of JSON text; looked at no further than one level beyond {@link MOST_LEVELS}. */
export function jsonShape(json: Uint8Array): JsonShape {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === COLON) {
      members += 1;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (depth > MOST_LEVELS) break;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    }
  }
  return { depth: deepest, members };
}

/** Members of the objects in a parsed value of no more than {@link MOST_LEVELS}: fewer than in its text when a name stood there twice (RFC 8259, section 4). */
export function membersOf(parsed: unknown): number {
  if (parsed === null || typeof parsed !== 'object') return 0;
  if (Array.isArray(parsed)) return parsed.reduce<number>((sum, item) => sum + membersOf(item), 0);
  const values = Object.values(parsed);
  return values.reduce<number>((sum, value) => sum + membersOf(value), values.length);
}
