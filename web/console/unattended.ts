import type { Middleware } from 'openapi-fetch';

const AFTER_MS = 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'wheel', 'keydown'];

let lastSign = Date.now();
for (const sign of SIGNS) addEventListener(sign, () => (lastSign = Date.now()), { capture: true, passive: true });

/** Says of calls that the page makes by itself that nobody is there, so that a session ends although its page stays open. */
export const unattended: Middleware = {
  onRequest({ request }) {
    if (Date.now() - lastSign >= AFTER_MS) request.headers.set('Yinke-Unattended', '1');
    return request;
  },
};
