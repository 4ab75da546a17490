import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../database/index.js';
import { Logger } from '../logger.js';
import { DomainError } from '../shared/domain-error.js';
import { problems } from './problems/index.js';

interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  [member: string]: unknown;
}

/** Codes for what the framework refuses before our code is reached. */
const FRAMEWORK: Record<number, [code: string, title: string]> = {
  400: ['request.malformed', 'The request cannot be read'],
  404: ['route.not-found', 'No such address'],
  405: ['route.method-not-allowed', 'Not with this method'],
  413: ['request.too-large', 'The request is too large'],
  415: ['request.unsupported-media-type', 'Not this content type'],
  431: ['request.headers-too-large', 'The headers are too large'],
};

/** The problem document (RFC 9457) of anything thrown. Never a stack, SQL, or more than the caller may know. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof DomainError) {
    const code: string = (error as DomainError).code;
    const problem = problems[code] ?? { status: 500, title: 'Internal error' };
    return {
      ...error.extra,
      ...document(problem.status, code, problem.title, error.detail),
      ...(error.errors ? { errors: error.errors } : {}),
    };
  }
  if (isDatabaseAway(error)) {
    return document(503, 'service.database-away', 'Try again in a moment', 'The database cannot be reached.');
  }
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  const known = typeof status === 'number' ? FRAMEWORK[status] : undefined;
  if (typeof status === 'number' && known) return document(status, known[0], known[1], (error as Error).message);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return document(status, 'request.refused', 'The request was refused', (error as Error).message);
  }
  return document(500, 'service.internal', 'Internal error', 'Something went wrong on our side; it has been logged.');
}

function document(status: number, code: string, title: string, detail: string): ProblemDocument {
  return { type: `urn:yinke:problem:${code}`, title, status, detail, code };
}

/** Answers every error as `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500)
      this.logger.error('request failed', { err: error, method: request.method, route: request.routeOptions.url });
    if (reply.sent) return;
    const instance = request.url.split('?')[0];
    void reply
      .status(problem.status)
      .type('application/problem+json')
      .send({ ...problem, instance });
  }
}
