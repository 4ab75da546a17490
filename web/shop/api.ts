import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { Schema } from '../api/client.js';
import type { paths } from '../api/schema.js';
import type { Language } from '../ui/language.js';
import { note, type Said } from './talk.js';

/** What the shop's server tells its page. */
export interface ShopInfo {
  currency: string;
  products: Product[];
  yinke: { url: string; publishableKey: string; codeParameter: string };
  /** Merchants by whose link a visitor of the demo may come. */
  guests: { displayName: string; code: string; wechatId: string }[];
}

export interface Product {
  sku: string;
  category: string | null;
  listPrice: number;
  name: Record<Language, string>;
  text: Record<Language, string>;
}

/** Pieces of a product; the page names no price. */
export interface Wish {
  sku: string;
  quantity: number;
}

export interface Quote {
  attributed: boolean;
  lines: { sku: string; quantity: number; listUnitPrice: number; unitPrice: number; lineTotal: number }[];
  listTotal: number;
  discountTotal: number;
  total: number;
}

export interface ShopOrder {
  orderId: string;
  state: 'placed' | 'completed';
  total: number;
  refunded: number;
  lines: { sku: string; quantity: number; unitPrice: number; lineTotal: number; returned: number }[];
}

/** What the merchant gets. */
export interface Rewards {
  /** Whether everything that was told of the order is posted. */
  settled: boolean;
  noReward: Words | null;
  items: {
    id: string;
    asset: string;
    state: Schema<'RewardDto'>['state'];
    granted: number;
    takenBack: number;
    matureAt: string | null;
    words: Words;
  }[];
}

type Words = Record<Language, string>;
export type Visit = Schema<'VisitDto'>;

/** The shop or Yinke said no; `code` has words. */
export class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** A call to the shop's own server, which holds the secret key. */
async function call<Answer>(method: 'GET' | 'POST', path: string, request?: object): Promise<Answer> {
  const address = `/shop/api/${path}`;
  let status = 0;
  let answer: Record<string, unknown> = {};
  let said: Said[] | undefined;
  try {
    const response = await fetch(address, {
      method,
      headers: request ? { 'content-type': 'application/json' } : {},
      body: request ? JSON.stringify(request) : null,
    });
    status = response.status;
    const { said: server, ...rest } = (await response.json()) as Record<string, unknown> & { said?: Said[] };
    said = server;
    answer = rest;
  } catch {
    // said below: there is no answer
  }
  const told = { method, path: address, authorization: null, request: request ?? null, status, answer };
  note('page-shop', told, said);
  if (status === 0) throw new Refusal('network.away');
  if (status >= 300) throw new Refusal(String(answer.code));
  return answer as Answer;
}

export const shop = {
  read: () => call<ShopInfo>('GET', 'shop'),
  quote: (visit: string | null, lines: Wish[]) => call<Quote>('POST', 'quote', { visit, lines }),
  order: (press: string, visit: string | null, lines: Wish[], total: number) =>
    call<ShopOrder>('POST', 'orders', { press, visit, lines, total }),
  readOrder: (orderId: string) => call<ShopOrder & { rewards: Rewards | null }>('GET', `orders/${orderId}`),
  pay: (orderId: string) => call<ShopOrder>('POST', `orders/${orderId}/payment`, {}),
  refund: (orderId: string, press: string, lines: Wish[]) =>
    call<ShopOrder>('POST', `orders/${orderId}/refunds`, { press, lines }),
};

const asked = new WeakMap<Request, Promise<string>>();

/** Notes what the page says to Yinke, from copies. */
const overheard: Middleware = {
  onRequest({ request }) {
    asked.set(request, request.clone().text());
  },
  async onResponse({ request, response }) {
    const answer = response.clone().json() as Promise<unknown>;
    await noteCall(request, response.status, await answer.catch(() => null));
  },
  async onError({ request }) {
    await noteCall(request, 0, null);
    return Response.json({ code: 'network.away' }, { status: 503 });
  },
};

async function noteCall(request: Request, status: number, answer: unknown): Promise<void> {
  const text = await asked.get(request);
  const { method, url } = request;
  const body: unknown = text ? JSON.parse(text) : null;
  const path = new URL(url).pathname;
  note('page-yinke', { method, path, authorization: 'Bearer pk_…', request: body, status, answer });
}

/** Yinke as a browser may call it: with the publishable key, from the shop's own address. */
export class Entrance {
  private readonly client: Client<paths>;

  constructor({ url, publishableKey }: ShopInfo['yinke']) {
    this.client = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${publishableKey}` } });
    this.client.use(overheard);
  }

  /** Who brought this shopper? */
  async open(url: string, previous: string | null): Promise<Visit> {
    const { data, error } = await this.client.POST('/v1/visits', { body: { url, previous } });
    if (!data) throw new Refusal(error.code);
    return data;
  }

  /** The shopper's answer: a WeChat ID, or null for nobody. */
  async answer({ id, visit }: Visit, wechatId: string | null): Promise<Visit> {
    const { data, error } = await this.client.POST('/v1/visits/{id}/referrer', {
      params: { path: { id } },
      body: { visit, wechatId },
    });
    if (!data) throw new Refusal(error.code);
    return data;
  }
}
