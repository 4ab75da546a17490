import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../../database/index.js';
import { DomainError } from '../../shared/domain-error.js';
import { problems } from '../problems/index.js';

/** A problem document (RFC 9457). */
export interface ProblemDocument {
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
  408: ['request.timed-out', 'The request took too long to arrive'],
  413: ['request.too-large', 'The request is too large'],
  414: ['request.uri-too-long', 'The address is too long'],
  415: ['request.unsupported-media-type', 'Not this content type'],
  431: ['request.headers-too-large', 'The headers are too large'],
};

/** The problem document of anything thrown. Never a stack, SQL, or more than the caller may know. */
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
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const [code, title] = FRAMEWORK[status] ?? ['request.refused', 'The request was refused'];
    return document(status, code, title, (error as Error).message);
  }
  return document(500, 'service.internal', 'Internal error', 'Something went wrong on our side; it has been logged.');
}

/** A problem document without further members. */
export function document(status: number, code: string, title: string, detail: string): ProblemDocument {
  return { type: `urn:yinke:problem:${code}`, title, status, detail, code };
}

/** Sends a problem as the answer to a request. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: ProblemDocument): void {
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503) void reply.header('retry-after', '1');
  // What is left of too large a body is not read, so the connection cannot be used again.
  if (problem.status === 413) void reply.header('connection', 'close');
  void reply
    .status(problem.status)
    .type('application/problem+json')
    .send({ ...problem, instance: request.url.split('?')[0] });
}
