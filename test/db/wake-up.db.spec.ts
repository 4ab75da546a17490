import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { Test } from '@nestjs/testing';
import { problemOf } from '../../src/api/edge/problem-document.js';
import { CoreModule } from '../../src/core/core.module.js';
import { WakeUp } from '../../src/core/wake-up.js';
import { QueueModule } from '../../src/worker/queue.module.js';
import { QUEUES } from '../../src/worker/queue-wake-up.js';
import { testConfig } from '../support/test-config.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { createTestDatabase } from '../support/test-database.js';

describe('announcements', () => {
  it.each([
    ['a process that finds Redis', false],
    ['a process that was started while Redis was away, once it is back', true],
  ])('of %s reach the queue', async (_, away) => {
    const direct = testConfig(await createTestDatabase());
    const redisUrl = new URL(direct.redisUrl);
    const proxy = await startTcpProxy(redisUrl.hostname, Number(redisUrl.port));
    if (away) proxy.cut();
    redisUrl.host = `127.0.0.1:${proxy.port}`;
    const config = testConfig(direct.databaseUrl, { REDIS_URL: redisUrl.href, YINKE_LOG_LEVEL: 'silent' });
    const imports = [CoreModule.register(config, problemOf), QueueModule];
    const module = await (await Test.createTestingModule({ imports }).compile()).init();
    const wakeUp = module.get(WakeUp);
    const connection = new Redis(direct.redisUrl, { maxRetriesPerRequest: null });
    const queue = new Queue(QUEUES.posting, { connection, prefix: direct.queuePrefix });
    try {
      await sleep(100);
      wakeUp.announce('rewards.post', ['evt_1']); // lost while Redis is away, and nobody waits for it
      proxy.mend();
      let names: string[] = [];
      for (const end = Date.now() + 10_000; names.length === 0 && Date.now() < end;) {
        await sleep(50);
        wakeUp.announce('rewards.post', ['evt_2']);
        names = (await queue.getWaiting()).map(({ name }) => name);
      }
      expect(new Set(names)).toEqual(new Set(['rewards.post']));
    } finally {
      await module.close();
      await queue.obliterate({ force: true });
      await queue.close();
      connection.disconnect();
      await proxy.close();
    }
  });
});
