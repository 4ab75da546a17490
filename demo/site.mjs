// @ts-check
/**
 * The one address of the demo: the start page, the tea shop, and the sign-in of the demo's people. The service itself
 * knows none of them: what a button does here, a person could do by typing a password.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, URLSearchParams } from 'node:url';
import { complain, Refusal } from '../scripts/lib/say.mjs';
import { sendFile } from './static-files.mjs';

const BUILT = fileURLToPath(new URL('../web/dist', import.meta.url));
const ICON = fileURLToPath(new URL('../src/api/assets', import.meta.url));

/**
 * @typedef {object} Person whom a visitor of the demo may be
 * @property {string} id
 * @property {string} role as the start page words it
 * @property {string} name
 * @property {'portal' | 'console'} door
 * @property {() => Promise<string[]>} signIn answers with the cookies of the new session
 */

/**
 * @typedef {object} Contents
 * @property {string} service where Yinke is
 * @property {readonly Person[]} people none: nobody is signed in here
 * @property {string | null} bankReport the file of a bank report for a visitor to file in the console
 * @property {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} shop answers below `/shop/api/`
 */

/**
 * Listens at once, so that the address is known while the demo still runs; `show` gives it its contents.
 * @param {{ port?: number }} [wanted]
 */
export async function openSite({ port = 0 } = {}) {
  /** @type {Contents | undefined} */
  let contents;
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      complain(`demo: ${String(error)}`);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('500');
    });
  });
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    throw new Refusal(`the demo cannot listen on port ${port} (DEMO_PORT): ${/** @type {Error} */ (error).message}`);
  }
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${address.port}`;

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function answer(request, response) {
    const url = new URL(request.url ?? '/', origin);
    // Cookies belong to a host's name: under another name for this machine nobody would be signed in.
    if (request.headers.host !== new URL(origin).host)
      return redirect(response, 302, origin + url.pathname + url.search);
    if (!contents) return text(response, 503, 'The demo is not ready yet. 演示还在准备。');
    const { pathname } = url;
    if (pathname.startsWith('/shop/api/')) return contents.shop(request, response);
    if (pathname === '/sign-in' && request.method === 'POST') return signIn(request, response, contents);
    if (request.method !== 'GET' && request.method !== 'HEAD') return text(response, 405, '405');
    if (pathname === '/') return startPage(response, contents);
    if (pathname === '/shop') return redirect(response, 302, `/shop/${url.search}`);
    if (pathname === '/shop/') {
      const policy = pagePolicy(`connect-src 'self' ${contents.service}`);
      return sendFile(response, join(BUILT, 'shop'), 'index.html', { 'content-security-policy': policy });
    }
    if (pathname === '/favicon.ico') return sendFile(response, ICON, 'favicon.ico');
    const { bankReport } = contents;
    if (bankReport && pathname === `/${basename(bankReport)}`)
      return sendFile(response, dirname(bankReport), basename(bankReport));
    const [, entry, path] = /^\/(start|shop)\/(assets\/.+)$/.exec(pathname) ?? [];
    if (entry && path) return sendFile(response, join(BUILT, entry), path);
    return text(response, 404, '404');
  }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {Contents} shown */
  async function signIn(request, response, { service, people }) {
    // A page of somebody else must not sign a visitor in.
    if (request.headers.origin !== origin) return text(response, 403, '403');
    const form = new URLSearchParams(await body(request));
    const person = people.find(({ id }) => id === form.get('person'));
    if (!person) return text(response, 404, '404');
    const language = form.get('language') === 'en' ? 'en' : 'zh-CN';
    response.setHeader('set-cookie', await person.signIn());
    return redirect(response, 303, `${service}/${person.door}/?lang=${language}`);
  }

  return {
    origin,
    /** @param {Contents} given */
    show(given) {
      contents = given;
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The start page as the service has it, with what it should know of the demo. @param {import('node:http').ServerResponse} response @param {Contents} contents */
async function startPage(response, { service, people, bankReport }) {
  const page = await readFile(join(BUILT, 'start/index.html'), 'utf8');
  const demo = {
    shop: '/shop/',
    service,
    people: people.map(({ id, role, name, door }) => ({ id, role, name, door })),
    bankReport: bankReport && `/${basename(bankReport)}`,
  };
  const json = JSON.stringify(demo).replaceAll('<', '\\u003c');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    // The answer to the form leads to the service.
    'content-security-policy': pagePolicy(`form-action 'self' ${service}`),
  });
  response.end(page.replace('</body>', () => `<script type="application/json" id="demo">${json}</script></body>`));
}

/** Nothing from elsewhere and no script inline, but for what is named. @param {string} allowed */
function pagePolicy(allowed) {
  return `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; ${allowed}`;
}

/** @param {import('node:http').IncomingMessage} request */
async function body(request) {
  let content = '';
  for await (const chunk of request) {
    content += chunk;
    if (content.length > 1_000) break;
  }
  return content;
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} location */
function redirect(response, status, location) {
  response.writeHead(status, { location }).end();
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} content */
function text(response, status, content) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(content);
}
