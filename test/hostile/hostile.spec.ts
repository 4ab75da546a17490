import type { Request } from './base.mjs';
import { fieldsOf, withAt } from './fields.mjs';
import { Generator } from './generator.mjs';
import { cellFaults, faultsOf, logFaults } from './judge.mjs';
import { KINDS } from './kinds.mjs';
import { readApi, type Operation } from './operations.mjs';
import { Pools } from './pools.mjs';
import { targetOf } from './send.mjs';
import { changed } from './tables.mjs';
import { Guess } from './guess.mjs';
import { Stock } from './stock.mjs';
import { Tally } from './tally.mjs';
import { Walk } from './walk.mjs';

const { operations, follow } = readApi();
const operation = (id: string): Operation => operations.find((one) => one.id === id)!;
const NAMES = ['admin', 'secret key'];
const callers = { admin: { kind: 'staff', token: 'yks_x', role: 'admin' } } as const;

function generator(seed: number, more: Partial<ConstructorParameters<typeof Generator>[0]> = {}): Generator {
  const pools = new Pools();
  return new Generator({ seed, operations, follow, pools, callers, names: NAMES, callerOf: () => 'admin', ...more });
}

const request = (id: string, more: Partial<Request> = {}): Request => ({
  operation: operation(id),
  kind: 'boundary',
  how: '',
  caller: 'admin',
  method: operation(id).method,
  path: {},
  query: [],
  headers: [],
  ...more,
});

const answer = (status: number, body: unknown, type = 'application/problem+json', headers = {}) => ({
  status,
  headers: { 'content-type': type, ...headers } as Record<string, string>,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  ms: 1,
});

const problem = (status: number, code: string) =>
  answer(status, { type: `urn:yinke:problem:${code}`, title: 'x', detail: 'x', status, code });

describe('the requests of the walk', () => {
  it('are the same for the same seed, and others for another', () => {
    const made = (seed: number) =>
      Array.from({ length: 500 }, (_, number) => {
        const { operation: of, body, json, bytes, ...rest } = generator(seed).request(number);
        return [of.id, rest, body?.toString('base64') ?? JSON.stringify(json), bytes?.length];
      });
    expect(made(7)).toEqual(made(7));
    expect(made(7)).not.toEqual(made(8));
  });

  it('are of every operation and of every kind, and can be addressed', () => {
    const one = generator(1);
    const seen = new Set<string>();
    for (let number = 0; number < 20_000; number += 1) {
      const made = one.request(number);
      seen.add(made.operation.id).add(made.kind);
      expect(targetOf(made)).toMatch(/^\//);
    }
    const wanted = [...operations.map(({ id }) => id), ...KINDS.map(([, kind]) => kind), 'bytes that are not HTTP'];
    expect(wanted.filter((name) => !seen.has(name))).toEqual([]);
  });

  it('do not change what the callers live by', () => {
    const pools = new Pools();
    const mine = 'mer_01kb4z7x8tenr9k0q5w3hvd2sj';
    const other = 'mer_01kb4z7x8tenr9k0q5w3hvd2sk';
    pools.learn('listMerchants', { items: [{ id: mine }, { id: other }] });
    pools.spared.add(mine);
    expect([pools.like('id', mine, false), pools.like('id', mine, true)]).toEqual([[mine, other], [other]]);
  });

  it('reach every field of a body, and put something in its place', () => {
    const { schema, example } = operation('placeOrder');
    const places = fieldsOf(schema, example, follow).map(({ place }) => place.join('/'));
    expect(places).toEqual(expect.arrayContaining(['', 'orderId', 'lines', 'lines/0', 'lines/0/quantity', 'history']));
    expect(withAt({ a: [{ b: 1 }] }, ['a', 0, 'b'], 2)).toEqual({ a: [{ b: 2 }] });
    expect(withAt({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
    expect(Object.keys(withAt({}, ['__proto__'], 1))).toEqual(['__proto__']);
  });
});

describe('what is in stock', () => {
  const accepted = answer(200, '{}', 'application/json');
  function stocked(uses: number) {
    const stock = new Stock();
    stock.give('completeOrder', ({ name }) => ({ path: { orderId: 'order-7' }, json: { amountPaid: 1, name } }), uses);
    const one = generator(1, { stock, callerOf: () => 'secret key' });
    const made = Array.from({ length: 50 }, (_, number) => one.request(number, operation('completeOrder')));
    return { stock, of: made.filter(({ item }) => item), others: made.filter(({ item }) => !item) };
  }

  it('is what most calls of an operation are made of, each with a name of its own', () => {
    const { of, others } = stocked(1);
    expect(of.length).toBeGreaterThan(others.length);
    expect(new Set(of.map(({ json }) => json.name)).size).toBe(of.length);
    for (const { path } of of) expect(path).toEqual({ orderId: 'order-7' });
  });

  it.each<[string, number, ReturnType<typeof answer>[], number]>([
    ['stays while calls are refused for what is in them', 1, Array(9).fill(problem(422, 'request.invalid')), 1],
    ['is used up when a call was accepted', 1, [accepted], 0],
    ['is used as often as it can be accepted', 3, [accepted, accepted], 1],
    ['goes when it was something else’s turn again and again', 1, Array(4).fill(problem(409, 'order.wrong-state')), 0],
    ['stays for good where nothing uses it up', Infinity, [accepted, ...Array(9).fill(problem(404, 'x.y'))], Infinity],
  ])('%s', (_what, uses, answers, left) => {
    const { stock, of } = stocked(uses);
    for (const came of answers) stock.note({ ...of[0]!, kind: 'boundary' }, came);
    expect(stock.count('completeOrder')).toBe(Math.min(left, 100));
  });
});

it('a call is thought the likelier to change something the more of its operation and kind were accepted; a read never', () => {
  const guess = new Guess();
  const before = guess.ofChange(request('placeOrder'));
  for (let time = 0; time < 100; time += 1) guess.learn(request('placeOrder'), false);
  expect(guess.ofChange(request('placeOrder'))).toBeLessThan(before);
  expect(guess.ofChange(request('listOrders'))).toBe(0);
  expect(guess.ofChange(request('followShareLink'))).toBeGreaterThan(0);
});

describe('what is a fault', () => {
  it.each([
    ['a failure of the service', request('listOrders'), answer(500, { code: 'service.internal' }), /^500/],
    ['no answer', request('listOrders'), { ...answer(0, ''), failure: 'no answer in 20 s' }, /no answer/],
    ['a refusal that is no problem document', request('listOrders'), answer(400, 'no', 'text/plain'), /no problem/],
    ['a refusal without a code', request('listOrders'), answer(422, { status: 422, title: 'x' }), /without/],
    ['a refusal that says another status', request('listOrders'), answer(422, { status: 400 }), /does not say/],
    ['a code that is not documented', request('listOrders'), problem(409, 'order.conflict'), /not documented/],
    ['a status that is not documented', request('listOrders'), answer(204, '', ''), /not documented/],
    ['503 without Retry-After', request('listOrders'), problem(503, 'service.busy'), /Retry-After/],
    ['what is inside', request('listOrders'), answer(422, 'at Foo.bar (/srv/dist/a.js:1:2)'), /inside/],
    [
      'a header of the caller',
      request('listOrders'),
      answer(200, '{}', 'application/json', { 'x-yinke-hostile-mark': '1' }),
      /header/,
    ],
    ['a cell that is run', request('exportJournals'), answer(200, 'a,b\r\n1,=1+1\r\n', 'text/csv'), /spreadsheet/],
  ])('%s', (_what, asked, came, wanted) => {
    expect(faultsOf(asked, came)).toEqual(
      [expect.stringMatching(wanted)].concat(wanted.source === 'inside' ? [expect.anything()] : []),
    );
  });

  it.each([
    ['a documented refusal', request('listOrders'), problem(422, 'request.invalid')],
    ['a refusal of the edge', request('listOrders'), problem(414, 'request.uri-too-long')],
    ['an answer', request('listOrders'), answer(200, '{}', 'application/json')],
    ['numbers below zero', request('exportJournals'), answer(200, 'a\r\n-1.50\r\n', 'text/csv')],
  ])('not %s', (_what, asked, came) => expect(faultsOf(asked, came)).toEqual([]));

  it('a line of the log that is none, that a caller wrote, or that tells of an error', () => {
    const lines = [
      '{"level":30,"msg":"answered"}',
      'half a line',
      '{"level":50,"msg":"no"}',
      '{"msg":"yinke-hostile-mark"}',
    ];
    expect(logFaults(lines.join('\n'))).toHaveLength(3);
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1', '"=1+1"'])('the cell %j', (cell) => {
    expect(cellFaults(`name\r\n${cell}\r\n`)).toHaveLength(1);
  });
});

describe('the walk', () => {
  /** A service with one table, and one call in a hundred that is refused and writes all the same. */
  function walkWith(accepted: (number: number) => boolean, writes: (number: number) => boolean): Walk {
    let rows = 0;
    const sender = {
      send: (asked: Request) => {
        const number = Number(asked.how);
        if (accepted(number) || writes(number)) rows += 1;
        return Promise.resolve(
          accepted(number) ? answer(200, '{}', 'application/json') : problem(422, 'request.invalid'),
        );
      },
    };
    let made = 0;
    const one = { request: () => request('listOrders', { how: String(made++) }) };
    const given = { generator: one, sender, callers: {}, pools: new Pools(), tally: new Tally(), concurrency: 4 };
    const tables = { sums: () => Promise.resolve(new Map([['t', String(rows)]])) };
    const walk = new Walk({
      ...given,
      tables,
      spares: { instead: () => Promise.resolve([]) },
    } as unknown as ConstructorParameters<typeof Walk>[0]);
    return walk;
  }

  it('finds the one refused call among many that changed a row, whether or not others were accepted', async () => {
    for (const accepted of [() => false, (number: number) => number % 10 === 0]) {
      const walk = walkWith(accepted, (number) => number === 123);
      await walk.run(0, 200);
      expect(walk.faults.map(({ request: asked, what }) => [asked.how, what])).toEqual([
        ['123', 'refused, and yet t changed'],
      ]);
    }
  });

  it('shows of every refused call that no row changed', async () => {
    const walk = walkWith(
      (number) => number % 10 === 0,
      () => false,
    );
    await walk.run(0, 400);
    await walk.finish();
    const { tally } = walk.given;
    expect([walk.faults, tally.accepted, tally.provenAtOnce + tally.provenAgain]).toEqual([[], 40, 360]);
  });
});

it('tables that differ are named', () => {
  expect(
    changed(
      new Map([
        ['a', '1'],
        ['b', '1'],
      ]),
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    ),
  ).toEqual(['b']);
});
