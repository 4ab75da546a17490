import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { addMerchant, openShop, orderBody, TEA, type Shop } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  links?: { traceId: string; spanId: string }[];
  service: string;
}

/** What a collector of OpenTelemetry has been sent. */
const spans: Span[] = [];
let collector: Server;
let settings: { YINKE_OTLP_URL: string };
let shop: Shop;
let worker: INestApplicationContext | undefined;

beforeAll(async () => {
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(parts).toString('utf8'));
      for (const { resource, scopeSpans } of resourceSpans)
        for (const span of scopeSpans.flatMap((scope: { spans: Span[] }) => scope.spans))
          spans.push({ ...span, service: resource.attributes[0].value.stringValue });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  settings = { YINKE_OTLP_URL: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces` };
  shop = await openShop(settings);
  worker = await startTestWorker(shop.testApp, settings);
});
afterAll(async () => {
  await worker?.close();
  await shop.testApp.close().catch(() => undefined);
  await new Promise((resolve) => collector.close(resolve));
});

/** Completes an order; returns its event and what the answer calls the request. */
async function complete(wechatId: string): Promise<{ event: string; headers: Headers }> {
  const merchant = await addMerchant(shop, wechatId);
  const { body: visit } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  const order = orderBody({ visit: visit.visit });
  await shop.sk.post('/v1/orders', order);
  const { headers, status } = await shop.sk
    .with({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
    .post(`/v1/orders/${order.orderId}/complete`, { amountPaid: TEA.lineTotal });
  expect(status).toBe(202);
  const [{ id }] = await shop.db.query(
    'SELECT e.id FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE o.order_id = ?',
    [order.orderId],
  );
  return { event: id, headers };
}

async function found(fits: (span: Span) => boolean): Promise<Span> {
  for (let tries = 0; tries < 300; tries += 1) {
    const span = spans.find(fits);
    if (span) return span;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no such span among ${spans.map(({ name }) => name).join(', ')}`);
}

const attribute = ({ attributes }: Span, name: string) => attributes.find(({ key }) => key === name)?.value.stringValue;

it('one trace goes from the request over the job to the journal', async () => {
  await shop.admin.post('/v1/reward-rules', {
    scope: {},
    posting: 'direct',
    validFrom: '2020-01-01T00:00:00Z',
    grants: [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }],
  });
  const { event, headers } = await complete('traced_01');
  await settled(shop.testApp);
  const posting = await found((span) => attribute(span, 'yinke.order_event') === event);
  const request = await found((span) => attribute(span, 'yinke.request_id') === headers.get('x-request-id'));
  expect(request).toMatchObject({ name: 'POST /v1/orders/:orderId/complete', service: 'yinke-api' });
  expect(request.parentSpanId ?? '').toBe('');
  expect(request.links).toMatchObject([{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }]);
  const job = await found((span) => span.name === 'job rewards.post' && span.traceId === request.traceId);
  expect(job).toMatchObject({ parentSpanId: request.spanId, service: 'yinke-worker' });
  expect(posting).toMatchObject({ traceId: request.traceId, parentSpanId: job.spanId, name: 'post order event' });
  const [row] = await shop.db.query('SELECT journal_id FROM order_event WHERE id = ?', [event]);
  expect(attribute(posting, 'yinke.journal')).toBe(row.journal_id);
});

it('the trace goes on when Redis has lost the job and the sweep finds the event', async () => {
  await worker?.close();
  worker = undefined;
  const { event, headers } = await complete('traced_02');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const redis = new Redis(process.env.REDIS_URL!);
  const prefix = `{${new URL(shop.testApp.databaseUrl).pathname.slice(1)}}`;
  expect(await redis.del(await redis.keys(`${prefix}*`))).toBeGreaterThan(0);
  redis.disconnect();
  worker = await startTestWorker(shop.testApp, settings);
  await settled(shop.testApp);
  const request = await found((span) => attribute(span, 'yinke.request_id') === headers.get('x-request-id'));
  const posting = await found((span) => attribute(span, 'yinke.order_event') === event);
  expect(posting).toMatchObject({ traceId: request.traceId, parentSpanId: request.spanId });
});

it('nothing that a shopper or merchant has told stands in a trace', () => {
  const told = JSON.stringify(spans);
  for (const secret of ['traced_0', 'order-', '店 ']) expect(told).not.toContain(secret);
});
