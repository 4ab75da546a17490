import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { DomainError } from '../shared/domain-error.js';
import { newId, type ApiKeyId, type StorefrontId } from '../shared/ids.js';
import type { AccessErrorCode } from './errors.js';
import { KeyMemory } from './key-memory.js';
import { KeyRepository } from './key.repository.js';
import { hashSecret, newSecret, SECRET_PREFIXES } from './secret.js';
import { databaseNow } from '../core/database-now.js';

const HOUR_MS = 3_600_000;

/** New keys, to be shown once. */
export interface NewKeys {
  secretKey: string;
  publishableKey: string;
}

/** A key as it is shown after the first time. */
export interface ShownKey {
  id: ApiKeyId;
  kind: 'secret' | 'publishable';
  shown: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

/** The keys of storefronts: issued, replaced, known to every process. */
@Injectable()
export class StorefrontKeys {
  constructor(
    private readonly repository: KeyRepository,
    private readonly memory: KeyMemory,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** One key of each kind. Call {@link refresh} after the commit. */
  async issue(tx: EntityManager, storefrontId: StorefrontId): Promise<NewKeys> {
    const secretKey = newSecret('secret');
    const publishableKey = newSecret('publishable');
    const now = await databaseNow(tx);
    const row = { storefrontId, createdAt: now, updatedAt: now, expiresAt: null, lastUsedAt: null };
    await this.repository.insert(tx, [
      { ...row, id: newId('apiKey'), kind: 'secret', hash: hashSecret(secretKey), lastFour: secretKey.slice(-4) },
      {
        ...row,
        id: newId('apiKey'),
        kind: 'publishable',
        hash: hashSecret(publishableKey),
        lastFour: publishableKey.slice(-4),
      },
    ]);
    return { secretKey, publishableKey };
  }

  /** New keys; those so far work for `overlapHours` more, a setting by default. Call {@link refresh} after the commit. */
  async replace(
    tx: EntityManager,
    storefrontId: StorefrontId,
    overlapHours = this.config.keyOverlapHours,
  ): Promise<NewKeys & { overlapHours: number; previousKeysExpireAt: Date }> {
    const now = await databaseNow(tx);
    const end = new Date(now.getTime() + overlapHours * HOUR_MS);
    await this.repository.end(tx, storefrontId, end, now);
    return { ...(await this.issue(tx, storefrontId)), overlapHours, previousKeysExpireAt: end };
  }

  /** Keys of a storefront as people tell them apart, the latest first. */
  async list(em: EntityManager, storefrontId: StorefrontId): Promise<ShownKey[]> {
    const rows = await this.repository.findOf(em, storefrontId);
    return rows.map(({ id, kind, lastFour, createdAt, lastUsedAt, expiresAt }) => ({
      id,
      kind,
      shown: `${SECRET_PREFIXES[kind]}…${lastFour}`,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      expiresAt: expiresAt?.toISOString() ?? null,
    }));
  }

  /** Ends one key now; false when it has ended before. Throws `key.not-found`. Call {@link refresh} after the commit. */
  async revoke(tx: EntityManager, storefrontId: StorefrontId, id: ApiKeyId): Promise<boolean> {
    if (!(await this.repository.findOf(tx, storefrontId)).some((key) => key.id === id))
      throw new DomainError<AccessErrorCode>('key.not-found', 'This storefront has no key with this id.');
    return this.repository.endOne(tx, storefrontId, id, await databaseNow(tx));
  }

  /** Knows now what was committed, instead of in a moment. */
  refresh(): Promise<void> {
    return this.memory.refresh();
  }
}
