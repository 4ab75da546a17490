import { Tables } from './tables.js';

/** What is counted and summed up by day. `merchant_id` is '' without one: a NULL would not be part of the key. */
export class Figures1764000115000 extends Tables {
  readonly tables = {
    count_mark: `
      id TINYINT NOT NULL,
      counted_until DATETIME(6) NOT NULL,
      PRIMARY KEY (id)`,
    counted_day: `
      storefront_id VARCHAR(40) NOT NULL,
      day VARCHAR(10) NOT NULL,
      time_zone VARCHAR(64) NOT NULL,
      starts_at DATETIME(6) NOT NULL,
      ends_at DATETIME(6) NOT NULL,
      counted_at DATETIME(6) NOT NULL,
      PRIMARY KEY (storefront_id, day)`,
    day_figure: `
      day VARCHAR(10) NOT NULL,
      storefront_id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      visits INT NOT NULL DEFAULT 0,
      placed INT NOT NULL DEFAULT 0,
      cancelled INT NOT NULL DEFAULT 0,
      completed INT NOT NULL DEFAULT 0,
      sales BIGINT NOT NULL DEFAULT 0,
      merchandise BIGINT NOT NULL DEFAULT 0,
      refunded INT NOT NULL DEFAULT 0,
      refunds BIGINT NOT NULL DEFAULT 0,
      PRIMARY KEY (day, storefront_id, merchant_id),
      KEY ix_day_figure_merchant (merchant_id, day),
      KEY ix_day_figure_storefront (storefront_id, day)`,
    day_product: `
      day VARCHAR(10) NOT NULL,
      storefront_id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      sku VARCHAR(128) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      orders INT NOT NULL,
      units BIGINT NOT NULL,
      sales BIGINT NOT NULL,
      PRIMARY KEY (day, storefront_id, merchant_id, sku),
      KEY ix_day_product_storefront (storefront_id, day),
      KEY ix_day_product_merchant (merchant_id, day)`,
    day_reward_cost: `
      day VARCHAR(10) NOT NULL,
      storefront_id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      currency VARCHAR(3) NOT NULL,
      granted BIGINT NOT NULL,
      taken_back BIGINT NOT NULL,
      PRIMARY KEY (day, storefront_id, merchant_id, asset),
      KEY ix_day_reward_cost_merchant (merchant_id, day),
      KEY ix_day_reward_cost_storefront (storefront_id, day)`,
    day_to_count: `
      storefront_id VARCHAR(40) NOT NULL,
      day VARCHAR(10) NOT NULL,
      PRIMARY KEY (storefront_id, day)`,
  };
}
