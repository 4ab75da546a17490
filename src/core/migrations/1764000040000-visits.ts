import { Tables } from './tables.js';

/** Visits and the code each came with, a part for each month: ids begin with their moment. */
export class Visits1764000040000 extends Tables {
  readonly tables = {
    visit: `
      id VARCHAR(40) NOT NULL,
      storefront_id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NULL,
      via VARCHAR(16) NULL,
      code_status VARCHAR(16) NOT NULL,
      code_given VARCHAR(64) NULL,
      shopper_ref VARCHAR(128) NULL,
      referrer_url VARCHAR(512) NULL,
      answers INT NOT NULL,
      answered_at DATETIME(6) NULL,
      memory MEDIUMTEXT NULL,
      created_at DATETIME(6) NOT NULL,
      changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
      PRIMARY KEY (id),
      KEY ix_visit_storefront (storefront_id, created_at, id, merchant_id, via),
      KEY ix_visit_changed (changed_at, storefront_id, created_at),
      KEY ix_visit_merchant (merchant_id, created_at, id)`,
    visit_retention: `
      id TINYINT NOT NULL,
      deleted_until DATETIME(6) NOT NULL,
      PRIMARY KEY (id)`,
  };

  // The sweep of visits makes the months that come.
  override readonly partitions = {
    visit: `PARTITION BY RANGE COLUMNS (id) (PARTITION later VALUES LESS THAN (MAXVALUE))`,
  };
}
