import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../core/config.js';
import { askRedis, connectRedis, type RedisConnection } from '../core/redis.js';

/** The API's own connection to Redis, for what only looks: readiness and the queue board. Fails at once while Redis is away, and after a second while it is silent. */
@Injectable()
export class WatchingRedis implements OnModuleDestroy {
  readonly client: RedisConnection;

  constructor(@Inject(Config) private readonly config: Config) {
    this.client = connectRedis(config.redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      lazyConnect: true,
      commandTimeout: 1000,
    });
    // Said by readiness; the queue logs the reason.
    this.client.on('error', () => undefined);
    void this.client.connect().catch(() => undefined);
  }

  /** Rejects when the queue's server does not answer. */
  ask(): Promise<void> {
    return askRedis(this.client, this.config.queuePrefix);
  }

  onModuleDestroy(): void {
    this.client.disconnect();
  }
}
