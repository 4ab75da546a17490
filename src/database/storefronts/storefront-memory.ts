import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../core/config.js';
import { RefreshedDirectory } from '../../core/refreshed-directory.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Logger } from '../../core/logger.js';
import type { ApiKeyEntity } from '../../access/index.js';
import type { Principal } from '../../access/index.js';
import { StorefrontDirectory, type Storefront } from './storefront.js';
import type { StorefrontEntity } from './storefront.entity.js';
import { StorefrontRepository } from './storefront.repository.js';

interface Changes {
  storefronts: StorefrontEntity[];
  keys: ApiKeyEntity[];
}

/** A key as every process knows it. */
export interface KnownKey {
  principal: Extract<Principal, { kind: 'storefront' }>;
  expiresAt: Date | null;
}

/** Every storefront and key in memory: a call with a key never waits for the database, and outlives its absence. */
@Injectable()
export class StorefrontMemory extends StorefrontDirectory implements OnModuleInit, OnModuleDestroy {
  private readonly storefronts = new Map<string, Storefront>();
  private readonly keys = new Map<string, KnownKey>();
  private inOrder: readonly Storefront[] = [];
  private origins = new Set<string>();
  private readonly directory: RefreshedDirectory<Changes>;

  constructor(
    unitOfWork: UnitOfWork,
    repository: StorefrontRepository,
    @Inject(Config) config: Config,
    logger: Logger,
  ) {
    super();
    this.directory = new RefreshedDirectory<Changes>(
      async (since) => {
        const asOf = await repository.now(unitOfWork.reader);
        const [storefronts, keys] = await Promise.all([
          repository.storefrontsSince(unitOfWork.reader, since),
          repository.keysSince(unitOfWork.reader, since),
        ]);
        return { rows: [{ storefronts, keys }], asOf };
      },
      (rows) => rows.forEach((changes) => this.apply(changes)),
      config.directoryRefreshMs,
      (err) => logger.warn('storefronts could not be refreshed', { err }),
    );
  }

  onModuleInit(): Promise<void> {
    return this.directory.start();
  }

  onModuleDestroy(): void {
    this.directory.stop();
  }

  find(id: string): Storefront | undefined {
    return this.storefronts.get(id);
  }

  all(): readonly Storefront[] {
    return this.inOrder;
  }

  /** The key with that hash, if it still works at `now`. */
  findKey(hash: string, now: Date): KnownKey | undefined {
    const key = this.keys.get(hash);
    return key && (key.expiresAt === null || key.expiresAt > now) ? key : undefined;
  }

  /** Whether any storefront lists this web origin. */
  knowsOrigin(origin: string): boolean {
    return this.origins.has(origin);
  }

  refresh(): Promise<void> {
    return this.directory.refresh();
  }

  private apply({ storefronts, keys }: Changes): void {
    for (const row of storefronts) this.storefronts.set(row.id, storefrontOf(row));
    if (storefronts.length > 0) {
      this.inOrder = [...this.storefronts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      this.origins = new Set(this.inOrder.flatMap((storefront) => storefront.origins));
    }
    for (const row of keys) {
      this.keys.set(row.hash, {
        principal: Object.freeze({
          kind: 'storefront',
          storefrontId: row.storefrontId,
          keyKind: row.kind,
          keyId: row.id,
        }),
        expiresAt: row.expiresAt,
      });
    }
  }
}

/** The settings of a row. */
export function storefrontOf(row: StorefrontEntity): Storefront {
  return Object.freeze({
    id: row.id,
    name: row.name,
    currency: row.currency,
    homeUrl: row.homeUrl,
    origins: JSON.parse(row.origins) as string[],
    codeParameter: row.codeParameter,
    attributionWindowDays: row.attributionWindowDays,
    touch: row.touch,
    askAgainDays: row.askAgainDays,
    timeZone: row.timeZone,
  });
}
