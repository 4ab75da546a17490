import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  ANONYMOUS,
  mayCall,
  readIdempotencyKey,
  type Authenticator,
  type Caller,
  type IdempotencyRepository,
  type Principal,
  type RouteCheck,
  type StoredAnswer,
  type Turn,
} from '../../access/index.js';
import { ReportUpload } from '../../finance/index.js';
import type { Logger } from '../../core/logger.js';
import { currentContext } from '../../core/work-context.js';
import { DomainError } from '../../shared/domain-error.js';

const HEADER = 'idempotency-key';

/** What of an answer is repeated beside status and body. */
const KEPT_HEADERS = ['content-type', 'location'] as const;

/**
 * Routes that make a browser or a caller somebody. Each repeat is a try of its own: a stored answer would be a live session for whoever sends the
 * same again, past limits and codes that work once.
 */
const NEVER_KEPT = new Set([
  '/v1/staff/sessions',
  '/v1/merchants/sessions',
  '/v1/merchants/wechat-authorizations',
  '/v1/merchants/:id/wechat-authorizations',
]);

/** Says nothing about the request itself, so the same request may fare better later. */
const UNDECIDED = new Set([401, 403, 429]);

/** The turn of a request; `isOpen`: of one that anybody could send. */
type KeyedTurn = Turn & { isOpen: boolean };

interface Edge {
  routes: RouteCheck;
  authenticator: Authenticator;
  store: IdempotencyRepository;
  logger: Logger;
}

/**
 * `Idempotency-Key` on every POST but NDJSON imports, whose lines have keys of their own. Hooks, not an interceptor:
 * they cost a request without the header next to nothing, and see the answer as it is sent.
 */
export function installIdempotency(fastify: FastifyInstance, edge: Edge): void {
  const turns = new WeakMap<FastifyRequest, KeyedTurn>();
  fastify.addHook('preHandler', (request, reply, done) => {
    const header = request.headers[HEADER];
    if (header === undefined || request.method !== 'POST') {
      done();
      return;
    }
    begin(request, edge).then((outcome) => {
      if (outcome === undefined) done();
      else if ('body' in outcome) replay(reply, outcome);
      else {
        turns.set(request, outcome);
        currentContext().beforeCommit = (tx) => edge.store.noteEffect(tx, outcome);
        done();
      }
    }, done);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const turn = request.headers[HEADER] === undefined ? undefined : turns.get(request);
    if (turn === undefined) {
      done(null, payload);
      return;
    }
    turns.delete(request);
    delete currentContext().beforeCommit;
    keep(edge.store, turn, reply, payload)
      .catch((err: unknown) => edge.logger.warn('an answer could not be kept for its Idempotency-Key', { err }))
      .finally(() => done(null, payload));
  });
}

async function begin(
  request: FastifyRequest,
  { routes, authenticator, store }: Edge,
): Promise<StoredAnswer | KeyedTurn | undefined> {
  const callers = routes.callersOf('POST', request.routeOptions.url ?? '');
  const isImport = request.headers['content-type']?.startsWith('application/x-ndjson') ?? false;
  if (callers.length === 0 || isImport || NEVER_KEPT.has(request.routeOptions.url ?? '')) return undefined;
  const values = request.raw.headersDistinct[HEADER] ?? [];
  const key = values.length === 1 ? readIdempotencyKey(values[0] ?? '') : null;
  if (key === null) {
    throw new DomainError(
      'idempotency.key-invalid',
      'Idempotency-Key takes one key of 1–255 printable ASCII characters, quoted or not.',
    );
  }
  const principal = await whoCalls(request, callers, authenticator);
  // The guard will say no in its own words.
  if (!mayCall(callers, principal)) return undefined;
  const [path = '', query = ''] = request.url.split('?', 2);
  // Of a file the digest stands for it.
  const body = request.body instanceof ReportUpload ? request.body.sha256 : request.body;
  const outcome = await store.begin({ scope: scopeOf(principal, request), method: 'POST', path, key, query, body });
  return 'body' in outcome ? outcome : { ...outcome, isOpen: isOpen(principal) };
}

async function whoCalls(
  request: FastifyRequest,
  callers: readonly Caller[],
  authenticator: Authenticator,
): Promise<Principal> {
  if (callers.length === 1 && callers[0] === 'anyone') return ANONYMOUS;
  return (await authenticator.authenticate(request)).principal;
}

function scopeOf(principal: Principal, request: FastifyRequest): string {
  switch (principal.kind) {
    case 'staff':
      return principal.staffId;
    case 'storefront':
      return `${principal.storefrontId} ${principal.keyKind}`;
    case 'merchant':
    case 'widget':
      return principal.merchantId;
    case 'anonymous':
      // Another module may know the bearer: what one may see is not repeated to another.
      return `anonymous ${createHash('sha256')
        .update(request.headers.authorization ?? '')
        .digest('hex')}`;
  }
}

function replay(reply: FastifyReply, { status, headers, body }: StoredAnswer): void {
  void reply.status(status).headers(headers).header('idempotency-replayed', 'true').send(body);
}

/** Whether anybody can call as this: then refusals are not kept, which would fill the table for nothing. */
function isOpen(principal: Principal): boolean {
  return principal.kind === 'anonymous' || (principal.kind === 'storefront' && principal.keyKind === 'publishable');
}

function keep(store: IdempotencyRepository, turn: KeyedTurn, reply: FastifyReply, payload: unknown): Promise<void> {
  const { statusCode: status } = reply;
  const body = payload === null || payload === undefined ? '' : payload;
  const isRefusal = UNDECIDED.has(status) || (turn.isOpen && status >= 400 && status < 500);
  if (typeof body !== 'string' || status >= 500 || isRefusal) return store.release(turn, !isRefusal);
  const headers: StoredAnswer['headers'] = {};
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name);
    if (value !== undefined) headers[name] = Array.isArray(value) ? value : String(value);
  }
  return store.finish(turn, { status, headers, body });
}
