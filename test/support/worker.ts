import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Logger } from '../../src/core/logger.js';
import { WorkerModule } from '../../src/worker/worker.module.js';
import type { TestApp } from './test-app.js';
import { serviceConfig } from './test-config.js';

/** A worker as `worker.ts` starts one, in this process, on the database and queue of a test's API. */
export function startTestWorker(
  { databaseUrl }: Pick<TestApp, 'databaseUrl'>,
  overrides: NodeJS.ProcessEnv = {},
): Promise<INestApplicationContext> {
  const config = serviceConfig(databaseUrl, overrides);
  return NestFactory.createApplicationContext(WorkerModule.register(config), {
    logger: new Logger(config.logLevel),
    abortOnError: false,
  });
}

/** Waits until no order event waits to be posted and no reward is due. Throws after a minute. */
export async function settled({ app }: Pick<TestApp, 'app'>): Promise<void> {
  const dataSource = app.get(DataSource);
  for (let tries = 0; tries < 600; tries += 1) {
    const [{ open }] = await dataSource.query(
      `SELECT (SELECT COUNT(*) FROM order_event WHERE state = 'waiting')
            + (SELECT COUNT(*) FROM reward WHERE state = 'pending' AND mature_at <= NOW(6)) AS open`,
    );
    if (Number(open) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('order events still wait after a minute: is a worker running?');
}
