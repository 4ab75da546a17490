// @ts-check
import { createHash } from 'node:crypto';

/** @typedef {import('./shard.mjs').Shard} Shard */
/** @typedef {{ id: string, code: string, shard: Shard }} Merchant */
/** @typedef {{ merchant: Merchant | null, shard: Shard, paid: number, refunded: number }} Bought */

const LIST_PRICE = 1_000;

/**
 * What stands before the shards, and all that knows of more than one. A merchant lives in the shard that their WeChat ID leads to, with
 * whatever is theirs; an order goes where its visit went; who comes for nobody goes where the order's number leads to.
 */
export class Front {
  /** Where a merchant's code leads to. @type {Map<string, Merchant>} */
  merchants = new Map();
  /** Where an order is, which its shop keeps. @type {Map<string, Bought>} */
  orders = new Map();

  /** @param {readonly Shard[]} shards */
  constructor(shards) {
    this.shards = shards;
  }

  /**
   * The shard of a name: the one whose mark together with it is the greatest. One shard more takes its share from each of the others, and nothing
   * else moves (rendezvous hashing, Thaler and Ravishankar 1998).
   * @param {string} name @returns {Shard}
   */
  shardOf(name) {
    /** @param {Shard} shard */
    const mark = (shard) => createHash('sha256').update(`${shard.name}\0${name}`).digest('hex');
    return this.shards.reduce((best, shard) => (mark(shard) > mark(best) ? shard : best));
  }

  /** @param {string} wechatId @returns {Promise<Merchant>} */
  async register(wechatId) {
    const shard = this.shardOf(wechatId);
    const merchant = { ...(await shard.addMerchant(wechatId)), shard };
    this.merchants.set(merchant.code, merchant);
    return merchant;
  }

  /**
   * A purchase from the visit to its completion; every tenth is sent back in part.
   * @param {string} orderId @param {string | null} code
   */
  async buy(orderId, code) {
    const merchant = (code !== null && this.merchants.get(code)) || null;
    const shard = merchant?.shard ?? this.shardOf(orderId);
    const { shop } = shard;
    const { visit } = await shop.post('/v1/visits', code === null ? {} : { merchantCode: code });
    const number = this.orders.size;
    const wanted = [1 + (number % 3), 1 + (number % 2)].map((quantity, place) => ({
      sku: `sku-${place}`,
      quantity,
      unitPrice: LIST_PRICE * (1 + (number % 7)),
    }));
    const { quote, lines, total } = await shop.post('/v1/quotes', { visit, currency: 'CNY', lines: wanted });
    const bought = { merchant, shard, paid: Number(total), refunded: 0 };
    this.orders.set(orderId, bought);
    const ordered = lines.map((/** @type {any} */ { sku, quantity, unitPrice, lineTotal }) => ({
      ...{ sku, quantity, unitPrice, lineTotal },
    }));
    await shop.post('/v1/orders', { orderId, currency: 'CNY', visit, quote, lines: ordered });
    await shop.post(`/v1/orders/${orderId}/complete`, { amountPaid: bought.paid });
    if (number % 10 !== 9) return;
    bought.refunded = LIST_PRICE;
    await shop.post(`/v1/orders/${orderId}/refunds`, { refundId: `${orderId}-r`, amount: bought.refunded });
  }

  /** What each merchant must have, worked out from what their shoppers paid: ten per cent of what they kept. @returns {Map<string, bigint>} */
  owed() {
    const owed = new Map([...this.merchants.values()].map(({ id }) => [id, 0n]));
    for (const { merchant, paid, refunded } of this.orders.values())
      if (merchant) owed.set(merchant.id, (owed.get(merchant.id) ?? 0n) + BigInt(paid - refunded) / 10n);
    return owed;
  }
}
