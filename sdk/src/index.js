// @ts-check
import { Gate } from './gate.js';

/** @typedef {import('./cookie.js').Memory} Memory */
/** @typedef {import('./index.js').ShopRequest} ShopRequest */
/** @typedef {import('./index.js').Yinke} Yinke */

/**
 * Judges one request and keeps the cookie. Whatever goes wrong, the shop goes on.
 * @param {Gate} gate
 * @param {ShopRequest} request
 * @param {() => string | null | undefined} shopperRef
 * @param {(cookie: string) => void} setCookie
 * @returns {Promise<Yinke>}
 */
async function judged(gate, request, shopperRef, setCookie) {
  /** @type {Memory | null} */
  let memory = null;
  /** @param {() => Promise<{ memory: Memory | null, cookie: string | null }>} step */
  const take = async (step) => {
    try {
      const outcome = await step();
      memory = outcome.memory;
      if (outcome.cookie !== null) setCookie(outcome.cookie);
    } catch (error) {
      gate.report(error);
    }
    return gate.judgementOf(memory);
  };
  /** @type {Yinke} */
  const yinke = {
    ...(await take(() => gate.judge(request, shopperRef() ?? null))),
    answer: async (answer) => {
      const judgement = await take(() => gate.answer(memory, answer, request));
      Object.assign(yinke, judgement);
      return judgement;
    },
  };
  return yinke;
}

/**
 * The cookies of an answer, with ours in the place of an earlier one.
 * @param {unknown} header @param {string} cookie
 */
function withCookie(header, cookie) {
  const name = cookie.slice(0, cookie.indexOf('=') + 1);
  const others = [header ?? []].flat().map(String);
  return [...others.filter((each) => !each.startsWith(name)), cookie];
}

/** @type {typeof import('./index.js').yinkeMiddleware} */
export function yinkeMiddleware(options) {
  const gate = new Gate(options);
  return (request, response, next) => {
    const express = /** @type {{ originalUrl?: string, secure?: boolean }} */ (request);
    const tls = 'encrypted' in request.socket && request.socket.encrypted === true;
    const shopRequest = {
      method: request.method ?? 'GET',
      url: express.originalUrl ?? request.url ?? '/',
      headers: request.headers,
      secure: express.secure ?? tls,
    };
    judged(
      gate,
      shopRequest,
      () => options.shopperRef?.(request),
      (cookie) => {
        if (!response.headersSent)
          response.setHeader('set-cookie', withCookie(response.getHeader('set-cookie'), cookie));
      },
    ).then((yinke) => {
      request.yinke = yinke;
      next();
    }, next);
  };
}

/** @type {typeof import('./index.js').yinkePlugin} */
export async function yinkePlugin(server, options) {
  const gate = new Gate(options);
  const fastify = /** @type {any} */ (server);
  fastify.decorateRequest('yinke', null);
  fastify.addHook(
    'onRequest',
    /** @param {any} request @param {any} reply */ async (request, reply) => {
      const { method, originalUrl, headers, protocol } = request;
      const shopRequest = { method, url: originalUrl, headers, secure: protocol === 'https' };
      request.yinke = await judged(
        gate,
        shopRequest,
        () => options.shopperRef?.(request),
        (cookie) => {
          if (reply.sent) return;
          const cookies = withCookie(reply.getHeader('set-cookie'), cookie);
          reply.removeHeader('set-cookie').header('set-cookie', cookies);
        },
      );
    },
  );
}
// For the whole server, not only for what is registered beside it.
Object.assign(yinkePlugin, { [Symbol.for('skip-override')]: true });
