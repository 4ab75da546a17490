import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An order is edited until it is complete; what a revision replaced is kept. */
export class OrderRevisions1764295000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE shop_order ADD COLUMN revision INT NOT NULL DEFAULT 1');
    await runner.query(`
      CREATE TABLE order_revision (
        order_pk VARCHAR(40) NOT NULL,
        revision INT NOT NULL,
        content_hash VARCHAR(64) NOT NULL,
        order_lines MEDIUMTEXT NOT NULL,
        lines_total BIGINT NOT NULL,
        shipping BIGINT NOT NULL,
        tax BIGINT NOT NULL,
        shopper_ref VARCHAR(128) NULL,
        quote_id VARCHAR(40) NULL,
        placed_at DATETIME(6) NOT NULL,
        replaced_at DATETIME(6) NOT NULL,
        PRIMARY KEY (order_pk, revision)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE order_revision');
    await runner.query('ALTER TABLE shop_order DROP COLUMN revision');
  }
}
