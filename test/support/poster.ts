import type { Abstract, INestApplicationContext, Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditModule } from '../../src/finance/audit/audit.module.js';
import { AuditService } from '../../src/finance/audit/audit.service.js';
import { DecisionsModule } from '../../src/finance/decisions/decisions.module.js';
import { Ledger } from '../../src/finance/ledger/ledger.js';
import { MaturityService } from '../../src/finance/rewards/maturity.service.js';
import { PostingMetrics } from '../../src/finance/rewards/posting-metrics.js';
import { PostingService } from '../../src/finance/rewards/posting.service.js';
import { RewardsModule } from '../../src/finance/rewards/rewards.module.js';
import { startRooms } from './rooms.js';
import { testConfig } from './test-config.js';

/** What posts in one worker process: the rooms of the program with a pool of their own, and no queue. Close it. */
export class Poster {
  private constructor(private readonly rooms: INestApplicationContext) {}

  static async start(databaseUrl: string, poolSize = 5): Promise<Poster> {
    const config = testConfig(databaseUrl, { DATABASE_POOL_SIZE: String(poolSize), YINKE_LOG_LEVEL: 'silent' });
    return new Poster(await startRooms(config, RewardsModule, DecisionsModule, AuditModule));
  }

  /** Whatever the rooms inject. */
  get<T>(type: Type<T> | Abstract<T>): T {
    return this.rooms.get<T>(type, { strict: false });
  }

  get dataSource(): DataSource {
    return this.get(DataSource);
  }

  get ledger(): Ledger {
    return this.get(Ledger);
  }

  get posting(): PostingService {
    return this.get(PostingService);
  }

  get metrics(): PostingMetrics {
    return this.get(PostingMetrics);
  }

  get maturity(): MaturityService {
    return this.get(MaturityService);
  }

  offenders(): Promise<string[]> {
    return offenders(this.rooms);
  }

  close(): Promise<void> {
    return this.rooms.close();
  }
}

/** What breaks an invariant, as the audit of the program finds it. */
export async function offenders(program: INestApplicationContext): Promise<string[]> {
  const { items } = await program.get(AuditService, { strict: false }).runAudit();
  return items.flatMap(({ title, offenders }) => offenders.map((offender) => `${title}: ${offender}`));
}
