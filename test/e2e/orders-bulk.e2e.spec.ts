import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { addMerchant, openShop, orderBody, TEA, type Shop } from '../support/shop.js';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.testApp.close());

const ndjson = (lines: unknown[]) =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');

async function importLines(body: string | Uint8Array, client = shop.sk) {
  const answer = await client.with({ 'content-type': 'application/x-ndjson' }).post('/v1/orders/bulk', body);
  const results = answer.text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { ...answer, results };
}

const count = async (table: string) => Number((await shop.db.query(`SELECT COUNT(*) n FROM ${table}`))[0].n);

describe('bulk import', () => {
  it('places, completes and refunds, one result a line and in order', async () => {
    const ann = await addMerchant(shop, 'ann_tea');
    const { visit } = (await shop.pk.post('/v1/visits', { merchantCode: ann.code })).body;
    const [one, two, three] = [orderBody({ visit }), orderBody(), orderBody()];
    const answer = await importLines(
      ndjson([
        { order: one, complete: { amountPaid: 1000 }, refunds: [{ refundId: 'bulk-1', amount: 100 }] },
        { order: two },
        { order: three, complete: { amountPaid: 0 } },
      ]) + '\n',
    );
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    expect(answer.results).toEqual([
      { line: 1, orderId: one.orderId, status: 202 },
      { line: 2, orderId: two.orderId, status: 201 },
      { line: 3, orderId: three.orderId, status: 202 },
    ]);
    const orders = await shop.db.query(
      'SELECT order_id, state, merchant_id, merchant_state FROM shop_order ORDER BY id',
    );
    expect(orders.map((row: any) => [row.state, row.merchant_id, row.merchant_state])).toEqual([
      ['completed', ann.id, 'active'],
      ['placed', null, null],
      ['completed', null, null],
    ]);
    const events = await shop.db.query('SELECT type, state FROM order_event ORDER BY id');
    expect(events.length).toBe(3);
  });

  it('a line that nests without end, or names a member twice, fails alone', async () => {
    const [first, last] = [orderBody(), orderBody()];
    const deep = '['.repeat(200_000);
    const twice = `{"order":${JSON.stringify(orderBody())},"order":${JSON.stringify(orderBody())}}`;
    const lines = [
      { order: first },
      deep + ']'.repeat(200_000),
      `{"order":${deep}${']'.repeat(200_000)}}`,
      twice,
      { order: last },
    ];
    const { results } = await importLines(ndjson(lines));
    expect(results.map(({ status, code }) => [status, code])).toEqual([
      [201, undefined],
      [400, 'request.malformed'],
      [400, 'request.malformed'],
      [400, 'request.malformed'],
      [201, undefined],
    ]);
  });

  it('a bad line fails alone and wholly, with the status and code that the single call would give', async () => {
    const good = orderBody();
    const overpaid = orderBody();
    const again = orderBody();
    const before = await count('shop_order');
    const { results } = await importLines(
      Buffer.concat([
        Buffer.from(
          ndjson([
            '{ not json',
            { order: { ...orderBody(), lines: [] } },
            { order: overpaid, complete: { amountPaid: 1001 } },
            '',
            { order: again },
            { order: { ...again, tax: 5 } },
            { order: again, complete: { amountPaid: 1000 } },
            { order: again, complete: { amountPaid: 1000 } },
            { order: [] },
            'null',
            `{"order": "${'x'.repeat(1_100_000)}"}`,
            { order: orderBody({ visit: 'forged' }) },
          ]) + '\n',
        ),
        Buffer.from([0x22, 0xff, 0x22, 0x0a]),
        Buffer.from(JSON.stringify({ order: good })),
      ]),
    );
    expect(results.map(({ line, status, code }) => [line, status, code])).toEqual([
      [1, 400, 'request.malformed'],
      [2, 422, 'request.invalid'],
      [3, 422, 'order.paid-more-than-lines'],
      [5, 201, undefined],
      [6, 409, 'order.conflict'],
      [7, 202, undefined],
      [8, 202, undefined],
      [9, 422, 'request.invalid'],
      [10, 422, 'request.invalid'],
      [11, 413, 'request.too-large'],
      [12, 422, 'token.invalid'],
      [13, 400, 'request.malformed'],
      [14, 201, undefined],
    ]);
    expect(results[1]!.detail).toMatch('/order/lines');
    expect(await count('shop_order')).toBe(before + 2);
    const [event] = await shop.db.query(
      'SELECT COUNT(*) n FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE o.order_id = ?',
      [again.orderId],
    );
    expect(Number(event.n)).toBe(1);
  });

  it('the same file twice, and twice at once, changes nothing more', async () => {
    const file = ndjson(Array.from({ length: 300 }, () => ({ order: orderBody(), complete: { amountPaid: 1000 } })));
    const [one, two] = await Promise.all([importLines(file), importLines(file)]);
    const counts = [await count('shop_order'), await count('order_event')];
    const three = await importLines(file);
    expect(new Set([...one.results, ...two.results, ...three.results].map(({ status }) => status))).toEqual(
      new Set([202]),
    );
    expect([await count('shop_order'), await count('order_event')]).toEqual(counts);
  });

  it('is only for NDJSON, and NDJSON is only for it', async () => {
    const json = await shop.sk.post('/v1/orders/bulk', { order: orderBody() });
    expect([json.status, json.body.code]).toEqual([422, 'request.invalid']);
    const elsewhere = await shop.sk.with({ 'content-type': 'application/x-ndjson' }).post('/v1/orders', '{}');
    expect([elsewhere.status, elsewhere.body.code]).toEqual([415, 'request.unsupported-media-type']);
    expect((await importLines('{}', shop.pk)).status).toBe(403);
    expect((await importLines('')).results).toEqual([]);
  });

  it('takes a long file at flat memory, and answers while it is still being sent', async () => {
    const lines = Number(process.env.YINKE_TEST_BULK_LINES ?? 20_000);
    // More than the sockets on the way hold.
    const padding = ' '.repeat(1000);
    let sent = 0;
    const file = Readable.from(
      (function* () {
        while (sent < lines) {
          let chunk = '';
          for (let i = 0; i < 100 && sent < lines; i += 1, sent += 1)
            chunk += `${JSON.stringify({ order: { orderId: `long-${sent}`, currency: 'CNY', lines: [TEA] } })}${padding}\n`;
          yield Buffer.from(chunk);
        }
      })(),
      { objectMode: false },
    );
    const call = request(new URL('/v1/orders/bulk', shop.testApp.baseUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.storefront.secretKey}`, 'content-type': 'application/x-ndjson' },
    });
    const answered = once(call, 'response') as Promise<[IncomingMessage]>;
    file.pipe(call);
    const [response] = await answered;
    expect(sent).toBeLessThan(lines);
    const resident: number[] = [];
    let received = 0;
    for await (const result of createInterface({ input: response })) {
      received += 1;
      if (result !== `{"line":${received},"orderId":"long-${received - 1}","status":201}`)
        throw new Error(`line ${received}: ${result}`);
      if (received % 500 === 0) resident.push(process.memoryUsage().rss);
    }
    expect(received).toBe(lines);
    const quarter = resident[Math.floor(resident.length / 4)]!;
    expect(Math.max(...resident) - quarter).toBeLessThan(150 * 1024 * 1024);
  }, 180_000);
});
