import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A code as it stands. */
export interface StoredCode {
  codeHash: string;
  wrongTries: number;
  expired: boolean;
}

/** SQL of one-time codes. Every moment is the database's. */
@Injectable()
export class OneTimeCodeRepository {
  /** A new code in place of the one before. */
  async replace(tx: EntityManager, id: string, codeHash: string, minutes: number): Promise<void> {
    await tx.query(
      `INSERT INTO one_time_code (id, code_hash, wrong_tries, expires_at) VALUES (?, ?, 0, NOW(6) + INTERVAL ? MINUTE)
       ON DUPLICATE KEY UPDATE code_hash = VALUES(code_hash), wrong_tries = 0, expires_at = VALUES(expires_at)`,
      [id, codeHash, minutes],
    );
  }

  /** The code, locked until the transaction ends. */
  async lock(tx: EntityManager, id: string): Promise<StoredCode | null> {
    const [row] = await tx.query<{ code_hash: string; wrong_tries: number; expired: number }[]>(
      'SELECT code_hash, wrong_tries, expires_at <= NOW(6) AS expired FROM one_time_code WHERE id = ? FOR UPDATE',
      [id],
    );
    return row ? { codeHash: row.code_hash, wrongTries: row.wrong_tries, expired: row.expired === 1 } : null;
  }

  async countWrongTry(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE one_time_code SET wrong_tries = wrong_tries + 1 WHERE id = ?', [id]);
  }

  async delete(tx: EntityManager, id: string): Promise<void> {
    await tx.query('DELETE FROM one_time_code WHERE id = ?', [id]);
  }
}
