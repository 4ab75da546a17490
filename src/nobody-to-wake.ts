import { Global, Module } from '@nestjs/common';
import { WakeUp } from './core/wake-up.js';

/** For commands, which announce no work: a sweep finds it. */
@Global()
@Module({
  providers: [{ provide: WakeUp, useValue: { announce: () => undefined } satisfies WakeUp }],
  exports: [WakeUp],
})
export class NobodyToWake {}
