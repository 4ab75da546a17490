import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKeyId, StorefrontId } from '../shared/ids.js';

/** SQL of keys. */
@Injectable()
export class KeyRepository {
  async insert(tx: EntityManager, keys: ApiKeyEntity[]): Promise<void> {
    await tx.insert(ApiKeyEntity, keys);
  }

  /** Keys that work now will end at `end`, unless they end before. */
  async end(tx: EntityManager, storefrontId: StorefrontId, end: Date, now: Date): Promise<void> {
    await tx.query(
      `UPDATE api_key SET expires_at = ?, updated_at = ? WHERE storefront_id = ? AND (expires_at IS NULL OR expires_at > ?)`,
      [end, now, storefrontId, end],
    );
  }

  /** Keys of a storefront, the latest first, also those that have ended. */
  findOf(em: EntityManager, storefrontId: StorefrontId): Promise<ApiKeyEntity[]> {
    return em.find(ApiKeyEntity, { where: { storefrontId }, order: { id: 'DESC' } });
  }

  /** One key that ends at `end`; false when it is none of the storefront's, or has ended. */
  async endOne(tx: EntityManager, storefrontId: StorefrontId, id: ApiKeyId, end: Date): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE api_key SET expires_at = ?, updated_at = ?
        WHERE id = ? AND storefront_id = ? AND (expires_at IS NULL OR expires_at > ?)`,
      [end, end, id, storefrontId, end],
    );
    return affectedRows === 1;
  }

  /** In one statement; `updated_at` stays, since no process has to learn of it. */
  async noteUses(tx: EntityManager, uses: ReadonlyMap<ApiKeyId, Date>): Promise<void> {
    const cases = [...uses].flatMap(([id, at]) => [id, at]);
    await tx.query(
      `UPDATE api_key SET last_used_at = CASE id ${'WHEN ? THEN ? '.repeat(uses.size)}END WHERE id IN (?)`,
      [...cases, [...uses.keys()]],
    );
  }

  changedSince(tx: EntityManager, since: Date | null): Promise<ApiKeyEntity[]> {
    const list = tx.createQueryBuilder(ApiKeyEntity, 'k');
    if (since !== null) list.where('k.updatedAt >= :since', { since });
    return list.getMany();
  }
}
