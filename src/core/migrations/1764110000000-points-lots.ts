import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PointsLots1764110000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The checks are invariant 13 once more, where no code can forget it.
    await runner.query(`
      CREATE TABLE points_lot (
        id VARCHAR(40) NOT NULL,
        merchant_id VARCHAR(40) NOT NULL,
        journal_id VARCHAR(40) NOT NULL,
        reward_id VARCHAR(40) NULL,
        issued BIGINT NOT NULL,
        remaining BIGINT NOT NULL,
        redeemed BIGINT NOT NULL,
        expired BIGINT NOT NULL,
        taken_back BIGINT NOT NULL,
        state VARCHAR(8) NOT NULL,
        issued_at DATETIME(6) NOT NULL,
        expires_at DATETIME(6) NULL,
        PRIMARY KEY (id),
        KEY ix_points_lot_open (merchant_id, state),
        KEY ix_points_lot_due (state, expires_at, merchant_id),
        CONSTRAINT ck_points_lot_parts CHECK (issued = remaining + redeemed + expired + taken_back),
        CONSTRAINT ck_points_lot_sign CHECK (remaining >= 0 AND redeemed >= 0 AND expired >= 0 AND taken_back >= 0),
        CONSTRAINT ck_points_lot_state CHECK ((state = 'open') = (remaining > 0))
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await runner.query(`
      CREATE TABLE points_lot_move (
        journal_id VARCHAR(40) NOT NULL,
        line SMALLINT UNSIGNED NOT NULL,
        lot_id VARCHAR(40) NOT NULL,
        source VARCHAR(12) NOT NULL,
        target VARCHAR(12) NOT NULL,
        amount BIGINT NOT NULL,
        PRIMARY KEY (journal_id, line, lot_id),
        KEY ix_points_lot_move_lot (lot_id, journal_id),
        CONSTRAINT ck_points_lot_move_amount CHECK (amount > 0)
      ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    // What merchants have now was given without an end, and keeps none.
    await runner.query(`
      INSERT INTO points_lot
      SELECT CONCAT('lot_', SUBSTRING(merchant_id, 5)), merchant_id, 'opening', NULL, available, available, 0, 0, 0,
        'open', NOW(6), NULL
      FROM account WHERE asset = 'POINTS' AND available > 0`);
    await runner.query(`
      INSERT INTO points_lot_move SELECT 'opening', 1, id, 'issued', 'remaining', issued FROM points_lot`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['points_lot_move', 'points_lot']) await runner.query(`DROP TABLE ${table}`);
  }
}
