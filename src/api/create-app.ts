import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { Origins, Authenticator, IdempotencyRepository, KnownDevices, RouteCheck } from '../access/index.js';
import type { Config } from '../core/config.js';
import { Logger } from '../core/logger.js';
import { ApiModule } from './api.module.js';
import { installBodyParsers } from './edge/body-parsers.js';
import { installAccessLog } from './edge/access-log.js';
import { headersOfNoPage, installCompression, installCors, installSecurityHeaders } from './edge/hooks.js';
import { installIdempotency } from './edge/idempotency.js';
import { limitGuesses } from './edge/guess-limits.js';
import { limitBrowsers, limitKeys } from './edge/rate-limit.js';
import { DrainingAdapter } from './draining-adapter.js';
import { answerParserError, routerErrors, serialize } from './edge/server-options.js';
import { Tracing } from '../core/tracing.js';
import { cutOffLateSenders } from './edge/slow-senders.js';
import { installHttpMetrics } from './http-metrics.js';
import { installHttpTraces } from './http-traces.js';
import { openApiDocument } from './openapi/document.js';
import { installPages } from './pages.js';
import { installQueueBoard } from './queue-board.js';
import { WatchingRedis } from './redis.js';
import { newId } from '../shared/ids.js';
import { createValidationPipe } from './validation.js';

/** Longest path parameter, so that the longest id of a storefront still fits when every character is escaped. */
const MAX_PARAM_LENGTH = 1024;

/** The HTTP application, ready to `listen`. With `preview` nothing is connected: only routes and their types exist. */
export async function createApp(config: Config, options: { preview?: boolean } = {}): Promise<NestFastifyApplication> {
  const adapter = new DrainingAdapter(
    {
      trustProxy: config.trustedProxies ?? false,
      genReqId: () => newId('request'),
      routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
      frameworkErrors: routerErrors(headersOfNoPage(isHttps(config))),
      clientErrorHandler: answerParserError,
      http: {
        headersTimeout: config.requestSeconds * 1000,
        connectionsCheckingInterval: Math.min(config.requestSeconds * 500, 5_000),
      },
    },
    config.stopGraceSeconds * 1000,
  );
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.register(config), adapter, {
    preview: options.preview ?? false,
    logger: options.preview ? false : new Logger(config.logLevel),
    abortOnError: false,
    bodyParser: false,
  });
  app.useGlobalPipes(createValidationPipe());
  app.enableShutdownHooks();
  if (!options.preview) await installEdge(app, config);
  return app;
}

/** What stands before and beside the controllers. */
async function installEdge(app: NestFastifyApplication, config: Config): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.setReplySerializer(serialize);
  installBodyParsers(
    fastify,
    { bytes: config.bodyLimitBytes, seconds: config.requestSeconds },
    {
      limitBytes: config.bankReportLimitBytes,
      routes: app.get(RouteCheck),
      authenticator: app.get(Authenticator),
    },
  );
  cutOffLateSenders(fastify, config.requestSeconds);
  installAccessLog(fastify, app.get(Logger));
  await installSecurityHeaders(fastify, isHttps(config));
  await installCors(fastify, app.get(RouteCheck), app.get(Origins));
  await installCompression(fastify);
  limitBrowsers(fastify, app.get(RouteCheck), config.browserCallsPerMinute);
  limitKeys(fastify, app.get(Authenticator), config.keyCallsPerMinute);
  limitGuesses(fastify, {
    redis: app.get(WatchingRedis).client,
    prefix: config.queuePrefix,
    devices: app.get(KnownDevices),
  });
  installIdempotency(fastify, {
    routes: app.get(RouteCheck),
    authenticator: app.get(Authenticator),
    store: app.get(IdempotencyRepository),
    logger: app.get(Logger),
  });
  installHttpMetrics(fastify, app.get(Registry));
  installHttpTraces(fastify, app.get(Tracing));
  await installPages(fastify, app.get(Logger));
  installQueueBoard(fastify, config, app.get(Authenticator), app.get(WatchingRedis));
  SwaggerModule.setup('docs', app, () => openApiDocument(app, config.publicUrl), { jsonDocumentUrl: 'openapi.json' });
}

function isHttps({ publicUrl }: Config): boolean {
  return publicUrl?.startsWith('https:') ?? false;
}
