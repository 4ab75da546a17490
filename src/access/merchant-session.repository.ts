import type { SessionId, MerchantId } from '../shared/ids.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Table, type RowOf } from '../core/table.js';
import { MerchantSessionEntity } from './merchant-session.entity.js';
import type { Principal } from './principal.js';

const SESSIONS = new Table(MerchantSessionEntity);

/** Minutes for which a code that was given counts as fresh. */
const FRESH_MINUTES = 10;

/** A merchant who is signed in. */
export type MerchantPrincipal = Extract<Principal, { kind: 'merchant' }>;

/** A session that has not ended. */
export type MerchantSessionRow = RowOf<MerchantSessionEntity>;

/** SQL of merchants' sessions. Every moment is the database's. */
@Injectable()
export class MerchantSessionRepository {
  async insert(
    tx: EntityManager,
    session: Omit<MerchantSessionEntity, 'createdAt' | 'confirmedAt' | 'expiresAt'>,
    days: number,
  ): Promise<MerchantSessionRow> {
    const { id, merchantId, tokenHash, way, userAgent, address } = session;
    await tx.query(
      `INSERT INTO merchant_session
         (id, merchant_id, token_hash, way, user_agent, address, created_at, confirmed_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, NOW(6), IF(? = 'code', NOW(6), NULL), NOW(6) + INTERVAL ? DAY)`,
      [id, merchantId, tokenHash, way, userAgent, address, way, days],
    );
    const [row] = await SESSIONS.find(tx, 'WHERE id = ?', [id]);
    if (!row) throw new Error(`session ${id} was not written`);
    return row;
  }

  /** Who comes with that token, if the session has not ended. */
  async findLive(em: EntityManager, tokenHash: string): Promise<MerchantPrincipal | null> {
    const [row] = await em.query<{ id: SessionId; merchant_id: MerchantId; fresh: number | null; expires_at: Date }[]>(
      `SELECT id, merchant_id, expires_at, confirmed_at > NOW(6) - INTERVAL ${FRESH_MINUTES} MINUTE AS fresh
         FROM merchant_session WHERE token_hash = ? AND expires_at > NOW(6)`,
      [tokenHash],
    );
    if (!row) return null;
    return {
      kind: 'merchant',
      merchantId: row.merchant_id,
      sessionId: row.id,
      isFresh: row.fresh === 1,
      expiresAt: row.expires_at,
    };
  }

  /** A merchant's sessions that have not ended, the latest first. */
  findOf(em: EntityManager, merchantId: MerchantId): Promise<MerchantSessionRow[]> {
    return SESSIONS.find(em, 'WHERE merchant_id = ? AND expires_at > NOW(6) ORDER BY id DESC', [merchantId]);
  }

  /** False when the merchant has no such session. */
  async delete(tx: EntityManager, merchantId: MerchantId, id: SessionId): Promise<boolean> {
    const sql = 'DELETE FROM merchant_session WHERE id = ? AND merchant_id = ?';
    return (await tx.query<{ affectedRows: number }>(sql, [id, merchantId])).affectedRows === 1;
  }

  async deleteOthers(tx: EntityManager, merchantId: MerchantId, id: SessionId): Promise<number> {
    const sql = 'DELETE FROM merchant_session WHERE merchant_id = ? AND id <> ?';
    return (await tx.query<{ affectedRows: number }>(sql, [merchantId, id])).affectedRows;
  }
}
