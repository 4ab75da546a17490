import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LongestUnpaid1764230001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE account
        ADD COLUMN available_since DATETIME(6) NULL,
        ADD KEY ix_account_unpaid (asset, available_since, merchant_id)`);
    // Since the first entry after the balance was last zero.
    await runner.query(`
      UPDATE account a JOIN (
        SELECT e.owner, e.asset, MIN(j.posted_at) since
        FROM entry e JOIN journal j ON j.id = e.journal_id
        LEFT JOIN (
          SELECT owner, asset, MAX(seq) seq FROM entry WHERE account = 'available' AND balance_after = 0 GROUP BY owner, asset
        ) z ON z.owner = e.owner AND z.asset = e.asset
        WHERE e.account = 'available' AND e.seq > COALESCE(z.seq, 0) GROUP BY e.owner, e.asset
      ) s ON s.owner = a.merchant_id AND s.asset = a.asset
      SET a.available_since = s.since WHERE a.available > 0`);
    await runner.query('ALTER TABLE payout_batch ADD COLUMN waiting_count INT UNSIGNED NOT NULL DEFAULT 0');
    await runner.query(`
      ALTER TABLE payout_schedule_run
        ADD COLUMN number SMALLINT UNSIGNED NOT NULL DEFAULT 1 AFTER due_on,
        DROP PRIMARY KEY,
        ADD PRIMARY KEY (schedule_id, due_on, number)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM payout_schedule_run WHERE number > 1');
    await runner.query(
      'ALTER TABLE payout_schedule_run DROP PRIMARY KEY, ADD PRIMARY KEY (schedule_id, due_on), DROP COLUMN number',
    );
    await runner.query('ALTER TABLE payout_batch DROP COLUMN waiting_count');
    await runner.query('ALTER TABLE account DROP KEY ix_account_unpaid, DROP COLUMN available_since');
  }
}
