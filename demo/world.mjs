// @ts-check
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pMap, { pMapSkip } from 'p-map';
import { applicants, bankAccountOf, emailOf } from './people.mjs';
import { couponTemplate, priceRules, rewardRules } from './rules.mjs';

/** @typedef {import('./client.mjs').Client} Client */
/** @typedef {import('./rules.mjs').Merchant} Merchant */

/**
 * A shop: its browser side calls with the publishable key, its server with the secret one.
 * @typedef {object} Shop
 * @property {string} name
 * @property {string} homeUrl
 * @property {string} codeParameter
 * @property {string} currency
 * @property {'first' | 'last'} touch which merchant counts when a shopper came through two
 * @property {Client} browser
 * @property {Client} server
 */

/** @typedef {'admin' | 'reviewer' | 'maker' | 'checker' | 'auditor'} Job */

/** @typedef {{ email: string, password: string }} Credentials */

/**
 * @typedef {object} Staff
 * @property {Record<Job, Client>} clients
 * @property {Record<string, Credentials>} credentials by role
 * @property {string} credentialsFile
 */

/**
 * The keys of the shop that people visit in their browser.
 * @typedef {object} TeaShopKeys
 * @property {string} secretKey
 * @property {string} publishableKey
 * @property {string} codeParameter
 */

/**
 * Signs a member of staff in.
 * @param {Client} anyone
 * @param {Credentials} credentials
 */
async function signIn(anyone, { email, password }) {
  const { token } = await anyone.post('/v1/staff/sessions', { email, password });
  return anyone.as(token);
}

const ROLES = /** @type {const} */ ({
  reviewer: 'reviewer',
  maker: 'finance-maker',
  checker: 'finance-checker',
  auditor: 'auditor',
});

/**
 * The tea shop that people visit in their browser, two shops for the replay that differ in the touch that counts, and
 * staff of every role. Their keys and passwords are written down, so that whoever watches the demo can go on from there.
 * @param {Client} anyone
 * @param {object} given
 * @param {Credentials} given.admin
 * @param {string} given.currency
 * @param {string} given.folder
 * @param {string} given.origin of the tea shop
 * @returns {Promise<{ shops: Shop[], tea: TeaShopKeys, staff: Staff }>}
 */
export async function openShops(anyone, { admin, currency, folder, origin }) {
  const adminClient = await signIn(anyone, admin);
  const clients = /** @type {Record<Job, Client>} */ ({ admin: adminClient });
  /** @type {Record<string, Credentials>} */
  const passwords = {};
  for (const [job, role] of Object.entries(ROLES)) {
    const credentials = { email: `${job}@yinke.local`, password: randomBytes(12).toString('base64url') };
    await adminClient.post('/v1/staff', { ...credentials, roles: [role] });
    clients[/** @type {Job} */ (job)] = await signIn(anyone, credentials);
    passwords[role] = credentials;
  }

  // The first one: share links that name no shop lead there.
  const tea = await adminClient.post('/v1/storefronts', {
    name: 'Yinke tea shop 引客茶铺',
    currency,
    homeUrl: `${origin}/shop/`,
    origins: [origin],
  });
  /** @type {Record<string, { secretKey: string, publishableKey: string }>} */
  const keys = { tea: { secretKey: tea.secretKey, publishableKey: tea.publishableKey } };
  /** @type {Shop[]} */
  const shops = [];
  for (const [name, host, touch] of /** @type {const} */ ([
    ['Yinke sample shop 引客示例店', 'shop.example', 'last'],
    ['Yinke sample outlet 引客折扣店', 'outlet.example', 'first'],
  ])) {
    const homeUrl = `https://${host}/`;
    const wanted = { name, currency, homeUrl, origins: [`https://${host}`], touch };
    const { secretKey, publishableKey, codeParameter } = await adminClient.post('/v1/storefronts', wanted);
    keys[host] = { secretKey, publishableKey };
    const callers = { browser: anyone.as(publishableKey), server: anyone.as(secretKey) };
    shops.push({ name, homeUrl, codeParameter, currency, touch, ...callers });
  }

  const credentialsFile = join(folder, 'sign-in.json');
  writeFileSync(credentialsFile, `${JSON.stringify({ admin, staff: passwords, storefronts: keys }, null, 2)}\n`, {
    mode: 0o600,
  });
  return { shops, tea, staff: { clients, credentials: { admin, ...passwords }, credentialsFile } };
}

/**
 * Everybody applies with the form of the website; the reviewer decides.
 * @param {Client} website
 * @param {Client} reviewer
 * @returns {Promise<{ merchants: Merchant[], rejected: { displayName: string, reason: string }[] }>}
 */
export async function signUpMerchants(website, reviewer) {
  /** @type {{ displayName: string, reason: string }[]} */
  const rejected = [];
  /** @param {import('./people.mjs').Applicant} applicant @param {number} index */
  const review = async (applicant, index) => {
    const { wechatId, displayName, group, rejected: reason } = applicant;
    const bankAccount = bankAccountOf(applicant, index);
    const { id, token } = await website.post('/v1/merchant-applications', {
      wechatId,
      displayName,
      email: emailOf(applicant),
      bankAccount,
      consent: true,
    });
    if (reason) {
      await reviewer.post(`/v1/merchant-applications/${id}/reject`, { reason });
      const told = await website.as(token).get(`/v1/merchant-applications/${id}`);
      rejected.push({ displayName, reason: told.reason });
      return pMapSkip;
    }
    const { merchant } = await reviewer.post(`/v1/merchant-applications/${id}/approve`, { group });
    const { id: merchantId, code } = merchant;
    const { number: accountNumber } = bankAccount ?? {};
    const star = index === 0;
    return { id: merchantId, code, displayName, wechatId, group, accountNumber, star };
  };
  return { merchants: await pMap(applicants, review, { concurrency: 4 }), rejected };
}

/**
 * @param {Client} admin
 * @param {string} currency
 * @param {Merchant} star
 * @param {string} firstDay of the file; the rules hold from the day before
 */
export async function makeRules(admin, currency, star, firstDay) {
  const validFrom = new Date(Date.parse(firstDay) - 86_400_000).toISOString();
  const prices = priceRules(currency, star, validFrom);
  const rewards = rewardRules(currency, star, validFrom);
  for (const rule of prices) await admin.post('/v1/price-rules', rule);
  await admin.post('/v1/coupon-templates', couponTemplate(currency));
  for (const rule of rewards) await admin.post('/v1/reward-rules', rule);
  return { prices: prices.length, rewards: rewards.length };
}
