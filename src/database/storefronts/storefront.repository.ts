import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StorefrontEntity } from './storefront.entity.js';
import type { StorefrontId } from '../../shared/ids.js';

/** SQL of storefronts. */
@Injectable()
export class StorefrontRepository {
  async insert(tx: EntityManager, storefront: StorefrontEntity): Promise<void> {
    await tx.insert(StorefrontEntity, storefront);
  }

  async update(tx: EntityManager, storefront: StorefrontEntity): Promise<void> {
    await tx.save(StorefrontEntity, storefront, { transaction: false });
  }

  find(tx: EntityManager, id: StorefrontId): Promise<StorefrontEntity | null> {
    return tx.findOneBy(StorefrontEntity, { id });
  }

  lock(tx: EntityManager, id: StorefrontId): Promise<StorefrontEntity | null> {
    return tx.findOne(StorefrontEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  page(tx: EntityManager, after: string | null, limit: number): Promise<StorefrontEntity[]> {
    const list = tx
      .createQueryBuilder(StorefrontEntity, 's')
      .orderBy('s.id')
      .limit(limit + 1);
    if (after !== null) list.where('s.id > :after', { after });
    return list.getMany();
  }

  changedSince(tx: EntityManager, since: Date | null): Promise<StorefrontEntity[]> {
    const list = tx.createQueryBuilder(StorefrontEntity, 's');
    if (since !== null) list.where('s.updatedAt >= :since', { since });
    return list.getMany();
  }
}
