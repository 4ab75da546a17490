import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Detection1764000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const table = 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
    await runner.query(`
      CREATE TABLE visit (
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
        created_at DATETIME(6) NOT NULL,
        PRIMARY KEY (id)
      ) ${table}`);
    await runner.query(`
      CREATE TABLE shop_order (
        id VARCHAR(40) NOT NULL,
        storefront_id VARCHAR(40) NOT NULL,
        order_id VARCHAR(64) NOT NULL,
        state VARCHAR(16) NOT NULL,
        content_hash VARCHAR(64) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        order_lines MEDIUMTEXT NOT NULL,
        lines_total BIGINT NOT NULL,
        shipping BIGINT NOT NULL,
        tax BIGINT NOT NULL,
        shopper_ref VARCHAR(128) NULL,
        visit_id VARCHAR(40) NULL,
        quote_id VARCHAR(40) NULL,
        merchant_id VARCHAR(40) NULL,
        attribution MEDIUMTEXT NULL,
        placed_at DATETIME(6) NOT NULL,
        created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        amount_paid BIGINT NULL,
        completed_at DATETIME(6) NULL,
        completion_hash VARCHAR(64) NULL,
        merchant_state VARCHAR(16) NULL,
        merchant_group VARCHAR(128) NULL,
        merchant_wechat_id VARCHAR(64) NULL,
        cancelled_at DATETIME(6) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_shop_order_order_id (storefront_id, order_id)
      ) ${table}`);
    await runner.query(`
      CREATE TABLE refund (
        id VARCHAR(40) NOT NULL,
        storefront_id VARCHAR(40) NOT NULL,
        refund_id VARCHAR(64) NOT NULL,
        order_pk VARCHAR(40) NOT NULL,
        amount BIGINT NOT NULL,
        refund_lines MEDIUMTEXT NULL,
        refunded_at DATETIME(6) NOT NULL,
        content_hash VARCHAR(64) NOT NULL,
        created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        PRIMARY KEY (id),
        UNIQUE KEY uq_refund_refund_id (storefront_id, refund_id),
        KEY ix_refund_order_pk (order_pk)
      ) ${table}`);
    // refund_pk is '' for a completion: a NULL would not be part of the natural key.
    await runner.query(`
      CREATE TABLE order_event (
        id VARCHAR(40) NOT NULL,
        order_pk VARCHAR(40) NOT NULL,
        type VARCHAR(32) NOT NULL,
        refund_pk VARCHAR(40) NOT NULL,
        state VARCHAR(16) NOT NULL,
        outcome VARCHAR(16) NULL,
        reason VARCHAR(500) NULL,
        journal_id VARCHAR(40) NULL,
        payload_hash VARCHAR(64) NOT NULL,
        attempts INT NOT NULL,
        error VARCHAR(1000) NULL,
        created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        posted_at DATETIME(6) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY uq_order_event_natural (order_pk, type, refund_pk),
        KEY ix_order_event_state (state, created_at, id)
      ) ${table}`);
    await runner.query(`
      CREATE TABLE order_event_conflict (
        id VARCHAR(40) NOT NULL,
        storefront_id VARCHAR(40) NOT NULL,
        order_id VARCHAR(64) NOT NULL,
        type VARCHAR(32) NOT NULL,
        refund_id VARCHAR(64) NOT NULL,
        known_hash VARCHAR(64) NOT NULL,
        other_hash VARCHAR(64) NOT NULL,
        key_id VARCHAR(40) NOT NULL,
        times_seen INT NOT NULL,
        first_seen_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        last_seen_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
        PRIMARY KEY (id),
        UNIQUE KEY uq_order_event_conflict (storefront_id, order_id, type, refund_id, other_hash)
      ) ${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['order_event_conflict', 'order_event', 'refund', 'shop_order', 'visit'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
