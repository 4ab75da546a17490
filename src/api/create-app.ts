import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config.js';
import { Logger } from '../logger.js';
import { ApiModule } from './api.module.js';
import { createValidationPipe } from './validation.js';

/** The HTTP application, ready to `listen`. With `preview` nothing is connected: only routes and their types exist. */
export async function createApp(config: Config, options: { preview?: boolean } = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: config.bodyLimitBytes, trustProxy: false });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.register(config), adapter, {
    preview: options.preview ?? false,
    logger: options.preview ? false : new Logger(config.logLevel),
    abortOnError: false,
  });
  app.useGlobalPipes(createValidationPipe());
  app.enableShutdownHooks();
  return app;
}
