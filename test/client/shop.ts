import createClient from 'openapi-fetch';
import type { paths } from 'yinke-api';

/**
 * A shop's server as one would be written against docs/openapi.json: its types are generated (openapi-typescript), so this
 * file compiles only while the document says what the API is. client.e2e.spec.ts compiles it and runs it.
 */
export async function sell(baseUrl: string, keys: { secretKey: string; publishableKey: string }, code: string) {
  const browser = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${keys.publishableKey}` } });
  const server = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${keys.secretKey}` } });

  const { data: visit } = await browser.POST('/v1/visits', { body: { merchantCode: code } });
  if (!visit) throw new Error('no visit');

  const basket = [{ sku: 'tea-250', quantity: 2, unitPrice: 5000 }];
  const { data: quote } = await browser.POST('/v1/quotes', {
    body: { visit: visit.visit, currency: 'CNY', lines: basket },
  });
  if (!quote) throw new Error('no quote');

  // What the quote answers are lines of an order, in types too.
  const order = { orderId: 'order-1', visit: visit.visit, quote: quote.quote, currency: quote.currency };
  const { data: placed } = await server.POST('/v1/orders', {
    params: { header: { 'Idempotency-Key': 'place-order-1' } },
    body: { ...order, lines: quote.lines },
  });
  const { data: completed } = await server.POST('/v1/orders/{orderId}/complete', {
    params: { path: { orderId: 'order-1' } },
    body: { amountPaid: quote.total },
  });
  const { error } = await server.POST('/v1/orders/{orderId}/cancel', { params: { path: { orderId: 'order-1' } } });
  return {
    merchant: placed?.attribution?.merchant,
    state: completed?.state,
    paid: completed?.amountPaid,
    refusal: error?.code,
  };
}

/** What must not compile: the types know what a request needs, and what no request has. */
export async function mistakes(baseUrl: string) {
  const client = createClient<paths>({ baseUrl });
  // @ts-expect-error there is no currency
  await client.POST('/v1/quotes', { body: { lines: [] } });
  // @ts-expect-error amounts are integers
  await client.POST('/v1/orders/{orderId}/complete', { params: { path: { orderId: 'a' } }, body: { amountPaid: '1' } });
  // @ts-expect-error no such address
  await client.GET('/v1/order', {});
  // What has a default, and a key, may be left out.
  const { data } = await client.GET('/v1/merchants', {});
  return data?.items.map(({ id, state }) => ({ id, state }));
}
