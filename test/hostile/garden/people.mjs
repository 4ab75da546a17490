// @ts-check
/** Staff and merchants with sessions, passwords, second factors and codes of their own. */
import { Secret, TOTP } from 'otpauth';

/** @typedef {import('./garden.mjs').Garden} Garden */

const PASSWORD = 'a long enough password';
const WANTED = 6;

/** @param {Garden} garden */
export async function growStaff(garden) {
  const { stock } = garden;
  const { spares, pools } = garden.given;
  const invited = async (/** @type {Partial<import('./garden.mjs').Part>} */ more = {}, roles = ['auditor']) => {
    const email = `${garden.name()}@garden.example`;
    const person = await garden.do('createStaff', { ...more, json: { email, roles } });
    return { id: String(person.id), email, change: person.waitingChange?.id, link: person.invitation?.link };
  };
  /** What is after the `#`; where an admin may not see the link, it is in a message. */
  const tokenOf = async (/** @type {{ email: string, link: string | null }} */ { email, link }) =>
    link?.split('#')[1] ?? (await messageTo(garden, email, /#(yki_[\w-]+)/));
  const hired = async (roles = ['auditor']) => {
    const person = await invited({}, roles);
    await garden.do('acceptInvitation', { json: { token: await tokenOf(person), password: PASSWORD } });
    return person;
  };
  const signedIn = async (/** @type {{ email: string }} */ { email }) => {
    const { token } = await garden.do('signIn', { json: { email, password: PASSWORD } });
    return /** @type {[string, string][]} */ ([['authorization', `Bearer ${token}`]]);
  };
  if (!garden.kept.has('second admin')) {
    const second = await hired(['admin']);
    pools.spared.add(second.id);
    garden.kept.set('second admin', await signedIn(second));
  }
  if (stock.count('createStaff') === 0)
    stock.give(
      'createStaff',
      ({ name }) => ({ json: { email: `${name}@garden.example`, roles: ['auditor'] } }),
      Infinity,
    );
  const byOther = { credentials: garden.kept.get('second admin') };
  for (const id of ['consentToStaffChange', 'refuseStaffChange', 'withdrawStaffChange'])
    await garden.fill(id, WANTED, async () => ({
      path: { id: (await invited(id === 'withdrawStaffChange' ? {} : byOther, ['finance-maker'])).change },
    }));
  await garden.fill('readInvitation', WANTED, async () => ({ json: { token: await tokenOf(await invited()) } }), 20);
  await garden.fill('acceptInvitation', WANTED, async () => ({
    json: { token: await tokenOf(await invited()), password: PASSWORD },
  }));
  for (const id of ['resendStaffInvitation', 'withdrawStaffInvitation'])
    await garden.fill(id, WANTED, async () => ({ path: { id: (await invited()).id } }));
  await garden.fill('reactivateStaff', WANTED, async () => {
    const { id } = await hired();
    await garden.do('deactivateStaff', { path: { id } });
    return { path: { id }, json: { roles: ['auditor'] } };
  });
  await garden.fill('signIn', WANTED, async () => ({ json: { email: (await hired()).email, password: PASSWORD } }), 6);
  await garden.fill('replacePassword', 3, async () => ({
    credentials: await signedIn(await hired()),
    json: { current: PASSWORD, new: 'another long password' },
  }));
  const started = async () => {
    const credentials = await signedIn(await hired());
    const { secret } = await garden.do('startSecondFactor', { credentials });
    return { credentials, code: () => new TOTP({ secret: Secret.fromBase32(secret) }).generate() };
  };
  await garden.fill('confirmSecondFactor', 4, async () => {
    const { credentials, code } = await started();
    return () => ({ credentials, json: { totp: code() } });
  });
  await garden.fill(
    'replaceRecoveryCodes',
    3,
    async () => {
      const { credentials, code } = await started();
      await garden.do('confirmSecondFactor', { credentials, json: { totp: code() } });
      return { credentials, json: { password: PASSWORD } };
    },
    5,
  );
  for (let missing = WANTED - stock.count('endSession'); missing > 0; missing -= 1) {
    const { credentials, session } = await spares.pair('auditor');
    stock.give('endSession', { credentials, path: { session } });
  }
  for (let missing = WANTED - stock.count('endStaffSession'); missing > 0; missing -= 1) {
    const { person, session } = await spares.pair('auditor');
    stock.give('endStaffSession', { path: { id: person, session } });
  }
}

/** @param {Garden} garden */
export async function growSignIns(garden) {
  const { stock } = garden;
  const { spares, wechatAccount, publicUrl } = garden.given;
  for (let missing = WANTED - stock.count('endMerchantSession'); missing > 0; missing -= 1) {
    const { credentials, session } = await spares.pair('merchant', (await garden.merchant()).id);
    stock.give('endMerchantSession', { credentials, path: { session } });
  }

  const link = async () => {
    const { credentials, person: id } = await spares.pair('merchant', (await garden.merchant()).id);
    const { body, headers } = await garden.call('requestWechatLink', { credentials, path: { id } });
    wechatAccount.person(garden.name());
    const { headers: answered } = await fetch(body.url, { redirect: 'manual' });
    const { code, state } = Object.fromEntries(new URL(String(answered.get('location'))).searchParams);
    const cookie = String(headers['set-cookie']).split(';', 1)[0] ?? '';
    return {
      credentials,
      path: { id },
      headers: /** @type {[string, string][]} */ ([['cookie', cookie]]),
      json: { code, state },
    };
  };
  await garden.fill('replaceMerchantWechat', WANTED, link);
  await garden.fill(
    'endMerchantWechat',
    WANTED,
    async () => {
      const { json, ...who } = await link();
      await garden.do('replaceMerchantWechat', { ...who, json });
      return { credentials: who.credentials, path: who.path };
    },
    4,
  );
  stock.items.delete('readShareSignature');
  stock.give('readShareSignature', { query: [['url', `${publicUrl}/portal/share`]] }, Infinity);

  // Codes are good for ten minutes.
  for (const id of ['signInMerchant', 'replaceMerchantContact']) stock.items.delete(id);
  /** @type {{ id: string, email: string, part: (code: string) => import('./garden.mjs').Part }[]} */
  const waiting = [];
  for (let made = 0; made < WANTED; made += 1) {
    const { email } = await garden.merchant();
    await garden.do('requestSignInCode', { json: { email } });
    waiting.push({ id: 'signInMerchant', email, part: (code) => ({ json: { email, code } }) });
    const other = await garden.merchant({ email: false });
    const first = await garden.do('signInMerchant', { json: { applicationToken: other.token } });
    const credentials = /** @type {[string, string][]} */ ([['authorization', `Bearer ${first.token}`]]);
    const own = { credentials, path: { id: other.id } };
    await garden.do('requestContactCode', { ...own, json: { email: other.email } });
    const part = (/** @type {string} */ code) => ({ ...own, json: { email: other.email, code } });
    waiting.push({ id: 'replaceMerchantContact', email: other.email, part });
  }
  for (const { id, email, part } of waiting) stock.give(id, part(await codeTo(garden, email)));
}

/** @param {Garden} garden @param {string} email */
const codeTo = (garden, email) => messageTo(garden, email, /(\d{6})/);

/** What the latest message to somebody has. @param {Garden} garden @param {string} email @param {RegExp} wanted */
const messageTo = (garden, email, wanted) =>
  garden.until(`a message to ${email}`, async () => {
    const { items } = await garden.do('readOutbox');
    const message = items.find((/** @type {any} */ { to }) => to === email);
    return wanted.exec(message?.text ?? '')?.[1];
  });
