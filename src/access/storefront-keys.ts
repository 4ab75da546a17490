import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { newId, type StorefrontId } from '../shared/ids.js';
import { KeyMemory } from './key-memory.js';
import { KeyRepository } from './key.repository.js';
import { hashSecret, newSecret } from './secret.js';
import { databaseNow } from '../core/database-now.js';

const HOUR_MS = 3_600_000;

/** New keys, to be shown once. */
export interface NewKeys {
  secretKey: string;
  publishableKey: string;
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
    const row = { storefrontId, createdAt: now, updatedAt: now, expiresAt: null };
    await this.repository.insert(tx, [
      { ...row, id: newId('apiKey'), kind: 'secret', hash: hashSecret(secretKey) },
      { ...row, id: newId('apiKey'), kind: 'publishable', hash: hashSecret(publishableKey) },
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

  /** Knows now what was committed, instead of in a moment. */
  refresh(): Promise<void> {
    return this.memory.refresh();
  }
}
