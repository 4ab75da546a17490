import { linesOf } from '../../web/console/parts/lines-of.js';

test('lines are whole however the network cuts them, in the middle of a character too', async () => {
  const bytes = new TextEncoder().encode('{"name":"林"}\n{"of":2}\n{"last":true}');
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const line of linesOf(stream)) lines.push(line);
  expect(lines).toEqual(['{"name":"林"}', '{"of":2}', '{"last":true}']);
});
