import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes by which statements, lists of rewards and the use of points read what is asked, and not a merchant's whole life. */
export class ReadsByWhatIsAsked1764280001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entry ADD INDEX ix_entry_account (owner, asset, account, seq)');
    await runner.query(
      'ALTER TABLE reward ADD INDEX ix_reward_state (state, id), ADD INDEX ix_reward_merchant_state (merchant_id, state, id)',
    );
    await runner.query(
      'ALTER TABLE points_lot DROP INDEX ix_points_lot_open, ADD INDEX ix_points_lot_open (merchant_id, state, expires_at, id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE points_lot DROP INDEX ix_points_lot_open, ADD INDEX ix_points_lot_open (merchant_id, state)',
    );
    await runner.query('ALTER TABLE reward DROP INDEX ix_reward_state, DROP INDEX ix_reward_merchant_state');
    await runner.query('ALTER TABLE entry DROP INDEX ix_entry_account');
  }
}
