import { Test, type TestingModule } from '@nestjs/testing';
import { problemOf } from '../../src/api/edge/problem-document.js';
import { CoreModule } from '../../src/core/core.module.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import type { Actor } from '../../src/database/callers/actor.js';
import type { FilledForm } from '../../src/database/applications/application.dto.js';
import { applicantOf } from '../../src/database/merchants/applicant-form.js';
import { testConfig } from './test-config.js';

/** The merchant database of one process, without HTTP. */
export async function startRegistry(databaseUrl: string, overrides: NodeJS.ProcessEnv = {}): Promise<TestingModule> {
  const module = await Test.createTestingModule({
    imports: [CoreModule.register(testConfig(databaseUrl, overrides), problemOf), DatabaseModule],
  }).compile();
  return module.init();
}

/** A filled-in form that is valid. */
export function filledForm(form: Partial<FilledForm> = {}): FilledForm {
  return { ...applicantOf({ wechatId: 'li_hua_88', displayName: '李华' }), bankAccount: null, ...form } as FilledForm;
}

/** A member of staff who needs no row. */
export function staff(name: string): Actor {
  return { kind: 'staff', staffId: `stf_${name}` };
}
