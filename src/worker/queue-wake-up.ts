import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Queue, type JobType } from 'bullmq';
import { Config } from '../core/config.js';
import { Logger } from '../core/logger.js';
import { askRedis, connectRedis, type RedisConnection } from '../core/redis.js';
import { WakeUp, type WakeUpIds, type WakeUpJob } from '../core/wake-up.js';
import { currentContext } from '../core/work-context.js';
import { laneOf, type Lane } from './jobs.js';

/** The queue of each lane. */
export const QUEUES: Record<Lane, string> = { posting: 'yinke-posting', background: 'yinke' };

/** Ids gathered before a job is sent, at most. */
const JOB_SIZE = 200;
const GATHER_MS = 5;
/** Redis has not answered for so long: it is taken to be away. */
export const SILENCE_MS = 5_000;
/** Jobs without a priority go before all that have one. */
const BULK_PRIORITY = 1;

/** Ids that wait to be sent as jobs of one kind. */
interface Gathered {
  job: WakeUpJob;
  bulk: boolean;
  ids: WakeUpIds[WakeUpJob][];
  /** The requests that announced them, for the log. */
  requests: Set<string>;
}

/** Gathers announcements for a few milliseconds and sends them as one BullMQ job. */
@Injectable()
export class QueueWakeUp extends WakeUp implements OnModuleDestroy {
  private readonly waiting = new Map<string, Gathered>();
  private readonly prefix: string;
  private readonly redis: RedisConnection;
  private readonly queues: Record<Lane, Queue>;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Config) config: Config,
    private readonly logger: Logger,
  ) {
    super();
    this.prefix = config.queuePrefix;
    // No offline queue: while Redis is away announcements are dropped at once, and the sweep finds the rows.
    // A silent one is given up, so that what waits for its answer does not pile up.
    this.redis = connectRedis(config.redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      lazyConnect: true,
      commandTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
    });
    this.redis.on('error', (err: Error) => {
      this.logger.warn('redis is away', { err });
    });
    void this.redis.connect().catch(() => undefined);
    this.queues = { posting: this.open('posting'), background: this.open('background') };
  }

  announce<Job extends WakeUpJob>(job: Job, ids: readonly WakeUpIds[Job][], origin: 'live' | 'bulk' = 'live'): void {
    const key = `${job} ${origin}`;
    const gathered = this.waiting.get(key) ?? { job, bulk: origin === 'bulk', ids: [], requests: new Set() };
    gathered.ids.push(...ids);
    const { requestId } = currentContext();
    if (requestId !== undefined) gathered.requests.add(requestId);
    this.waiting.set(key, gathered);
    if (gathered.ids.length >= JOB_SIZE) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Rejects when Redis is away. */
  async ask(): Promise<void> {
    await askRedis(this.redis, this.prefix);
  }

  /** How many jobs a queue holds, by state. */
  count(lane: Lane, states: readonly JobType[]): Promise<Record<string, number>> {
    return this.queues[lane].getJobCounts(...states);
  }

  async onModuleDestroy(): Promise<void> {
    this.flush();
    await Promise.allSettled(Object.values(this.queues).map((queue) => queue.close()));
    this.redis.disconnect();
  }

  private open(lane: Lane): Queue {
    const queue = new Queue(QUEUES[lane], {
      connection: this.redis,
      prefix: this.prefix,
      skipWaitingForReady: true,
      // The check would ask at once, before there is a connection, and its failure would be every later call's too.
      skipVersionCheck: true,
    });
    queue.on('error', () => undefined);
    return queue;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const { job, bulk, ids, requests } of this.waiting.values()) {
      for (let from = 0; from < ids.length; from += JOB_SIZE) {
        const data = { ids: ids.slice(from, from + JOB_SIZE), requests: [...requests] };
        const options = { removeOnComplete: true, removeOnFail: 1000, ...(bulk && { priority: BULK_PRIORITY }) };
        this.queues[laneOf(job)]
          .add(job, data, options)
          .catch((err: unknown) => this.logger.warn('announcement lost; the sweep will find the rows', { job, err }));
      }
    }
    this.waiting.clear();
  }
}
