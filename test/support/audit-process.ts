import type { TestingModule } from '@nestjs/testing';
import { Logger } from '../../src/core/logger.js';
import { AuditModule } from '../../src/finance/audit/audit.module.js';
import { roomsOf } from './rooms.js';
import { testConfig } from './test-config.js';

/** A process of its own that audits, with what its log says of trouble kept in `alerts`. */
export async function startAuditProcess(databaseUrl: string, alerts: unknown[][] = []): Promise<TestingModule> {
  const logger = Object.assign(new Logger('silent'), { error: (...line: unknown[]) => alerts.push(line) });
  const config = testConfig(databaseUrl, { DATABASE_POOL_SIZE: '3' });
  const rooms = await roomsOf(config, [AuditModule]).overrideProvider(Logger).useValue(logger).compile();
  return rooms.init();
}
