import { Tables } from './tables.js';

/** What two people decide: holds and adjustments. */
export class Decisions1764000110000 extends Tables {
  readonly tables = {
    adjustment: `
      id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      amount BIGINT NOT NULL,
      reason VARCHAR(500) NOT NULL,
      state VARCHAR(20) NOT NULL,
      made_by VARCHAR(40) NOT NULL,
      made_at DATETIME(6) NOT NULL,
      decided_by VARCHAR(40) NULL,
      decided_at DATETIME(6) NULL,
      journal_id VARCHAR(40) NULL,
      PRIMARY KEY (id),
      KEY ix_adjustment_merchant (merchant_id, id),
      KEY ix_adjustment_state (state, id)`,
    hold: `
      id VARCHAR(40) NOT NULL,
      merchant_id VARCHAR(40) NOT NULL,
      asset VARCHAR(64) NOT NULL,
      amount BIGINT NOT NULL,
      remaining BIGINT NOT NULL,
      refunded BIGINT NOT NULL,
      settled BIGINT NOT NULL,
      source VARCHAR(16) NOT NULL,
      cause VARCHAR(20) NOT NULL,
      reward_id VARCHAR(40) NULL,
      payout_id VARCHAR(40) NULL,
      reason VARCHAR(500) NOT NULL,
      held_by VARCHAR(40) NULL,
      held_at DATETIME(6) NOT NULL,
      state VARCHAR(16) NOT NULL,
      decided_by VARCHAR(40) NULL,
      decided_at DATETIME(6) NULL,
      decision_reason VARCHAR(500) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY uq_hold_payout (payout_id),
      KEY ix_hold_reward (reward_id),
      KEY ix_hold_merchant (merchant_id, state, id),
      KEY ix_hold_state (state, id),
      CONSTRAINT ck_hold_parts CHECK (amount = remaining + refunded + settled),
      CONSTRAINT ck_hold_sign CHECK (amount > 0 AND remaining >= 0 AND refunded >= 0 AND settled >= 0),
      CONSTRAINT ck_hold_people CHECK (decided_by IS NULL OR held_by IS NULL OR decided_by <> held_by)`,
  };
}
