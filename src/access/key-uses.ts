import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../core/clock.js';
import { Logger } from '../core/logger.js';
import { UnitOfWork } from '../core/unit-of-work.js';
import type { ApiKeyId } from '../shared/ids.js';
import { KeyRepository } from './key.repository.js';

const EVERY_MS = 60_000;

/** When keys were last used: remembered at a call, and written once a minute for all of them. */
@Injectable()
export class KeyUses implements OnModuleInit, OnModuleDestroy {
  private used = new Map<ApiKeyId, Date>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: KeyRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.write(), EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  note(id: ApiKeyId): void {
    this.used.set(id, this.clock.now());
  }

  /** Writes what was remembered. While the database is away it is kept for the next time. */
  async write(): Promise<void> {
    const used = this.used;
    if (used.size === 0) return;
    this.used = new Map();
    try {
      await this.unitOfWork.run((tx) => this.repository.noteUses(tx, used));
    } catch (err) {
      this.used = new Map([...used, ...this.used]);
      this.logger.warn('when keys were used could not be written', { err });
    }
  }
}
