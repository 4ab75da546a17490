import type { Role } from '../../src/access/principal.js';
import type { HttpClient } from './http-client.js';
import type { TestApp } from './test-app.js';
import { ADMIN } from './test-config.js';
import type { StorefrontId } from '../../src/shared/ids.js';

/** Everybody that a test may need, signed in, and a storefront with its keys. */
export interface World {
  admin: HttpClient;
  reviewer: HttpClient;
  maker: HttpClient;
  checker: HttpClient;
  auditor: HttpClient;
  storefront: TestStorefront;
  /** The storefront's server. */
  sk: HttpClient;
  /** A shopper's browser. */
  pk: HttpClient;
}

export interface TestStorefront {
  id: StorefrontId;
  secretKey: string;
  publishableKey: string;
  sk: HttpClient;
  pk: HttpClient;
}

/** Of everybody whom a test hires. */
export const PASSWORD = 'a long enough password';

/** Signs in with e-mail and password. */
export async function signIn(http: HttpClient, email: string, password = PASSWORD): Promise<HttpClient> {
  const { status, body, text } = await http.post('/v1/staff/sessions', { email, password });
  if (status !== 201) throw new Error(`sign-in of ${email}: ${text}`);
  return http.as(body.token);
}

/** A merchant whose application was approved, signed in for the first time by its token. */
export async function firstSignIn(http: HttpClient, applicationToken: string): Promise<HttpClient> {
  const { status, body, text } = await http.post('/v1/merchants/sessions', { applicationToken });
  if (status !== 201) throw new Error(`first sign-in: ${text}`);
  return http.as(body.token);
}

/** The admin of the first boot, signed in. */
export function signInAdmin({ http }: TestApp): Promise<HttpClient> {
  return signIn(http, ADMIN.email, ADMIN.password);
}

/** A new member of staff, signed in. */
export async function createStaff(
  testApp: TestApp,
  admin: HttpClient,
  roles: Role[],
  email = `${roles.join('.')}.${Math.random().toString(36).slice(2)}@yinke.test`,
): Promise<HttpClient> {
  const { status, text } = await admin.post('/v1/staff', { email, password: PASSWORD, roles });
  if (status !== 201) throw new Error(`staff ${email}: ${text}`);
  return signIn(testApp.http, email);
}

/** A new storefront (CNY, home https://shop.example/) with clients that carry its keys. */
export async function createStorefront(
  testApp: Pick<TestApp, 'http'>,
  admin: HttpClient,
  settings: Record<string, unknown> = {},
): Promise<TestStorefront> {
  const { status, body, text } = await admin.post('/v1/storefronts', {
    name: 'Shop',
    currency: 'CNY',
    homeUrl: 'https://shop.example/',
    origins: ['https://shop.example'],
    ...settings,
  });
  if (status !== 201) throw new Error(`storefront: ${text}`);
  const { id, secretKey, publishableKey } = body;
  return {
    id,
    secretKey,
    publishableKey,
    sk: testApp.http.as(secretKey),
    pk: testApp.http.as(publishableKey),
  };
}

/** Everybody at once. */
export async function createWorld(testApp: TestApp): Promise<World> {
  const admin = await signInAdmin(testApp);
  const reviewer = await createStaff(testApp, admin, ['reviewer']);
  const maker = await createStaff(testApp, admin, ['finance-maker']);
  const checker = await createStaff(testApp, admin, ['finance-checker']);
  const auditor = await createStaff(testApp, admin, ['auditor']);
  const storefront = await createStorefront(testApp, admin);
  return { admin, reviewer, maker, checker, auditor, storefront, sk: storefront.sk, pk: storefront.pk };
}

/** Somebody who calls; of a merchant with their own id. */
export interface Anybody {
  client: HttpClient;
  merchant?: string;
}

/** One of every kind of caller, the one without credentials first. */
export async function everybody(testApp: TestApp): Promise<Anybody[]> {
  const { admin, reviewer, maker, checker, auditor, sk, pk } = await createWorld(testApp);
  const form = { wechatId: 'one_of_every_kind', displayName: 'Li Wei', consent: true };
  const { body: application } = await pk.post('/v1/merchant-applications', form);
  const { body } = await reviewer.post(`/v1/merchant-applications/${application.id}/approve`, {});
  const merchant = { client: await firstSignIn(testApp.http, application.token), merchant: body.merchant.id as string };
  return [...[testApp.http, admin, reviewer, maker, checker, auditor, sk, pk].map((client) => ({ client })), merchant];
}
