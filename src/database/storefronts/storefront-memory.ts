import { Origins, type OriginSource } from '../../access/index.js';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { DirectoryAges } from '../../core/directory-ages.js';
import { RefreshedDirectory } from '../../core/refreshed-directory.js';
import { databaseNow } from '../../core/database-now.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Logger } from '../../core/logger.js';
import { StorefrontDirectory, type Storefront } from './storefront.js';
import type { StorefrontEntity } from './storefront.entity.js';
import { StorefrontRepository } from './storefront.repository.js';
import type { StorefrontId } from '../../shared/ids.js';

/** Every storefront in memory: nothing waits for the database to know one, and it outlives its absence. */
@Injectable()
export class StorefrontMemory extends StorefrontDirectory implements OriginSource, OnModuleInit, OnModuleDestroy {
  private readonly storefronts = new Map<StorefrontId, Storefront>();
  private inOrder: readonly Storefront[] = [];
  private origins = new Set<string>();
  private readonly directory: RefreshedDirectory<StorefrontEntity>;

  constructor(
    unitOfWork: UnitOfWork,
    repository: StorefrontRepository,
    origins: Origins,
    @Inject(Config) config: Config,
    logger: Logger,
    ages: DirectoryAges,
  ) {
    super();
    origins.enrol(this);
    this.directory = new RefreshedDirectory<StorefrontEntity>(
      async (since) => {
        const asOf = await databaseNow(unitOfWork.reader);
        return { rows: await repository.changedSince(unitOfWork.reader, since), asOf };
      },
      (rows) => {
        this.apply(rows);
      },
      config.directoryRefreshMs,
      (err) => logger.warn('storefronts could not be refreshed', { err }),
    ).watchedBy(ages, 'storefronts');
  }

  onModuleInit(): Promise<void> {
    return this.directory.start();
  }

  onModuleDestroy(): void {
    this.directory.stop();
  }

  find(id: StorefrontId): Storefront | undefined {
    return this.storefronts.get(id);
  }

  all(): readonly Storefront[] {
    return this.inOrder;
  }

  originsOf(storefrontId: StorefrontId): readonly string[] {
    return this.storefronts.get(storefrontId)?.origins ?? [];
  }

  knowsOrigin(origin: string): boolean {
    return this.origins.has(origin);
  }

  refresh(): Promise<void> {
    return this.directory.refresh();
  }

  private apply(rows: readonly StorefrontEntity[]): void {
    if (rows.length === 0) return;
    for (const row of rows) this.storefronts.set(row.id, storefrontOf(row));
    this.inOrder = [...this.storefronts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.origins = new Set(this.inOrder.flatMap((storefront) => storefront.origins));
  }
}

/** The settings of a row. */
export function storefrontOf({ createdAt, updatedAt, ...settings }: StorefrontEntity): Storefront {
  return Object.freeze(settings);
}
