import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { Config } from '../config.js';
import { Logger } from '../logger.js';
import { WakeUp, type WakeUpJob } from '../shared/wake-up.js';

export const QUEUE = 'yinke';

/** Ids gathered before a job is sent, at most. */
const JOB_SIZE = 200;
const GATHER_MS = 5;

/** Gathers announcements for a few milliseconds and sends them as one BullMQ job. */
@Injectable()
export class QueueWakeUp extends WakeUp implements OnModuleDestroy {
  private readonly waiting = new Map<WakeUpJob, string[]>();
  private readonly redis: Redis;
  private readonly queue: Queue;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Config) config: Config,
    private readonly logger: Logger,
  ) {
    super();
    // No offline queue: while Redis is away announcements are dropped at once, and the sweep finds the rows.
    this.redis = new Redis(config.redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true });
    this.redis.on('error', (err: Error) => {
      this.logger.warn('redis is away', { err });
    });
    void this.redis.connect().catch(() => undefined);
    this.queue = new Queue(QUEUE, {
      connection: this.redis,
      prefix: config.queuePrefix,
      skipWaitingForReady: true,
      // The check would ask at once, before there is a connection, and its failure would be every later call's too.
      skipVersionCheck: true,
    });
    this.queue.on('error', () => undefined);
  }

  announce(job: WakeUpJob, ids: readonly string[]): void {
    const list = this.waiting.get(job) ?? [];
    list.push(...ids);
    this.waiting.set(job, list);
    if (list.length >= JOB_SIZE) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.flush();
    await this.queue.close().catch(() => undefined);
    this.redis.disconnect();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const [name, ids] of this.waiting) {
      for (let from = 0; from < ids.length; from += JOB_SIZE) {
        const data = { ids: ids.slice(from, from + JOB_SIZE) };
        this.queue
          .add(name, data, { removeOnComplete: true, removeOnFail: 1000 })
          .catch((err: unknown) =>
            this.logger.warn('announcement lost; the sweep will find the rows', { job: name, err }),
          );
      }
    }
    this.waiting.clear();
  }
}
