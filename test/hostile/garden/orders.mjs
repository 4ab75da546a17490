// @ts-check
/** Orders in every state, visits that ask who brought the shopper, events that were set aside, and what is asked of times that have been. */

/** @typedef {import('./garden.mjs').Garden} Garden */

const LINES = [{ sku: 'tea-250', category: 'drinks', quantity: 2, unitPrice: 4950, lineTotal: 9900 }];
const ASKED = LINES.map(({ sku, category, quantity, unitPrice }) => ({ sku, category, quantity, unitPrice }));
/** Says which events a gardener set aside: the worker does so only with what cannot be posted. */
export const SET_ASIDE = 'Set aside by a gardener.';
const WANTED = 8;

/** @param {Garden} garden */
export async function growOrders(garden) {
  const { currency, stock } = garden;
  const order = (/** @type {string} */ orderId) => ({ orderId, currency, lines: LINES, shopperRef: `of-${orderId}` });
  const placed = async () => {
    const orderId = garden.name();
    await garden.do('placeOrder', { json: order(orderId) });
    return orderId;
  };
  const completed = async () => {
    const orderId = await placed();
    await garden.do('completeOrder', { path: { orderId }, json: { amountPaid: 9900 } });
    return orderId;
  };
  await garden.fill('completeOrder', WANTED, async () => ({
    path: { orderId: await placed() },
    json: { amountPaid: 9900 },
  }));
  await garden.fill('cancelOrder', WANTED, async () => ({ path: { orderId: await placed() } }));
  await garden.fill('updateOrder', WANTED, async () => {
    const { orderId, ...edited } = order(await placed());
    return { path: { orderId }, json: { ...edited, revision: 2 } };
  });
  await garden.fill(
    'refundOrder',
    WANTED,
    async () => {
      const orderId = await completed();
      return ({ name }) => ({ path: { orderId }, json: { refundId: name, amount: 10 } });
    },
    4,
  );

  const open = (/** @type {string | undefined} */ code) =>
    garden.do('openVisit', {
      caller: 'publishable key',
      json: { url: `${garden.given.homeUrl}${code ? `?m=${code}` : ''}`, shopperRef: garden.name() },
    });
  const merchant = garden.kept.get('brings') ?? (await garden.merchant());
  garden.kept.set('brings', merchant);
  await garden.fill('answerReferrer', WANTED, async () => {
    const { id, visit } = await open(undefined);
    return { path: { id }, json: { visit, brought: false } };
  });

  const known = await open(merchant.code);
  if (stock.count('readOrder') === 0) stock.give('readOrder', { path: { orderId: await placed() } }, Infinity);
  stock.items.delete('placeOrder');
  stock.items.delete('quoteBasket');
  stock.give(
    'placeOrder',
    ({ name, chance }) => ({
      json: { ...order(name), ...(chance.happens(0.5) && { visit: known.visit }) },
    }),
    Infinity,
  );
  stock.give(
    'quoteBasket',
    {
      json: { currency, visit: known.visit, lines: ASKED },
    },
    Infinity,
  );
  if (stock.count('importOrders') > 0) return;
  stock.give(
    'importOrders',
    ({ name }) => {
      const lines = [1, 2].map((n) => JSON.stringify({ order: order(`${name}-${n}`), complete: { amountPaid: 9900 } }));
      return { headers: [['content-type', 'application/x-ndjson']], body: `${lines.join('\n')}\n` };
    },
    Infinity,
  );
  const day = (/** @type {number} */ days) => new Date(Date.now() + days * 86_400_000).toISOString();
  const span = /** @type {[string, string][]} */ ([
    ['from', day(-2)],
    ['to', day(1)],
  ]);
  for (const id of ['exportJournals', 'readJournalTotals']) stock.give(id, { query: span }, Infinity);
  const rules = [{ posting: 'direct', grants: [{ asset: currency, kind: 'percent', rateBps: 1000 }], scope: {} }];
  stock.give('simulateRewardRules', { json: { rules, from: day(-3), to: day(-1) } }, Infinity);
}

/** Once the worker is away, who would post them. @param {Garden} garden */
export async function setEventsAside(garden) {
  const set = async (/** @type {number} */ count) => {
    const orders = [];
    for (let made = 0; made < count; made += 1) {
      const orderId = garden.name();
      await garden.do('placeOrder', {
        json: { orderId, currency: garden.currency, lines: LINES, shopperRef: `of-${orderId}` },
      });
      await garden.do('completeOrder', { path: { orderId }, json: { amountPaid: 9900 } });
      orders.push(orderId);
    }
    if (orders.length === 0) return [];
    const events = await garden.sql(
      `SELECT e.id FROM order_event e JOIN shop_order o ON o.id = e.order_pk WHERE o.order_id IN (?) AND e.state = 'waiting'`,
      [orders],
    );
    const ids = events.map(({ id }) => String(id));
    await garden.sql(`UPDATE order_event SET state = 'parked', attempts = 1, error = ? WHERE id IN (?)`, [
      SET_ASIDE,
      ids,
    ]);
    return ids;
  };
  const ids = ['requeueOrderEvent', 'askEventDismissal', 'approveEventDismissal', 'rejectEventDismissal'];
  for (const id of ids) {
    for (const event of await set(WANTED - garden.stock.count(id))) {
      const json = { reason: 'A test order of the shop.' };
      if (id.endsWith('EventDismissal') && id !== 'askEventDismissal')
        await garden.do('askEventDismissal', { path: { id: event }, json });
      garden.stock.give(id, { path: { id: event }, ...(id === 'askEventDismissal' && { json }) });
    }
  }
}
