import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../core/config.js';
import { DirectoryAges } from '../core/directory-ages.js';
import { Logger } from '../core/logger.js';
import { RefreshedDirectory } from '../core/refreshed-directory.js';
import { databaseNow } from '../core/database-now.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import type { ApiKeyEntity } from './api-key.entity.js';
import { KeyRepository } from './key.repository.js';
import type { Principal } from './principal.js';

/** A key as every process knows it. */
export interface KnownKey {
  principal: Extract<Principal, { kind: 'storefront' }>;
  expiresAt: Date | null;
}

/** Every key in memory: a call with a key never waits for the database, and outlives its absence. */
@Injectable()
export class KeyMemory implements OnModuleInit, OnModuleDestroy {
  private readonly keys = new Map<string, KnownKey>();
  private readonly directory: RefreshedDirectory<ApiKeyEntity>;

  constructor(
    unitOfWork: UnitOfWork,
    repository: KeyRepository,
    @Inject(Config) config: Config,
    logger: Logger,
    ages: DirectoryAges,
  ) {
    this.directory = new RefreshedDirectory<ApiKeyEntity>(
      async (since) => {
        const asOf = await databaseNow(unitOfWork.reader);
        return { rows: await repository.changedSince(unitOfWork.reader, since), asOf };
      },
      (rows) => rows.forEach((row) => this.apply(row)),
      config.directoryRefreshMs,
      (err) => logger.warn('keys could not be refreshed', { err }),
    ).watchedBy(ages, 'keys');
  }

  onModuleInit(): Promise<void> {
    return this.directory.start();
  }

  onModuleDestroy(): void {
    this.directory.stop();
  }

  /** The key with that hash, if it still works at `now`. */
  find(hash: string, now: Date): KnownKey | undefined {
    const key = this.keys.get(hash);
    return key && (key.expiresAt === null || key.expiresAt > now) ? key : undefined;
  }

  refresh(): Promise<void> {
    return this.directory.refresh();
  }

  private apply({ id, hash, kind, storefrontId, expiresAt }: ApiKeyEntity): void {
    const principal = Object.freeze({ kind: 'storefront', storefrontId, keyKind: kind, keyId: id });
    this.keys.set(hash, { principal, expiresAt });
  }
}
