import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from '../core/logger.js';
import { DomainError } from '../shared/domain-error.js';
import { problemOf, sendProblem } from './edge/problem-document.js';

/** Answers every error as `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500 && !(error instanceof DomainError))
      this.logger.error('request failed', { err: error, method: request.method, route: request.routeOptions.url });
    if (!reply.sent) sendProblem(request, reply, problem);
  }
}
