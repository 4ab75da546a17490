import { Readable } from 'node:stream';
import fc from 'fast-check';
import { ndjsonLines } from './ndjson.js';

async function read(text: string, chunk: number, maxBytes = 20) {
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += chunk) chunks.push(bytes.subarray(from, from + chunk));
  const lines: [number, string | null][] = [];
  for await (const line of ndjsonLines(Readable.from(chunks) as AsyncIterable<Buffer>, maxBytes))
    lines.push([line.number, line.bytes && line.bytes.toString()]);
  return lines;
}

test('lines are the same however the body is cut up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', maxLength: 9 }), { maxLength: 9 }),
      fc.integer({ min: 1, max: 30 }),
      async (texts, chunk) => {
        const lines = texts.map((text) => text.replace(/\n/g, ''));
        const expected = lines
          .map((line, index) => [index + 1, Buffer.byteLength(line) > 20 ? null : Buffer.from(line).toString()])
          .filter(([, line]) => line === null || !/^[ \r\t]*$/.test(line as string));
        expect(await read(lines.join('\n'), chunk)).toEqual(expected);
      },
    ),
  );
});

test('a line that is too long is passed over, and the next one is read', async () => {
  expect(await read(`a\n${'b'.repeat(1000)}\n\nc\n`, 7)).toEqual([
    [1, 'a'],
    [2, null],
    [4, 'c'],
  ]);
});

test('a line of nothing but blanks is passed over, one with anything else is read', async () => {
  expect(await read('\r\n \t\n\n a\n\t{\r\n', 3)).toEqual([
    [4, ' a'],
    [5, '\t{\r'],
  ]);
});

test('a line of exactly the most bytes is read, also in pieces, and one of a byte more is not', async () => {
  for (const chunk of [1, 7, 20, 21, 100])
    expect(await read(`${'a'.repeat(20)}\n${'b'.repeat(21)}\n${'c'.repeat(20)}`, chunk)).toEqual([
      [1, 'a'.repeat(20)],
      [2, null],
      [3, 'c'.repeat(20)],
    ]);
});
