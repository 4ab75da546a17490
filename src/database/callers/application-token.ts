import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** The application token of a request, if any: as a bearer, or as `?token=` for links. */
export function applicationToken(request: Pick<FastifyRequest, 'headers' | 'query'>): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const { token } = request.query as { token?: unknown };
  return bearer ?? (typeof token === 'string' && token !== '' ? token : null);
}

/** The {@link applicationToken} that came with a request. */
export const ApplicationToken = createParamDecorator((_: unknown, context: ExecutionContext): string | null =>
  applicationToken(context.switchToHttp().getRequest<FastifyRequest>()),
);
