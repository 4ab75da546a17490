import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { isMigrated } from '../core/data-source.js';
import { DomainError } from '../shared/domain-error.js';
import type { Problem } from '../shared/problem.js';
import { DrainingAdapter } from './draining-adapter.js';
import { WatchingRedis } from './redis.js';

const TIMEOUT_MS = 2000;

export const readinessProblems = {
  'service.not-ready': { status: 503, title: 'Not ready' },
} satisfies Record<string, Problem>;

type ReadinessErrorCode = keyof typeof readinessProblems;

/** Whether this process can do its work. */
@Injectable()
export class Readiness {
  constructor(
    private readonly dataSource: DataSource,
    private readonly redis: WatchingRedis,
    private readonly http: HttpAdapterHost,
  ) {}

  /**
   * Throws `service.not-ready` that says which part is missing, or that the process is about to end. Redis is told and not needed:
   * without it every call is answered all the same, and a balancer that turned away from all processes at once would close the shop.
   */
  async check(): Promise<{ status: 'ready'; checks: Record<string, string> }> {
    const { httpAdapter } = this.http;
    if (httpAdapter instanceof DrainingAdapter && httpAdapter.isEnding)
      throw new DomainError<ReadinessErrorCode>('service.not-ready', 'The process is about to end.');
    const [database, redis] = await Promise.all([
      within(isMigrated(this.dataSource)).then(
        (migrated) => (migrated ? ('ok' as const) : ('pending' as const)),
        () => 'away' as const,
      ),
      within(this.redis.ask()).then(
        () => 'ok',
        () => 'away',
      ),
    ]);
    const checks = {
      database: database === 'away' ? 'away' : 'ok',
      redis,
      migrations: database === 'away' ? 'unknown' : database,
    };
    const missing = Object.entries(checks).filter(([part, state]) => part !== 'redis' && state !== 'ok');
    if (missing.length === 0) return { status: 'ready', checks };
    const detail = missing.map(([part, state]) => `${part}: ${state}`).join(', ');
    throw new DomainError<ReadinessErrorCode>('service.not-ready', detail, undefined, { checks });
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
