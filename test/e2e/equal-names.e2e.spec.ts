import fc from 'fast-check';
import { newId } from '../../src/shared/ids.js';
import { createWorld, createStaff, PASSWORD, type World } from '../support/actors.js';
import type { Answer, HttpClient } from '../support/http-client.js';
import { dump, openShop, orderBody, addMerchant, type Shop } from '../support/shop.js';

let shop: Shop;
let world: World;
beforeAll(async () => {
  shop = await openShop();
  world = await createWorld(shop.testApp);
});
afterAll(() => shop.testApp.close());

const UNSEEN = [' ', '\t', '\n', '\0', '\u00a0', '\u2003', '\u3000', '\u200b', '\u0301', '\ufeff', '%20', '+'];

/** Spellings that a database or a person may take for the same. */
const respelt = (value: string): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc
        .tuple(fc.constantFrom(...UNSEEN), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: value.length }))
        .map(([what, times, at]) => value.slice(0, at) + what.repeat(times) + value.slice(at)),
      fc.constantFrom(...UNSEEN).map((what) => value + what),
      fc.nat(value.length - 1).map((at) => value.slice(0, at) + wide(value.charAt(at)) + value.slice(at + 1)),
      fc.constantFrom(value.toUpperCase(), value.toLowerCase()),
    )
    .filter((spelling) => spelling !== value);

function wide(letter: string): string {
  return String.fromCodePoint(letter.charCodeAt(0) + 0xfee0);
}

/** Things that exist, by what stands for them in paths; each with how it is read or changed. */
async function things(): Promise<Record<string, { client: HttpClient; value: string; calls: [string, string][] }>> {
  const { admin, sk } = world;
  const staff = await createStaff(shop.testApp, admin, ['auditor']);
  const merchant = await addMerchant(shop, 'one_of_a_kind');
  const order = orderBody({ orderId: 'Order-1.a' });
  await sk.post('/v1/orders', order);
  const form = { wechatId: 'waits_here', displayName: 'Li Wei', consent: true };
  const application = await world.pk.post('/v1/merchant-applications', form);
  const rule = await admin.post('/v1/price-rules', {
    kind: 'percent-off',
    rateBps: 100,
    scope: {},
    validFrom: '2026-01-01T00:00:00Z',
  });
  return {
    staff: {
      client: admin,
      value: (await staff.get('/v1/staff/sessions/current')).body.staff.id,
      calls: [
        ['GET', '/sessions'],
        ['DELETE', '/sessions'],
        ['POST', '/deactivate'],
      ],
    },
    storefronts: {
      client: admin,
      value: world.storefront.id,
      calls: [
        ['GET', ''],
        ['POST', '/keys'],
      ],
    },
    merchants: {
      client: admin,
      value: merchant.id,
      calls: [
        ['GET', ''],
        ['GET', '/balances'],
        ['GET', '/bank-accounts'],
        ['POST', '/reactivate'],
      ],
    },
    'merchant-applications': {
      client: world.reviewer,
      value: application.body.id,
      calls: [
        ['GET', ''],
        ['POST', '/approve'],
      ],
    },
    'price-rules': {
      client: admin,
      value: rule.body.id,
      calls: [
        ['GET', ''],
        ['POST', '/end'],
      ],
    },
    orders: {
      client: sk,
      value: order.orderId,
      calls: [
        ['GET', ''],
        ['POST', '/cancel'],
      ],
    },
  };
}

const send = (client: HttpClient, method: string, path: string): Promise<Answer> =>
  method === 'GET' ? client.get(path) : method === 'DELETE' ? client.delete(path) : client.post(path, {});

it('an id names one thing in one spelling: no other reads or changes it', async () => {
  const known = await things();
  const names = Object.keys(known);
  for (const name of names) {
    const { client, value, calls } = known[name]!;
    expect([name, (await client.get(`/v1/${name}/${value}${calls[0]![1]}`)).status]).toEqual([name, 200]);
  }
  const before = await dump(shop);
  const tries = fc.constantFrom(...names).chain((name) =>
    fc.record({
      name: fc.constant(name),
      call: fc.constantFrom(...known[name]!.calls),
      spelling: respelt(known[name]!.value),
    }),
  );
  await fc.assert(
    fc.asyncProperty(tries, async ({ name, call: [method, rest], spelling }) => {
      const path = `/v1/${name}/${encodeURIComponent(spelling)}${rest}`;
      const { status, body } = await send(known[name]!.client, method, path);
      const said = `${method} ${path}: ${String(status)} ${String(body?.code)}`;
      expect(said).toMatch(/: 40[04] /);
    }),
    { numRuns: 300 },
  );
  expect(await dump(shop)).toBe(before);
});

it('a session of staff is ended by its own id alone', async () => {
  const session = (await world.auditor.get('/v1/staff/sessions')).body.items[0].id as string;
  for (const spelling of [`${session} `, ` ${session}`, session.toUpperCase(), `${session}\u3000`])
    expect((await world.auditor.delete(`/v1/staff/sessions/${encodeURIComponent(spelling)}`)).status).toBe(404);
  expect((await world.auditor.get('/v1/staff/sessions/current')).status).toBe(200);
});

it('the spellings of an address are one account with one count of tries', async () => {
  const email = 'Padded@yinke.test';
  await createStaff(shop.testApp, world.admin, ['auditor'], email);
  const spellings = [
    email,
    `${email} `,
    `${email}   `,
    ` ${email}`,
    email.toUpperCase(),
    `${email}\t`,
    `${email}\u3000`,
  ];
  const attempt = (at: number, password: string) =>
    shop.testApp.http.post('/v1/staff/sessions', { email: spellings[at % spellings.length], password });
  for (let guess = 0; guess < 10; guess += 1) expect((await attempt(guess, `guess number ${guess}`)).status).toBe(401);
  for (let at = 0; at < spellings.length; at += 1)
    expect([spellings[at], (await attempt(at, PASSWORD)).status]).toEqual([spellings[at], 429]);
});

it('what only looks like a name in the database names nothing', async () => {
  const rows = await shop.db.query<{ found: number }[]>(
    'SELECT COUNT(*) AS found FROM staff WHERE email_key = ? OR id = ?',
    ['padded@yinke.test ', `${newId('staff')} `],
  );
  expect(rows).toEqual([{ found: '0' }]);
});
