import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../core/logger.js';

/** What `npm run build` makes of web/, beside the program. */
const BUILT = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Applications of one page each: what is no file of theirs is an address that the page itself knows. */
const APPLICATIONS = ['console', 'portal'] as const;

/** Nothing from elsewhere, no script inline, in no frame. Styles are set by scripts as well. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const YEAR_SECONDS = 31_536_000;

/** Serves the pages of web/: the start page at `/`, and each application under its name. */
export async function installPages(fastify: FastifyInstance, logger: Logger): Promise<void> {
  if (!existsSync(BUILT)) {
    logger.warn('there are no pages: npm run build makes them');
    return;
  }
  // Files of other types and packed copies are found by name alone; whatever else is asked for goes to the routes below.
  await fastify.register(fastifyStatic, { root: BUILT, serve: false, preCompressed: true, cacheControl: false });
  fastify.get('/', (_request, reply) => page(reply, 'start'));
  fastify.get('/start/*', (request, reply) => file(request, reply, 'start'));
  for (const name of APPLICATIONS) {
    fastify.get(`/${name}`, (_request, reply) => reply.redirect(`/${name}/`, 302));
    fastify.get(`/${name}/*`, (request, reply) =>
      extname(wildcard(request)) === '' ? page(reply, name) : file(request, reply, name),
    );
  }
}

function wildcard({ params }: FastifyRequest): string {
  return (params as { '*': string })['*'];
}

function page(reply: FastifyReply, name: string): FastifyReply {
  void reply.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' });
  return reply.sendFile(`${name}/index.html`);
}

/** Names of built files carry a hash of their content, so they never change; the others are asked for again. */
function file(request: FastifyRequest, reply: FastifyReply, name: string): FastifyReply {
  const path = wildcard(request);
  const cache = path.startsWith('assets/') ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
  // A service worker is held to the policy that comes with its own script.
  void reply.headers({ 'content-security-policy': POLICY, 'cache-control': cache });
  return reply.sendFile(join(name, path));
}
