// @ts-check
import { randomBytes } from 'node:crypto';
import { Outbox, Refused } from './yinke.mjs';

/** @typedef {import('./catalogue.mjs').Product} Product */
/** @typedef {import('./yinke.mjs').Yinke} Yinke */

/** The shop says no; the page has words for each code. */
export class ShopError extends Error {
  /** @param {number} status @param {string} code @param {string} detail @param {object} [more] */
  constructor(status, code, detail, more = {}) {
    super(detail);
    this.status = status;
    this.body = { code, detail, ...more };
  }
}

/** @typedef {{ sku: string, quantity: number }} Wish what a page may say about a line: no price among it */
/** @typedef {{ sku: string, category: string | null, quantity: number, unitPrice: number, lineTotal: number }} Line */

/**
 * @typedef {object} Order
 * @property {string} orderId
 * @property {string} shopper the session that it belongs to
 * @property {'placed' | 'completed'} state
 * @property {Line[]} lines
 * @property {number} total what the shopper pays
 * @property {{ refundId: string, amount: number, lines: { sku: string, amount: number }[] }[]} refunds
 * @property {Map<string, number>} returned pieces by sku
 */

const MOST_PIECES = 20;

/**
 * The tea shop: what its server decides. Prices come from its catalogue, the discount from Yinke, order ids and amounts
 * from here; the page only says which pieces it wants and which visit token it has.
 */
export class TeaShop {
  /**
   * @param {object} given
   * @param {Yinke} given.yinke
   * @param {string} given.currency
   * @param {readonly Product[]} given.products
   * @param {(error: unknown) => void} [given.onError] hears what went wrong with Yinke; the shop goes on
   */
  constructor({ yinke, currency, products, onError = () => {} }) {
    this.currency = currency;
    this.products = new Map(products.map((product) => [product.sku, product]));
    this.onError = onError;
    this.outbox = new Outbox(yinke, onError);
    /** @type {Map<string, Order>} A real shop has a database. */
    this.orders = new Map();
    /** @type {Map<string, Promise<Order>>} what a press of a button has done, so that it is done once */
    this.presses = new Map();
  }

  /**
   * What the pieces cost this shopper. The list price of each line is the catalogue's. It is what they pay while Yinke is
   * away, and with a token that Yinke does not take any more.
   * @param {Yinke} yinke
   * @param {{ visit?: unknown, lines: unknown }} asked
   */
  async quote(yinke, asked) {
    const lines = this.#atListPrices(asked.lines);
    const visit = typeof asked.visit === 'string' ? asked.visit : null;
    try {
      const quoted = await yinke.post('/v1/quotes', { visit, currency: this.currency, lines });
      return { ...quoted, visit };
    } catch (error) {
      this.onError(error);
      const total = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0);
      return {
        quote: null,
        visit: error instanceof Refused ? null : visit,
        attributed: false,
        lines: lines.map((line) => ({
          ...line,
          listUnitPrice: line.unitPrice,
          lineTotal: line.unitPrice * line.quantity,
        })),
        listTotal: total,
        discountTotal: 0,
        total,
      };
    }
  }

  /**
   * Places an order at the price of this moment. The shopper saw a total; when it is another one now, they are asked
   * again. The same press of the button is one order, however often it is sent.
   * @param {Yinke} yinke
   * @param {string} shopper
   * @param {{ press: unknown, visit?: unknown, lines: unknown, total: unknown }} asked
   */
  async order(yinke, shopper, asked) {
    return this.#once(`${shopper} order`, asked.press, async () => {
      const quoted = await this.quote(yinke, asked);
      if (quoted.total !== asked.total) {
        throw new ShopError(409, 'price.changed', 'The total is another one now.', { total: quoted.total });
      }
      const order = this.#keep(shopper, quoted);
      this.outbox.add(order.orderId, '/v1/orders', {
        orderId: order.orderId,
        visit: quoted.visit,
        quote: quoted.quote,
        currency: this.currency,
        lines: order.lines,
        placedAt: new Date().toISOString(),
      });
      await this.outbox.tell(order.orderId, yinke);
      return order;
    });
  }

  /**
   * The shopper has paid. (In a real shop the payment provider says so, to the server.) What Yinke hears as paid is the
   * server's own total.
   * @param {Yinke} yinke @param {string} shopper @param {string} orderId
   */
  async pay(yinke, shopper, orderId) {
    const order = this.find(shopper, orderId);
    if (order.state === 'placed') {
      order.state = 'completed';
      this.outbox.add(orderId, `/v1/orders/${encodeURIComponent(orderId)}/complete`, {
        amountPaid: order.total,
        completedAt: new Date().toISOString(),
      });
    }
    await this.outbox.tell(orderId, yinke);
    return order;
  }

  /**
   * Takes pieces back and returns what was paid for them.
   * @param {Yinke} yinke @param {string} shopper @param {string} orderId
   * @param {{ press: unknown, lines: unknown }} asked
   */
  async refund(yinke, shopper, orderId, { press, lines: wishes }) {
    const order = this.find(shopper, orderId);
    return this.#once(`${shopper} refund ${orderId}`, press, async () => {
      if (order.state !== 'completed') throw new ShopError(409, 'order.not-paid', 'The order has not been paid.');
      const lines = this.#wishes(wishes).map(({ sku, quantity }) => {
        const line = order.lines.find((one) => one.sku === sku);
        const left = (line?.quantity ?? 0) - (order.returned.get(sku) ?? 0);
        if (!line || quantity > left) throw new ShopError(409, 'refund.too-many', `Of ${sku} ${left} are left.`);
        return { sku, quantity, amount: line.unitPrice * quantity };
      });
      for (const { sku, quantity } of lines) order.returned.set(sku, (order.returned.get(sku) ?? 0) + quantity);
      const refund = {
        refundId: `${orderId}-R${order.refunds.length + 1}`,
        amount: lines.reduce((sum, { amount }) => sum + amount, 0),
        lines: lines.map(({ sku, amount }) => ({ sku, amount })),
      };
      order.refunds.push(refund);
      this.outbox.add(orderId, `/v1/orders/${encodeURIComponent(orderId)}/refunds`, {
        ...refund,
        refundedAt: new Date().toISOString(),
      });
      await this.outbox.tell(orderId, yinke);
      return order;
    });
  }

  /** An order, if it is this shopper's. @param {string} shopper @param {string} orderId */
  find(shopper, orderId) {
    const order = this.orders.get(orderId);
    if (order?.shopper !== shopper) throw new ShopError(404, 'order.not-found', 'There is no such order.');
    return order;
  }

  /**
   * What the merchant gets for an order. No shopper sees this in a real shop; here it shows what happens behind it.
   * @param {Yinke} yinke @param {Order} order
   */
  async rewards(yinke, { orderId }) {
    if (!this.outbox.isTold(orderId)) return null;
    const { rewards, noReward, events } = await yinke.get(`/v1/orders/${encodeURIComponent(orderId)}`);
    return {
      settled: events.every((/** @type {any} */ { state }) => state === 'posted'),
      noReward,
      items: rewards.map((/** @type {any} */ { id, asset, state, granted, voided, clawedBack, matureAt, words }) => {
        return { id, asset, state, granted, takenBack: voided + clawedBack, matureAt, words };
      }),
    };
  }

  stop() {
    this.outbox.stop();
  }

  /** @param {unknown} wishes */
  #atListPrices(wishes) {
    return this.#wishes(wishes).map(({ sku, quantity }) => {
      const product = this.products.get(sku);
      if (!product) throw new ShopError(422, 'basket.invalid', `There is no product ${sku}.`);
      return { sku, category: product.category, quantity, unitPrice: product.listPrice };
    });
  }

  /** Takes from the page what it may say, and nothing else. @param {unknown} wishes @returns {Wish[]} */
  #wishes(wishes) {
    const lines = Array.isArray(wishes) ? wishes : [];
    const skus = new Set(lines.map((line) => line?.sku));
    const valid = (/** @type {any} */ line) =>
      typeof line?.sku === 'string' &&
      Number.isInteger(line.quantity) &&
      line.quantity > 0 &&
      line.quantity <= MOST_PIECES;
    if (lines.length === 0 || skus.size < lines.length || !lines.every(valid)) {
      throw new ShopError(422, 'basket.invalid', `lines: sku once each, quantity 1 to ${MOST_PIECES}`);
    }
    return lines.map(({ sku, quantity }) => ({ sku, quantity }));
  }

  /** @param {string} shopper @param {{ lines: Line[], total: number }} quoted */
  #keep(shopper, { lines, total }) {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    /** @type {Order} */
    const order = {
      orderId: `TEA-${day}-${randomBytes(4).toString('hex').toUpperCase()}`,
      shopper,
      state: 'placed',
      lines: lines.map(({ sku, category, quantity, unitPrice, lineTotal }) => {
        return { sku, category, quantity, unitPrice, lineTotal };
      }),
      total,
      refunds: [],
      returned: new Map(),
    };
    this.orders.set(order.orderId, order);
    return order;
  }

  /**
   * @param {string} button which one, and whose
   * @param {unknown} press an id that the page made for this press of it
   * @param {() => Promise<Order>} work
   */
  #once(button, press, work) {
    if (typeof press !== 'string' || press.length > 64) throw new ShopError(422, 'press.invalid', 'press: an id');
    const key = `${button} ${press}`;
    const done = this.presses.get(key) ?? work();
    this.presses.set(key, done);
    done.catch(() => this.presses.delete(key)); // it may be tried again
    return done;
  }
}
