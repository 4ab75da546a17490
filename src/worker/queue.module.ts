import { Global, Module } from '@nestjs/common';
import { JobRuns } from '../core/job-runs.js';
import { WakeUp } from '../core/wake-up.js';
import { QueueMetrics } from './queue-metrics.js';
import { QueueWakeUp } from './queue-wake-up.js';

/** The writing end of the queue, for every process, and what there is to see of it. */
@Global()
@Module({
  providers: [QueueWakeUp, { provide: WakeUp, useExisting: QueueWakeUp }, JobRuns, QueueMetrics],
  exports: [WakeUp, JobRuns, QueueMetrics],
})
export class QueueModule {}
