import type { TestingModule } from '@nestjs/testing';
import { DatabaseModule } from '../../src/database/database.module.js';
import type { Actor } from '../../src/database/callers/actor.js';
import type { FilledForm } from '../../src/database/applications/application.dto.js';
import { applicantOf } from '../../src/database/merchants/applicant-form.js';
import { startRooms } from './rooms.js';
import { testConfig } from './test-config.js';

/** The merchant database of one process, without HTTP. */
export function startRegistry(databaseUrl: string, overrides: NodeJS.ProcessEnv = {}): Promise<TestingModule> {
  return startRooms(testConfig(databaseUrl, overrides), DatabaseModule);
}

/** A filled-in form that is valid. */
export function filledForm(form: Partial<FilledForm> = {}): FilledForm {
  return { ...applicantOf({ wechatId: 'li_hua_88', displayName: '李华' }), bankAccount: null, ...form } as FilledForm;
}

/** A member of staff who needs no row. */
export function staff(name: string): Actor {
  return { kind: 'staff', staffId: `stf_${name}` };
}
