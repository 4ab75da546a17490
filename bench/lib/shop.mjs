// @ts-check
/** A shop with merchants and rules: people and rules straight into the tables, keys through the API. */
import { loadSettings } from '../../dist/core/config.js';
import { AccountNumberVault } from '../../dist/database/bank-accounts/account-number-vault.js';
import { newMerchantCode } from '../../dist/database/merchants/merchant-code.js';
import { newId } from '../../dist/shared/ids.js';
import { insert } from './rows.mjs';

/** @typedef {import('./world.mjs').World} World */

export const SINCE = new Date('2020-01-01T00:00:00Z');

/**
 * Approved merchants, before the processes start that read them into memory.
 * @param {World} world
 * @param {number} count
 */
export async function makeMerchants({ pool }, count) {
  const codes = new Set();
  while (codes.size < count) codes.add(newMerchantCode());
  const merchants = [...codes].map((code, n) => {
    return { id: newId('merchant'), code: String(code), wechatId: `bench_${n}` };
  });
  await insert(
    pool,
    'merchant',
    merchants.map(({ id, code, wechatId }, n) => ({
      id,
      application_id: newId('application'),
      code,
      wechat_id: wechatId,
      wechat_key: wechatId,
      display_name: `Merchant ${n}`,
      group_name: `group-${n % 4}`,
      state: 'active',
      created_at: SINCE,
      updated_at: SINCE,
    })),
  );
  return merchants;
}

/**
 * Price rules: a third for one product of one merchant, a third for a product, a third for a category.
 * @param {World} world
 * @param {number} count
 * @param {{ id: string }[]} merchants
 */
export async function makePriceRules({ pool }, count, merchants) {
  const rules = Array.from({ length: count }, (_, n) => ({ id: newId('priceRule'), n }));
  await insert(
    pool,
    'price_rule',
    rules.map(({ id }) => ({ id, created_at: SINCE, changed_at: SINCE })),
  );
  await insert(
    pool,
    'price_rule_version',
    rules.map(({ id, n }) => ({
      rule_id: id,
      version: 1,
      merchant_id: n % 3 === 0 ? merchants[n % merchants.length]?.id : null,
      product: n % 3 === 2 ? null : `sku-${n}`,
      category: n % 3 === 2 ? `category-${n % 50}` : null,
      kind: 'percent-off',
      rate_bps: 500,
      valid_from: SINCE,
      created_at: SINCE,
    })),
  );
}

/** Ten per cent of what was paid, at once, to everyone. @param {World} world */
export async function makeRewardRule({ pool }) {
  const id = newId('rewardRule');
  await insert(pool, 'reward_rule', [{ id, created_at: SINCE, changed_at: SINCE }]);
  const grants = JSON.stringify([{ asset: 'CNY', kind: 'percent', rateBps: 1000 }]);
  await insert(pool, 'reward_rule_version', [
    {
      ...{ rule_id: id, version: 1, scope: '{}', posting: 'direct', conditions: '{}', grant_terms: grants },
      ...{ valid_from: SINCE, created_at: SINCE },
    },
  ]);
}

/** An account of each merchant to be paid to, sealed as it has to be. @param {World} world @param {readonly { id: string }[]} merchants */
export async function makeBankAccounts({ pool }, merchants) {
  const { dataKeys, blindIndexKey } = loadSettings(['dataKeys', 'blindIndexKey']);
  const vault = new AccountNumberVault(dataKeys, blindIndexKey);
  const common = { state: 'current', holder: 'Somebody', country: 'CN', filed_by: 'stf_bench', filed_at: SINCE };
  await insert(
    pool,
    'bank_account',
    merchants.map(({ id }, n) => {
      const number = `62288888${String(n).padStart(8, '0')}`;
      const bankAccountId = newId('bankAccount');
      const context = { bankAccountId, ownerId: id, holder: common.holder, country: common.country, bic: null };
      const { keyId, sealed } = vault.seal(number, context);
      const secret = {
        key_id: keyId,
        sealed_number: sealed,
        number_hash: vault.hash(number),
        last_four: number.slice(-4),
      };
      return { id: bankAccountId, owner_id: id, current_owner_id: id, ...common, ...secret };
    }),
  );
}

/** Staff, and a storefront with its keys, as an operator makes them. @param {string} baseUrl */
export async function openShop(baseUrl) {
  const nobody = client(baseUrl);
  /** @param {{ email?: string, password?: string }} who */
  const signIn = async ({ email, password }) =>
    client(baseUrl, (await nobody.post('/v1/staff/sessions', { email, password })).token);
  const admin = await signIn({ email: process.env.YINKE_ADMIN_EMAIL, password: process.env.YINKE_ADMIN_PASSWORD });
  const hire = async (/** @type {string[]} */ ...roles) => {
    const person = { email: `${roles.join('-')}@yinke.bench`, password: 'a long enough password' };
    await admin.post('/v1/staff', { ...person, roles });
    return signIn(person);
  };
  const shop = { name: 'Bench', currency: 'CNY', homeUrl: 'https://shop.example/', origins: ['https://shop.example'] };
  const storefront = await admin.post('/v1/storefronts', shop);
  return {
    admin,
    hire,
    id: String(storefront.id),
    publishable: client(baseUrl, storefront.publishableKey),
    secret: client(baseUrl, storefront.secretKey),
  };
}

/**
 * A client for setting things up; throws on any answer but 2xx.
 * @param {string} baseUrl
 * @param {string} [bearer]
 */
export function client(baseUrl, bearer) {
  const headers = /** @type {Record<string, string>} */ (bearer ? { authorization: `Bearer ${bearer}` } : {});
  /** @param {string} method @param {string} path @param {unknown} [body] @param {string} [type] @returns {Promise<any>} */
  const send = async (method, path, body, type = 'application/json') => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return response.headers.get('content-type')?.includes('application/json') ? JSON.parse(text) : text;
  };
  return {
    headers,
    /** @param {string} path */
    get: (path) => send('GET', path),
    /** @param {string} path @param {unknown} [body] @param {string} [type] of a body that is text already */
    post: (path, body, type) => send('POST', path, body, type),
    /** @param {string} path @param {unknown} body */
    put: (path, body) => send('PUT', path, body),
  };
}
