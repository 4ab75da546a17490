import type { MigrationInterface, QueryRunner } from 'typeorm';
import { newCheckedCode } from '../../shared/checked-code.js';
import { newId } from '../../shared/ids.js';

export class Coupons1764110002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE coupon_template (
        name VARCHAR(56) NOT NULL,
        title VARCHAR(200) NULL,
        storefront_id VARCHAR(40) NULL,
        currency VARCHAR(3) NOT NULL,
        kind VARCHAR(16) NOT NULL,
        amount BIGINT NULL,
        rate_bps INT NULL,
        max_amount BIGINT NULL,
        minimum_spend BIGINT NULL,
        categories MEDIUMTEXT NOT NULL,
        excluded_categories MEDIUMTEXT NOT NULL,
        valid_days INT NULL,
        created_at DATETIME(6) NOT NULL,
        ended_at DATETIME(6) NULL,
        PRIMARY KEY (name)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    // A reservation has all of its columns or none.
    await runner.query(`
      CREATE TABLE coupon (
        id VARCHAR(40) NOT NULL,
        code VARCHAR(22) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        template VARCHAR(56) NOT NULL,
        reward_id VARCHAR(40) NULL,
        state VARCHAR(10) NOT NULL,
        issued_at DATETIME(6) NOT NULL,
        expires_at DATETIME(6) NULL,
        storefront_id VARCHAR(40) NULL,
        order_id VARCHAR(64) NULL,
        order_hash VARCHAR(64) NULL,
        discount BIGINT NULL,
        reserved_until DATETIME(6) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_coupon_code (code),
        KEY ix_coupon_merchant (merchant_id, template, state),
        KEY ix_coupon_expiry (state, expires_at),
        KEY ix_coupon_reservation (state, reserved_until),
        KEY ix_coupon_reward (reward_id),
        CONSTRAINT ck_coupon_order CHECK (state <> 'reserved' OR (storefront_id IS NOT NULL AND order_id IS NOT NULL
          AND order_hash IS NOT NULL AND discount IS NOT NULL AND reserved_until IS NOT NULL))
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE coupon_move (
        journal_id VARCHAR(40) NOT NULL,
        coupon_id VARCHAR(40) NOT NULL,
        source VARCHAR(10) NOT NULL,
        target VARCHAR(10) NOT NULL,
        PRIMARY KEY (journal_id, coupon_id),
        KEY ix_coupon_move_coupon (coupon_id, journal_id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    const counted = (await runner.query(
      "SELECT merchant_id, asset, available FROM account WHERE asset LIKE 'COUPON:%' AND available > 0",
    )) as { merchant_id: string; asset: string; available: string }[];
    // Coupons that were only counted get their codes.
    for (const { merchant_id, asset, available } of counted)
      for (let left = BigInt(available); left > 0n; left -= 1n)
        await runner.query(
          `INSERT INTO coupon (id, code, merchant_id, template, state, issued_at) VALUES (?, ?, ?, ?, 'issued', NOW(6))`,
          [newId('coupon'), newCheckedCode(22), merchant_id, asset.slice('COUPON:'.length)],
        );
    await runner.query("INSERT INTO coupon_move SELECT 'opening', id, 'new', 'issued' FROM coupon");
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['coupon_move', 'coupon', 'coupon_template']) await runner.query(`DROP TABLE ${table}`);
  }
}
