import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WechatPay1764000091000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payout ADD COLUMN confirmation VARCHAR(1024) NULL');
    await runner.query(`
      CREATE TABLE wechat_payee (
        merchant_id VARCHAR(40) NOT NULL,
        holder VARCHAR(70) NOT NULL,
        key_id VARCHAR(16) NOT NULL,
        sealed_openid VARCHAR(160) NOT NULL,
        openid_hash VARCHAR(64) NOT NULL,
        last_four VARCHAR(4) NOT NULL,
        recorded_by VARCHAR(40) NOT NULL,
        recorded_at DATETIME(6) NOT NULL,
        PRIMARY KEY (merchant_id)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE wechat_payee');
    await runner.query('ALTER TABLE payout DROP COLUMN confirmation');
  }
}
