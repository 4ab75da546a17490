import { openTeaShop, type TeaShopWorld } from '../support/tea-shop.js';

/** What the tea shop's server holds to, whatever a page sends: it is the example that other shops copy. */
let tea: TeaShopWorld;
beforeAll(async () => {
  tea = await openTeaShop();
});
afterAll(() => tea.close());
beforeEach(() => tea.troubles.splice(0));

/** A shopper's browser, as far as the shop's server sees it. */
class Shopper {
  private cookie = '';

  async send(method: string, path: string, body?: object, origin: string | null = tea.origin): Promise<any> {
    const response = await fetch(`${tea.origin}/shop/api/${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.cookie && { cookie: this.cookie }),
        ...(origin && { origin }),
      },
      body: body ? JSON.stringify(body) : null,
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0]!;
    return { status: response.status, ...((await response.json()) as object) };
  }
}

async function visitOf(code: string): Promise<string> {
  const { body } = await tea.storefront.pk.post('/v1/visits', { url: `${tea.origin}/shop/?m=${code}` });
  return body.visit;
}

const LONGJING = { sku: 'TEA-LONGJING', quantity: 1 };

it('asks Yinke with the list prices of its own catalogue, whatever prices the page sends', async () => {
  const visit = await visitOf(tea.seller.code);
  const cheap = { ...LONGJING, unitPrice: 1, listPrice: 1, listUnitPrice: 1, lineTotal: 1 };
  const quote = await new Shopper().send('POST', 'quote', { visit, lines: [cheap] });
  expect(quote.lines).toMatchObject([{ listUnitPrice: 16_800, unitPrice: 15_120, lineTotal: 15_120 }]);
});

it('sells at the total that the server works out, and asks again when the shopper saw another one', async () => {
  const shopper = new Shopper();
  const visit = await visitOf(tea.seller.code);
  const before = tea.shop.orders.size;
  const cheap = await shopper.send('POST', 'orders', { press: 'p-1', visit, lines: [LONGJING], total: 1 });
  expect(cheap).toMatchObject({ status: 409, code: 'price.changed', total: 15_120 });
  expect(tea.shop.orders.size).toBe(before);

  const placed = await shopper.send('POST', 'orders', { press: 'p-1', visit, lines: [LONGJING], total: 15_120 });
  expect(placed).toMatchObject({ status: 200, state: 'placed', total: 15_120 });
  await shopper.send('POST', `orders/${placed.orderId}/payment`, { amountPaid: 1 });
  const { body } = await tea.storefront.sk.get(`/v1/orders/${placed.orderId}`);
  expect(body).toMatchObject({ state: 'completed', amountPaid: 15_120, attribution: { via: 'code' } });
});

it('makes one order of a press that is sent five times at once, and one refund', async () => {
  const shopper = new Shopper();
  await shopper.send('GET', 'shop');
  const before = tea.shop.orders.size;
  const wish = { press: 'five', visit: null, lines: [{ ...LONGJING, quantity: 2 }], total: 33_600 };
  const placed = await Promise.all(Array.from({ length: 5 }, () => shopper.send('POST', 'orders', wish)));
  expect(new Set(placed.map(({ orderId }) => orderId)).size).toBe(1);
  expect(tea.shop.orders.size).toBe(before + 1);

  const path = `orders/${placed[0].orderId}`;
  await Promise.all(Array.from({ length: 5 }, () => shopper.send('POST', `${path}/payment`, {})));
  const giveBack = { press: 'after-0', lines: [LONGJING] };
  await Promise.all(Array.from({ length: 5 }, () => shopper.send('POST', `${path}/refunds`, giveBack)));
  expect(await shopper.send('GET', path)).toMatchObject({ state: 'completed', refunded: 16_800 });
  const { body } = await tea.storefront.sk.get(`/v1/${path}`);
  expect(body.refunds).toMatchObject([{ amount: 16_800 }]);
  expect(tea.troubles).toEqual([]);
});

it('gives back no more pieces than were bought, and nothing that was not paid', async () => {
  const shopper = new Shopper();
  const wish = { press: 'p', visit: null, lines: [LONGJING], total: 16_800 };
  const { orderId } = await shopper.send('POST', 'orders', wish);
  const giveBack = (press: string, quantity: number) =>
    shopper.send('POST', `orders/${orderId}/refunds`, { press, lines: [{ ...LONGJING, quantity }] });
  expect(await giveBack('a', 1)).toMatchObject({ status: 409, code: 'order.not-paid' });
  await shopper.send('POST', `orders/${orderId}/payment`, {});
  expect(await giveBack('b', 2)).toMatchObject({ status: 409, code: 'refund.too-many' });
  expect(await giveBack('c', 1)).toMatchObject({ status: 200, refunded: 16_800 });
  expect(await giveBack('d', 1)).toMatchObject({ status: 409, code: 'refund.too-many' });
});

it('shows an order to nobody but its shopper, and takes changes from its own pages only', async () => {
  const shopper = new Shopper();
  const wish = { press: 'mine', visit: null, lines: [LONGJING], total: 16_800 };
  const { orderId } = await shopper.send('POST', 'orders', wish);
  expect(await new Shopper().send('GET', `orders/${orderId}`)).toMatchObject({ status: 404, code: 'order.not-found' });
  expect(await new Shopper().send('POST', `orders/${orderId}/payment`, {})).toMatchObject({ status: 404 });
  for (const origin of [null, 'https://elsewhere.example'])
    expect(await shopper.send('POST', `orders/${orderId}/payment`, {}, origin)).toMatchObject({
      status: 403,
      code: 'origin.refused',
    });
});

it.each([
  ['no pieces', []],
  ['half a piece', [{ sku: 'TEA-LONGJING', quantity: 0.5 }]],
  ['fewer than none', [{ sku: 'TEA-LONGJING', quantity: -1 }]],
  ['the same product twice', [LONGJING, LONGJING]],
  ['what it does not sell', [{ sku: 'TEA-OF-OTHERS', quantity: 1 }]],
  ['no list', { sku: 'TEA-LONGJING', quantity: 1 }],
])('does not sell %s', async (_name, lines) => {
  expect(await new Shopper().send('POST', 'quote', { visit: null, lines })).toMatchObject({
    status: 422,
    code: 'basket.invalid',
  });
});

it('goes on at list prices while Yinke is away, and tells it afterwards whom the reward is for', async () => {
  const shopper = new Shopper();
  const visit = await visitOf(tea.seller.code);
  const { url } = tea.yinke.access;
  tea.yinke.access.url = 'http://127.0.0.1:9';
  const wish = { press: 'away', visit, lines: [LONGJING], total: 16_800 };
  const { orderId } = await shopper.send('POST', 'orders', wish);
  expect(await shopper.send('POST', `orders/${orderId}/payment`, {})).toMatchObject({ state: 'completed' });
  expect(await shopper.send('GET', `orders/${orderId}`)).toMatchObject({ rewards: null });
  expect(tea.troubles.length).toBeGreaterThan(0);

  tea.yinke.access.url = url;
  await tea.shop.outbox.tell(orderId);
  const { body } = await tea.storefront.sk.get(`/v1/orders/${orderId}`);
  expect(body).toMatchObject({ state: 'completed', amountPaid: 16_800, attribution: { via: 'code' } });
});

it('sells at list prices to whoever brings a token that Yinke does not take', async () => {
  const quote = await new Shopper().send('POST', 'quote', { visit: 'forged', lines: [LONGJING] });
  expect(quote).toMatchObject({ attributed: false, total: 16_800 });
});

it('tells its page neither the secret key nor a whole token', async () => {
  const shopper = new Shopper();
  const visit = await visitOf(tea.seller.code);
  const answers = JSON.stringify([
    await shopper.send('GET', 'shop'),
    await shopper.send('POST', 'quote', { visit, lines: [LONGJING] }),
  ]);
  expect(answers).toContain('/v1/quotes');
  expect(answers).not.toContain(tea.storefront.secretKey);
  expect(answers).not.toContain(visit);
});

describe('the door of the demo', () => {
  const enter = (person: string) =>
    fetch(`${tea.origin}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: tea.origin },
      body: new URLSearchParams({ person, language: 'en' }),
    });

  it('signs a merchant in by the code that went to the outbox, as often as somebody comes', async () => {
    for (let times = 1; times <= 7; times += 1) {
      const answer = await enter(tea.seller.id);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${tea.app.baseUrl}/portal/?lang=en`]);
      const [cookie = ''] = answer.headers.getSetCookie();
      expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
      const headers = { cookie: cookie.split(';')[0]! };
      const session = await fetch(`${tea.app.baseUrl}/v1/merchants/sessions/current`, { headers });
      expect(await session.json()).toMatchObject({ merchant: { displayName: '李薇' } });
    }
  });

  it('knows nobody but its people', async () => {
    expect((await enter('somebody')).status).toBe(404);
  });
});
