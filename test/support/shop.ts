import { MerchantSessions } from '../../src/access/merchant-sessions.js';
import type { DataSource } from 'typeorm';
import { MerchantDirectory } from '../../src/database/merchants/merchant-directory.js';
import type { MerchantState } from '../../src/database/merchants/merchant.js';
import { newMerchantCode } from '../../src/database/merchants/merchant-code.js';
import type { RefreshedMerchantDirectory } from '../../src/database/merchants/refreshed-merchant-directory.js';
import { newId, type MerchantId, type StorefrontId } from '../../src/shared/ids.js';
import { orderLinesHash } from '../../src/pricing/basket.js';
import { quoteSigner, type QuoteClaims } from '../../src/pricing/quote-token.js';
import { VisitTokens } from '../../src/detection/visits/visit-tokens.js';
import { StorefrontDirectory } from '../../src/database/storefronts/storefront.js';
import { createStorefront, signInAdmin, type TestStorefront } from './actors.js';
import type { HttpClient } from './http-client.js';
import { startTestApp, type TestApp } from './test-app.js';
import { testConfig } from './test-config.js';

/** A merchant as tests know one. */
export interface TestMerchant {
  id: MerchantId;
  code: string;
  wechatId: string;
}

/** The API with two storefronts, for tests of visits and orders. */
export interface Shop {
  testApp: TestApp;
  admin: HttpClient;
  storefront: TestStorefront;
  other: TestStorefront;
  sk: HttpClient;
  pk: HttpClient;
  db: DataSource;
}

export async function openShop(overrides: NodeJS.ProcessEnv = {}): Promise<Shop> {
  const testApp = await startTestApp(overrides);
  const admin = await signInAdmin(testApp);
  const storefront = await createStorefront(testApp, admin);
  const other = await createStorefront(testApp, admin, {
    name: 'Other',
    homeUrl: 'https://other.example/',
    origins: ['https://other.example'],
  });
  return {
    testApp,
    admin,
    storefront,
    other,
    sk: storefront.sk,
    pk: storefront.pk,
    db: testApp.db,
  };
}

/** An approved merchant, as the registry would have written one. */
export async function addMerchant(shop: Shop, wechatId: string, group: string | null = null): Promise<TestMerchant> {
  const merchant = { id: newId('merchant'), code: newMerchantCode(), wechatId };
  await shop.db.query(
    `INSERT INTO merchant (id, application_id, code, wechat_id, wechat_key, display_name, group_name, state, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'active', CURRENT_TIMESTAMP(6), CURRENT_TIMESTAMP(6))`,
    [merchant.id, newId('application'), merchant.code, wechatId, wechatId.toLowerCase(), `店 ${wechatId}`, group],
  );
  await noticed(shop);
  return merchant;
}

/** The merchant, signed in, as after a code. */
export async function signInMerchant(shop: Shop, { id }: TestMerchant): Promise<HttpClient> {
  const sessions = shop.testApp.app.get(MerchantSessions, { strict: false });
  const { token } = await shop.db.transaction((tx) =>
    sessions.start(tx, id, 'code', { userAgent: null, address: null }),
  );
  return shop.testApp.http.as(token);
}

export async function setMerchantState(shop: Shop, merchant: TestMerchant, state: MerchantState): Promise<void> {
  await shop.db.query('UPDATE merchant SET state = ?, updated_at = CURRENT_TIMESTAMP(6) WHERE id = ?', [
    state,
    merchant.id,
  ]);
  await noticed(shop);
}

function noticed(shop: Shop): Promise<void> {
  return shop.testApp.app.get<unknown, RefreshedMerchantDirectory>(MerchantDirectory).noticeChange();
}

/** Every row of these tables as text, to compare before and after. */
export async function dump(shop: Shop, tables?: readonly string[]): Promise<string> {
  const all = await shop.db.query<Record<string, string>[]>('SHOW TABLES');
  const names = tables ?? all.flatMap((row) => Object.values(row));
  const parts = [];
  for (const name of [...names].sort()) {
    const rows = await shop.db.query<object[]>(`SELECT * FROM \`${name}\``);
    parts.push([name, rows.map((row) => JSON.stringify(row)).sort()]);
  }
  return JSON.stringify(parts);
}

/** One line of tea: 2 × 5.00. */
export const TEA = { sku: 'tea', category: 'drinks', quantity: 2, unitPrice: 500, lineTotal: 1000 };

let orders = 0;

/** The body of an order that is valid. */
export function orderBody(more: Record<string, unknown> = {}) {
  orders += 1;
  return { orderId: `order-${orders}`, currency: 'CNY', lines: [TEA], ...more };
}

/** A quote token as pricing makes one, for a visit and these lines. */
export function quoteToken(
  shop: Shop,
  visit: string | null,
  lines: readonly (typeof TEA)[] = [TEA],
  more: Partial<QuoteClaims> & { expiresAt?: Date; storefrontId?: StorefrontId } = {},
): string {
  const { app, databaseUrl } = shop.testApp;
  const storefrontId = more.storefrontId ?? shop.storefront.id;
  const storefront = app.get(StorefrontDirectory).find(storefrontId)!;
  const read = visit === null ? null : app.get(VisitTokens).read(visit, storefront, new Date());
  const { expiresAt = new Date(Date.now() + 3_600_000), storefrontId: _, ...claims } = more;
  return quoteSigner(testConfig(databaseUrl).tokenKeys).issue(
    {
      id: newId('quote'),
      visitId: read?.id ?? null,
      attribution: read?.attribution ?? null,
      previous: read?.previous ?? 'none',
      currency: 'CNY',
      linesHash: orderLinesHash(
        lines.map((line) => ({ ...line, unitPrice: BigInt(line.unitPrice), lineTotal: BigInt(line.lineTotal) })),
      ),
      total: '0',
      ...claims,
    },
    expiresAt,
    storefrontId,
  );
}
