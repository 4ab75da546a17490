import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway, isOverloaded } from '../../core/driver-error.js';
import { DomainError, sharedProblems } from '../../shared/domain-error.js';
import { edgeProblems, type EdgeErrorCode } from '../problems/edge.problems.js';
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
const FRAMEWORK: Record<number, EdgeErrorCode> = {
  400: 'request.malformed',
  404: 'route.not-found',
  408: 'request.timed-out',
  413: 'request.too-large',
  414: 'request.uri-too-long',
  415: 'request.unsupported-media-type',
  431: 'request.headers-too-large',
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
    return edgeProblem('service.database-away', 'The database cannot be reached, or takes no changes at this moment.');
  }
  if (isOverloaded(error)) {
    const { status, title } = sharedProblems['service.busy'];
    return document(status, 'service.busy', title, 'Nothing was done: there was no room for it in time.');
  }
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const code = FRAMEWORK[status];
    // Of a route that there is not the framework would tell the whole address back, with what stands in its query.
    const message = status === 404 ? 'There is no such route.' : (error as Error).message;
    return code ? edgeProblem(code, message) : document(status, 'request.refused', 'The request was refused', message);
  }
  return edgeProblem('service.internal', 'Something went wrong on our side; it has been logged.');
}

/** A problem of the edge, with its status and title. */
export function edgeProblem(code: EdgeErrorCode, detail: string): ProblemDocument {
  const { status, title } = edgeProblems[code];
  return document(status, code, title, detail);
}

/** A problem document without further members. */
export function document(status: number, code: string, title: string, detail: string): ProblemDocument {
  return { type: `urn:yinke:problem:${code}`, title, status, detail, code };
}

const refusals = new WeakMap<FastifyReply, string>();

/** The code of the problem that a reply has sent; undefined: it sent none. */
export function refusalOf(reply: FastifyReply): string | undefined {
  return refusals.get(reply);
}

/** Sends a problem as the answer to a request. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: ProblemDocument): void {
  refusals.set(reply, problem.code);
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503) void reply.header('retry-after', '1');
  // What is left of too large or too slow a body is not read, so the connection cannot be used again.
  if (problem.status === 413 || problem.status === 408) void reply.header('connection', 'close');
  void reply
    .status(problem.status)
    .type('application/problem+json')
    .send({ ...problem, instance: request.url.split('?')[0], requestId: request.id });
}
