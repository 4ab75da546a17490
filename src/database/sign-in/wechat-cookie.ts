import type { FastifyRequest } from 'fastify';
import { readSessionCookie } from '../../access/index.js';

/** Marks the browser that went to WeChat. */
export const WECHAT_COOKIE = 'yinke_wechat';

/** That mark, if the browser has one. */
export function browserOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return readSessionCookie(headers.cookie, WECHAT_COOKIE);
}
