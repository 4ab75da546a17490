// @ts-check
/** Visits and quotes over HTTP, each beside bare Fastify that takes the same request and gives the same answer. */
import { client, compare, load, runToEnd, startServer } from './lib.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const MERCHANTS = 20;
const RULES = 2000;

await runToEnd('dist/migrate.js');
const api = await startServer('dist/main.js');
const limit = await startServer('bench/bare-fastify.mjs');
try {
  const { code, key } = await setUp();
  const storefront = client(api.baseUrl, key);
  const visitRequest = { merchantCode: code, shopperRef: 'shopper-1' };
  const { visit } = await storefront.post('/v1/visits', visitRequest);
  /** @param {number} count */
  const quoteRequest = (count) => ({
    visit,
    currency: 'CNY',
    lines: Array.from({ length: count }, (_, i) => ({
      sku: `sku-${i}`,
      category: `category-${i % 50}`,
      quantity: 1 + (i % 5),
      unitPrice: 999 + i,
    })),
  });

  const headers = { authorization: `Bearer ${key}` };
  const shoppers = { connections: 50, extent: { duration: SECONDS } };
  const baskets = { connections: 2, extent: { amount: 10 * SECONDS } };
  for (const [name, path, body, many] of /** @type {const} */ ([
    ['visit with a code', '/v1/visits', visitRequest, shoppers],
    ['quote of 3 lines', '/v1/quotes', quoteRequest(3), shoppers],
    ['quote of 1,000 lines', '/v1/quotes', quoteRequest(1000), baskets],
    ['quote of 10,000 lines', '/v1/quotes', quoteRequest(10_000), baskets],
  ])) {
    const answer = await storefront.post(path, body);
    await client(limit.baseUrl).put('/', answer);
    await compare(
      [
        {
          name,
          unit: 'requests/s',
          limitName: 'bare Fastify',
          ours: () => load({ url: api.baseUrl + path, headers, body, status: 201, ...many }),
          limit: () => load({ url: limit.baseUrl, headers, body, status: 201, ...many }),
        },
      ],
      ROUNDS,
    );
  }
} finally {
  await Promise.all([api.stop(), limit.stop()]);
}

/** A storefront, approved merchants and thousands of price rules. */
async function setUp() {
  const nobody = client(api.baseUrl);
  const { token } = await nobody.post('/v1/staff/sessions', {
    email: process.env.YINKE_ADMIN_EMAIL,
    password: process.env.YINKE_ADMIN_PASSWORD,
  });
  const admin = client(api.baseUrl, token);
  const reviewer = { email: 'reviewer@yinke.bench', password: 'a long enough password' };
  await admin.post('/v1/staff', { ...reviewer, roles: ['reviewer'] });
  const review = client(api.baseUrl, (await nobody.post('/v1/staff/sessions', reviewer)).token);
  const shop = { name: 'Bench', currency: 'CNY', homeUrl: 'https://shop.example/', origins: ['https://shop.example'] };
  const { publishableKey } = await admin.post('/v1/storefronts', shop);
  /** @type {{ id: string, code: string }[]} */
  const merchants = [];
  for (let i = 0; i < MERCHANTS; i++) {
    const form = { wechatId: `bench_${i}`, displayName: `Merchant ${i}`, consent: true };
    const { id } = await nobody.post('/v1/merchant-applications', form);
    merchants.push(
      (await review.post(`/v1/merchant-applications/${id}/approve`, { group: `group-${i % 4}` })).merchant,
    );
  }
  const validFrom = new Date(Date.now() - 3_600_000).toISOString();
  for (let i = 0; i < RULES; i += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const merchant = merchants[(i + n) % MERCHANTS]?.id;
        const scope = [
          { merchant, product: `sku-${i + n}` },
          { product: `sku-${i + n}` },
          { category: `category-${i}` },
        ];
        return admin.post('/v1/price-rules', { scope: scope[n % 3], kind: 'percent-off', rateBps: 500, validFrom });
      }),
    );
  }
  return { code: merchants[0]?.code ?? '', key: publishableKey };
}
