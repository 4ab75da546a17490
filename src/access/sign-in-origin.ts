import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Where somebody signs in from, so that they can tell their sessions apart. */
export interface SignInOrigin {
  /** What the browser calls itself. */
  userAgent: string | null;
  /** Network address. */
  address: string | null;
}

const MAX_USER_AGENT = 255;
const MAX_ADDRESS = 45;

/** The {@link SignInOrigin} of a request. */
export const CurrentOrigin = createParamDecorator((_: unknown, context: ExecutionContext): SignInOrigin => {
  const { headers, ip } = context.switchToHttp().getRequest<FastifyRequest>();
  const userAgent = (headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, MAX_USER_AGENT);
  return { userAgent: userAgent === '' ? null : userAgent, address: ip.slice(0, MAX_ADDRESS) };
});
