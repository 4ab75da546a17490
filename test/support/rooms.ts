import { Global, Module, type Type } from '@nestjs/common';
import { Test, type TestingModule, type TestingModuleBuilder } from '@nestjs/testing';
import { problemOf } from '../../src/api/edge/problem-document.js';
import type { Config } from '../../src/core/config.js';
import { CoreModule } from '../../src/core/core.module.js';
import type { MerchantCard } from '../../src/database/merchants/merchant-directory.js';
import type { MerchantRegistry } from '../../src/database/merchants/merchant-registry.js';
import { WakeUp } from '../../src/core/wake-up.js';
import type { MerchantId } from '../../src/shared/ids.js';

/** Keeps what a queue would have been told. */
export class Announcements extends WakeUp {
  readonly told: { job: string; ids: readonly string[] }[] = [];

  announce(job: string, ids: readonly string[]): void {
    this.told.push({ job, ids });
  }
}

/** Knows every merchant, where none are registered. */
export class AnyMerchant implements Pick<MerchantRegistry, 'findMany'> {
  findMany(_tx: unknown, ids: readonly MerchantId[]): Promise<Map<MerchantId, MerchantCard>> {
    return Promise.resolve(new Map(ids.map((id) => [id, {} as MerchantCard])));
  }
}

/** Modules of the program, with what stands below them and no queue; not yet compiled. */
export function roomsOf(
  config: Config,
  modules: readonly Type[],
  wakeUp: WakeUp = new Announcements(),
): TestingModuleBuilder {
  @Global()
  @Module({ providers: [{ provide: WakeUp, useValue: wakeUp }], exports: [WakeUp] })
  class QueueModule {}
  return Test.createTestingModule({ imports: [CoreModule.register(config, problemOf), QueueModule, ...modules] });
}

/** Modules of the program on a database, ready to use without HTTP and queue. Close it. */
export async function startRooms(config: Config, ...modules: Type[]): Promise<TestingModule> {
  const module = await roomsOf(config, modules).compile();
  return module.init();
}
