import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { bootOrExit } from './boot.js';
import { Logger } from './core/logger.js';
import { WorkerModule } from './worker/worker.module.js';

await bootOrExit(async (config) => {
  const app = await NestFactory.createApplicationContext(WorkerModule.register(config), {
    logger: new Logger(config.logLevel),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  return app;
});
