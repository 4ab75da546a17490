import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What refunds take out of the volumes of tiers; of older orders it is not known which lines a volume counts. */
export class VolumeRefunds1764250001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reward_volume_order ADD COLUMN counted_lines MEDIUMTEXT NULL');
    await runner.query(`
      CREATE TABLE reward_volume_refund (
        event_id VARCHAR(40) NOT NULL,
        rule_id VARCHAR(40) NOT NULL,
        order_pk VARCHAR(40) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        month VARCHAR(7) NOT NULL,
        currency VARCHAR(3) NOT NULL,
        amount BIGINT NOT NULL,
        volume_before BIGINT NOT NULL,
        PRIMARY KEY (event_id, rule_id),
        INDEX ix_reward_volume_refund_order (order_pk, rule_id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reward_volume_refund');
    await runner.query('ALTER TABLE reward_volume_order DROP COLUMN counted_lines');
  }
}
