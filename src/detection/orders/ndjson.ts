/** A line of an NDJSON body: its bytes, or null when it is longer than allowed. */
export interface NdjsonLine {
  /** From 1; empty lines are counted, and left out. */
  number: number;
  bytes: Buffer | null;
}

const NEWLINE = 0x0a;

/** The lines of a body as it arrives. Never holds more than one line, and of a line that is too long nothing. */
export async function* ndjsonLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<NdjsonLine> {
  let number = 1;
  let parts: Buffer[] = [];
  let length = 0;
  const take = (): NdjsonLine => {
    const line = { number, bytes: length > maxBytes ? null : Buffer.concat(parts) };
    number += 1;
    parts = [];
    length = 0;
    return line;
  };
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > maxBytes) parts = [];
    else parts.push(part);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      const line = take();
      if (!isBlank(line)) yield line;
    }
    add(chunk.subarray(from));
  }
  const last = take();
  if (!isBlank(last)) yield last;
}

function isBlank(line: NdjsonLine): boolean {
  return line.bytes !== null && line.bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}
