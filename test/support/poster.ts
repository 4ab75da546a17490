import { Registry } from 'prom-client';
import type { DataSource, EntityManager } from 'typeorm';
import { StorefrontDirectory, type Storefront } from '../../src/database/storefronts/storefront.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { OrderEventLogRepository } from '../../src/detection/orders/order-event-log.repository.js';
import { AuditRepository } from '../../src/finance/audit/audit.repository.js';
import { AuditService } from '../../src/finance/audit/audit.service.js';
import { MaturityService } from '../../src/finance/rewards/maturity.service.js';
import { PostingMetrics } from '../../src/finance/rewards/posting-metrics.js';
import { PostingService } from '../../src/finance/rewards/posting.service.js';
import { RewardRuleDirectory } from '../../src/finance/rewards/reward-rule-directory.js';
import { RewardRuleRepository } from '../../src/finance/rewards/reward-rule.repository.js';
import { RewardTallyRepository } from '../../src/finance/rewards/reward-tally.repository.js';
import { RewardRepository } from '../../src/finance/rewards/reward.repository.js';
import { Logger } from '../../src/core/logger.js';
import { SystemClock } from '../../src/core/clock.js';
import { newLedger } from './ledger.js';
import { testConfig } from './test-config.js';
import type { StorefrontId } from '../../src/shared/ids.js';

/** Takes every storefront id for the same shop, in one time zone. */
class OneStorefront extends StorefrontDirectory {
  constructor(private readonly timeZone: string) {
    super();
  }

  find(id: StorefrontId): Storefront {
    return {
      id,
      name: 'Shop',
      currency: 'CNY',
      homeUrl: 'https://shop.example/',
      origins: [],
      codeParameter: 'm',
      attributionWindowDays: 30,
      touch: 'last',
      askAgainDays: null,
      timeZone: this.timeZone,
    };
  }

  all(): readonly Storefront[] {
    return [];
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }
}

/** What posts in a worker, on a pool of its own, without queue and Nest. */
export function posterOn(source: DataSource, databaseUrl: string, timeZone = 'Asia/Shanghai') {
  const config = testConfig(databaseUrl);
  const unitOfWork = new UnitOfWork(source);
  const logger = new Logger('silent');
  const rewards = new RewardRepository();
  const ledger = newLedger(config);
  const rules = new RewardRuleDirectory(new RewardRuleRepository(), unitOfWork, config);
  const events = new OrderEventLogRepository(unitOfWork);
  const metrics = new PostingMetrics(new Registry(), events);
  const clock = new SystemClock();
  return {
    ledger,
    metrics,
    posting: new PostingService(
      unitOfWork,
      events,
      rules,
      rewards,
      new RewardTallyRepository(),
      new OneStorefront(timeZone),
      ledger,
      metrics,
      clock,
      logger,
      config,
    ),
    maturity: new MaturityService(unitOfWork, rewards, ledger, logger),
    audit: new AuditService(new AuditRepository(unitOfWork), clock, config),
  };
}

/** The audit as it sees the books through one connection, with what that has not committed. */
export function auditThrough(reader: EntityManager, databaseUrl: string): AuditService {
  const unitOfWork = { reader } as UnitOfWork;
  return new AuditService(new AuditRepository(unitOfWork), new SystemClock(), testConfig(databaseUrl));
}
