import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { Registry } from 'prom-client';
import { createApp } from '../../src/api/create-app.js';
import { HttpClient } from '../support/http-client.js';
import { addMerchant, openShop, type Shop } from '../support/shop.js';
import { testConfig } from '../support/test-config.js';
import { startTestWorker } from '../support/worker.js';

let shop: Shop;
let worker: INestApplicationContext;

beforeAll(async () => {
  shop = await openShop({ YINKE_HTTP_BANK_URL: 'http://127.0.0.1:9' });
  worker = await startTestWorker(shop.testApp, { YINKE_HTTP_BANK_URL: 'http://127.0.0.1:9' });
});
afterAll(async () => {
  await worker.close();
  await shop.testApp.close();
});

/** Every metric of ours with what it is, as the table of docs/operations.md says it. */
function table(): string[] {
  const rows = new Map<string, string>();
  for (const app of [shop.testApp.app, worker])
    for (const metric of app.get(Registry, { strict: false }).getMetricsAsArray()) {
      const { name, help, type, labelNames } = metric as unknown as Record<'name' | 'help' | 'type', string> & {
        labelNames: string[];
      };
      const labels = labelNames.map((label) => `\`${label}\``).join(', ');
      if (name.startsWith('yinke_')) rows.set(name, `| \`${name}\` | ${type} | ${labels} | ${help} |`);
    }
  return [...rows.keys()].sort().map((name) => rows.get(name)!);
}

it('docs/operations.md names every metric with its type, its labels and what it says', () => {
  const written = readFileSync('docs/operations.md', 'utf8').split('\n');
  expect(written.filter((line) => line.startsWith('| `yinke_'))).toEqual(table());
});

it('a visit is counted by what attributes it, the one of a share link once, and a quote by whose prices it has', async () => {
  const merchant = await addMerchant(shop, 'counted_01');
  const values = async (name: string) => {
    const { text } = await shop.testApp.http.get('/metrics');
    const lines = text.matchAll(new RegExp(`^${name}\\{\\w+="([\\w-]+)"\\} (\\d+)$`, 'gm'));
    return Object.fromEntries([...lines].map(([, label, value]) => [label, Number(value)]));
  };
  expect(await values('yinke_visits_total')).toEqual({ code: 0, referrer: 0, 'unknown-code': 0, none: 0 });
  const { body: brought } = await shop.pk.post('/v1/visits', { merchantCode: merchant.code });
  await shop.pk.post('/v1/visits', { merchantCode: 'NOBODY22' });
  const { body: direct } = await shop.pk.post('/v1/visits', { url: 'https://shop.example/' });
  const link = `${shop.testApp.baseUrl}/r/${merchant.code}?storefront=${shop.storefront.id}`;
  const followed = await fetch(link, { redirect: 'manual' });
  await shop.pk.post('/v1/visits', { url: followed.headers.get('location') });
  expect(await values('yinke_visits_total')).toEqual({ code: 2, referrer: 0, 'unknown-code': 1, none: 1 });
  const answer = (wechatId: string | null) =>
    shop.pk.post(`/v1/visits/${direct.id}/referrer`, { visit: direct.visit, wechatId });
  for (const said of ['nobody_we_know', null, merchant.wechatId]) expect((await answer(said)).status).toBe(201);
  expect(await values('yinke_referrer_answers_total')).toEqual({ merchant: 1, unknown: 1, nobody: 1 });
  const lines = [{ sku: 'tea', quantity: 1, unitPrice: 100 }];
  for (const visit of [brought.visit, direct.visit])
    expect((await shop.pk.post('/v1/quotes', { visit, currency: 'CNY', lines })).status).toBe(201);
  expect(await values('yinke_quotes_total')).toEqual({ merchant: 1, list: 1 });
});

it('a refused call is counted by its code, and no label holds what a caller has made up', async () => {
  await shop.sk.get('/v1/orders/made-up-by-the-caller');
  await shop.testApp.http.get('/made/up/by/the/caller?code=made-up-by-the-caller');
  const { text } = await shop.testApp.http.get('/metrics');
  expect(text).toContain('yinke_http_refusals_total{code="order.not-found",status="404"} 1');
  expect(text).toContain('yinke_http_refusals_total{code="service.internal",status="500"} 0');
  expect(text).not.toContain('made');
});

it('what stands in the database is not read again for a while, however often a process is asked', async () => {
  const cached = await createApp(testConfig(shop.testApp.databaseUrl, { YINKE_METRICS_CACHE_SECONDS: '300' }));
  await cached.listen(0, '127.0.0.1');
  try {
    const http = new HttpClient(await cached.getUrl());
    const read = async (client: HttpClient) =>
      /^yinke_order_events\{state="kept"\} (\d+)$/m.exec((await client.get('/metrics')).text)?.[1];
    expect(await read(http)).toBe('0');
    await shop.db.query(
      `INSERT INTO order_event (id, order_pk, type, refund_pk, state, payload_hash, attempts)
       VALUES ('evt_kept', 'ord_x', 'order.refunded', 'ref_x', 'kept', '', 0)`,
    );
    expect([await read(http), await read(shop.testApp.http)]).toEqual(['0', '1']);
  } finally {
    await cached.close();
  }
});
