import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { readSessionCookie } from '../../access/index.js';

/** Marks the browser that went to WeChat, and the one that asked for a code. They open nothing by themselves. */
export const WECHAT_COOKIE = 'yinke_wechat';
export const CODE_COOKIE = 'yinke_code';

/** The mark that a browser has, if any. */
export function markOf(
  { headers }: Pick<FastifyRequest, 'headers'>,
  publicUrl: string | null,
  cookie: string,
): string | undefined {
  return readSessionCookie(headers.cookie, publicUrl, cookie);
}

/** A mark for a browser that has none. */
export function newMark(): string {
  return randomBytes(24).toString('base64url');
}
