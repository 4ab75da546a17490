import { Tables } from './tables.js';

/** E-mails and text messages that wait to be sent, or were. */
export class Messages1764000015000 extends Tables {
  readonly tables = {
    outgoing_message: `
      id VARCHAR(40) NOT NULL,
      kind VARCHAR(32) NOT NULL,
      channel VARCHAR(8) NOT NULL,
      state VARCHAR(8) NOT NULL,
      content MEDIUMTEXT NULL,
      merchant_id VARCHAR(40) NULL,
      attempts INT NOT NULL,
      next_try_at DATETIME(6) NOT NULL,
      expires_at DATETIME(6) NOT NULL,
      created_at DATETIME(6) NOT NULL,
      sent_at DATETIME(6) NULL,
      PRIMARY KEY (id),
      KEY ix_outgoing_message_due (state, next_try_at),
      KEY ix_outgoing_message_merchant (merchant_id),
      KEY ix_outgoing_message_created_at (created_at)`,
  };
}
