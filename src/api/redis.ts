import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from '../core/config.js';

/** The API's own connection to Redis, for what only looks: readiness and the queue board. Fails at once while Redis is away, and after a second while it is silent. */
@Injectable()
export class WatchingRedis implements OnModuleDestroy {
  readonly client: Redis;

  constructor(@Inject(Config) config: Config) {
    this.client = new Redis(config.redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      lazyConnect: true,
      commandTimeout: 1000,
    });
    // Said by readiness; the queue logs the reason.
    this.client.on('error', () => undefined);
    void this.client.connect().catch(() => undefined);
  }

  onModuleDestroy(): void {
    this.client.disconnect();
  }
}
