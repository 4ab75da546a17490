import { Global, Module } from '@nestjs/common';
import { WakeUp } from '../core/wake-up.js';
import { QueueWakeUp } from './queue-wake-up.js';

/** The writing end of the queue, for every process. */
@Global()
@Module({
  providers: [QueueWakeUp, { provide: WakeUp, useExisting: QueueWakeUp }],
  exports: [WakeUp],
})
export class QueueModule {}
