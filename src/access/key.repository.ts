import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ApiKeyEntity } from './api-key.entity.js';
import type { StorefrontId } from '../shared/ids.js';

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

  changedSince(tx: EntityManager, since: Date | null): Promise<ApiKeyEntity[]> {
    const list = tx.createQueryBuilder(ApiKeyEntity, 'k');
    if (since !== null) list.where('k.updatedAt >= :since', { since });
    return list.getMany();
  }
}
