import { Test, type TestingModule } from '@nestjs/testing';
import type { EntityManager } from 'typeorm';
import { CoreModule } from '../../src/core/core.module.js';
import { BankAccountService } from '../../src/database/bank-account.service.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { DecisionLog, type Actor, type Decision } from '../../src/database/decision-log.js';
import { MerchantApplicationService, type FilledForm } from '../../src/database/merchant-application.service.js';
import { MerchantService } from '../../src/database/merchant.service.js';
import { testConfig } from './test-config.js';

/** Keeps the decisions in memory, as they were recorded. */
export class FakeDecisionLog extends DecisionLog {
  readonly decisions: Decision[] = [];

  record(_tx: EntityManager, decision: Decision): Promise<void> {
    this.decisions.push(decision);
    return Promise.resolve();
  }
}

/** The merchant registry of one process, without HTTP. */
export async function startRegistry(databaseUrl: string, overrides: NodeJS.ProcessEnv = {}): Promise<TestingModule> {
  const module = await Test.createTestingModule({
    imports: [CoreModule.register(testConfig(databaseUrl, overrides)), DatabaseModule],
    providers: [
      MerchantApplicationService,
      MerchantService,
      BankAccountService,
      { provide: DecisionLog, useClass: FakeDecisionLog },
    ],
  }).compile();
  return module.init();
}

/** A filled-in form that is valid. */
export function filledForm(form: Partial<FilledForm> = {}): FilledForm {
  return { wechatId: 'li_hua_88', displayName: '李华', phone: null, email: null, bankAccount: null, ...form };
}

/** A member of staff who needs no row. */
export function staff(name: string): Actor {
  return { kind: 'staff', staffId: `stf_${name}` };
}
