import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWorld, type World } from '../support/actors.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SECONDS = 1;
/** Within which whoever is too slow has to be cut off: the limit, the look for such connections, and a busy machine. */
const CUT_MS = 8_000;

let testApp: TestApp;
let world: World;

beforeAll(async () => {
  testApp = await startTestApp({ YINKE_REQUEST_SECONDS: String(SECONDS) });
  world = await createWorld(testApp);
});
afterAll(() => testApp.close());

interface Cut {
  text: string;
  isCut: boolean;
}

/** Sends `first` at once and then, at times, `more`, until the service closes the connection. */
async function dribble(first: string, more: string | null, everyMs = 100, forMs = CUT_MS): Promise<Cut> {
  const socket: Socket = connect(Number(new URL(testApp.baseUrl).port), '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => undefined);
  socket.write(first);
  const end = Date.now() + forMs;
  while (Date.now() < end && !socket.closed) {
    if (more !== null && socket.writable) socket.write(more);
    await sleep(everyMs);
  }
  const cut = { text, isCut: socket.closed };
  socket.destroy();
  return cut;
}

const head = (path: string, bearer: string, type: string, more = 'Content-Length: 1000000'): string =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${bearer}\r\nContent-Type: ${type}\r\n${more}\r\n\r\n`;
const bearerOf = (client: World['admin']): string => client.headers.authorization!;

describe('whoever sends too slowly', () => {
  it.each([
    ['nothing at all', '', null],
    ['headers and no end of them', 'GET /healthz HTTP/1.1\r\nHost: a\r\n', 'X: a\r\n'],
    ['half a header', 'GET /healthz HTTP/1.1\r\nHos', null],
  ])('with %s is answered 408 and cut off', async (_what, first, more) => {
    const { text, isCut } = await dribble(first, more);
    expect([isCut, text]).toEqual([true, expect.stringMatching(/^HTTP\/1\.1 408 [^]*request\.timed-out/)]);
  });

  it.each([
    ['stalls in a body', null],
    ['sends a body letter by letter', 'a'],
  ])('who %s is answered 408 and cut off', async (_what, more) => {
    const { text, isCut } = await dribble(
      head('/v1/storefronts', bearerOf(world.admin), 'application/json') + '{"name":"',
      more,
    );
    expect(isCut).toBe(true);
    expect(text).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request\.timed-out"/);
    expect(text.toLowerCase()).toContain('connection: close');
  });

  it('is cut off as well where nobody reads the body', async () => {
    const bearer = bearerOf(world.admin);
    for (const first of [
      head('/v1/storefronts', bearer, 'text/plain'),
      head('/v1/nothing-here', bearer, 'application/json'),
      head('/v1/storefronts', bearer, 'application/json').replace('POST', 'GET'),
      head('/v1/bank-reports', 'Bearer sk_unknown', 'application/xml'),
    ]) {
      const { text, isCut } = await dribble(first, 'a');
      expect([first.split(' HTTP')[0], isCut]).toEqual([first.split(' HTTP')[0], true]);
      expect(text).toMatch(/^HTTP\/1\.1 [24]\d\d /);
    }
  }, 60_000);

  it('and stops in the middle of a bank report or a bulk import is cut off', async () => {
    const report = await dribble(
      head('/v1/bank-reports', bearerOf(world.maker), 'application/xml') + '<Document',
      null,
    );
    expect([report.isCut, report.text]).toEqual([
      true,
      expect.stringMatching(/^HTTP\/1\.1 408 [^]*request\.timed-out/),
    ]);
    const lines = await dribble(
      head('/v1/orders/bulk', bearerOf(world.sk), 'application/x-ndjson') + '{"orderId"',
      null,
    );
    expect(lines.isCut).toBe(true);
  });

  it('yet goes on sending a bank report or a bulk import is heard out', async () => {
    for (const [path, client, type] of [
      ['/v1/bank-reports', world.maker, 'application/xml'],
      ['/v1/orders/bulk', world.sk, 'application/x-ndjson'],
    ] as const) {
      const { text, isCut } = await dribble(head(path, bearerOf(client), type), ' ', 100, SECONDS * 3_000);
      expect([path, isCut, text]).toEqual([path, false, '']);
    }
  });
});

it('a call that expects something is answered as any other', async () => {
  const { text } = await dribble(
    'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: nonsense\r\nConnection: close\r\n\r\n',
    null,
  );
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});
