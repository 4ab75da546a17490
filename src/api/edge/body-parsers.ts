import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { HttpException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BULK_ORDERS_PATH } from '../../detection/orders/index.js';
import { BANK_REPORTS_PATH, ReportUpload, WECHAT_NOTIFICATION_PATH } from '../../finance/index.js';
import { invalidFields } from '../../shared/domain-error.js';
import { jsonShape, membersOf, MOST_LEVELS } from '../../shared/json-members.js';
import { drain, DRAIN_BYTES, receiveBankReport, type ReportLimits } from './report-body.js';
import { inTime, tooSlow } from './slow-senders.js';

type Done = (error: Error | null, body?: unknown) => void;

/** How long a body may be, and how long it may take. */
export interface BodyLimits {
  bytes: number;
  seconds: number;
}

/**
 * What bodies may be:
 * - `application/json`: parsed, UTF-8 only; an empty one is as none;
 *   on the route of signed notifications the bytes;
 * - `application/x-ndjson`: the raw stream (`@Body() body: Readable`), of any length, for the reader to check; for
 *   the bulk import alone, since no DTO is made for a stream;
 * - where a bank's report is handed in, XML or an archive of it: on disk (`@Body() body: ReportUpload`), in bytes, since XML
 *   names its own encoding, and under a limit of its own.
 * Of a preflight none is read. Anything else is answered 415, more than `bytes` 413, and 408 what is not there after `seconds`; of a stream and a report
 * something more has to come in that time.
 */
export function installBodyParsers(fastify: FastifyInstance, limits: BodyLimits, reports: ReportLimits): void {
  // Names such as __proto__ stay in what is parsed: the validation of every route refuses them with their place.
  const parseJson = fastify.getDefaultJsonParser('ignore', 'ignore');
  fastify.removeAllContentTypeParsers();
  const add = (type: string, parse: (request: FastifyRequest, payload: Readable, done: Done) => void): void => {
    fastify.addContentTypeParser(type, (request: FastifyRequest, payload: Readable, done: Done) => {
      if (request.method !== 'OPTIONS') {
        parse(request, payload, done);
        return;
      }
      done(null, undefined);
      void drain(payload, limits.seconds);
    });
  };
  add('application/json', (request, payload, done) => {
    const refusal = refuseEncoding(request);
    if (refusal) {
      refuse(payload, refusal, limits, done);
      return;
    }
    readBody(payload, limits, (error, bytes) => {
      if (error || !bytes) {
        done(error);
        return;
      }
      if (bytes.length === 0) {
        done(null, undefined);
        return;
      }
      // The signature is over the bytes, so they are what its reader needs.
      if (request.routeOptions.url === WECHAT_NOTIFICATION_PATH) {
        done(null, bytes);
        return;
      }
      if (!isUtf8(bytes)) {
        done(new HttpException('The body is not UTF-8.', 400));
        return;
      }
      const { depth, members } = jsonShape(bytes);
      if (depth > MOST_LEVELS) {
        done(new HttpException(`The body nests deeper than ${MOST_LEVELS} levels.`, 400));
        return;
      }
      void parseJson(request, bytes.toString('utf8'), (refusal: Error | null, body?: unknown) => {
        // Readers differ in which of the two they take: what a proxy has checked must be what is meant here.
        if (refusal || membersOf(body) === members) done(refusal, body);
        else done(new HttpException('The body names a member twice.', 400));
      });
    });
  });
  add('application/x-ndjson', (request, payload, done) => {
    const elsewhere = request.routeOptions.url !== BULK_ORDERS_PATH;
    const refusal = elsewhere ? new HttpException('NDJSON is only for the bulk import of orders.', 415) : null;
    const refused = refusal ?? refuseEncoding(request);
    if (refused) refuse(payload, refused, limits, done);
    else done(null, inTime(payload, limits.seconds));
  });
  // Everything else, and what names no type.
  add('*', (request, payload, done) => {
    const type = mediaType(request);
    const isReport = request.routeOptions.url === BANK_REPORTS_PATH && REPORT_TYPES.has(type);
    const refusal = isReport
      ? refuseCompression(request)
      : new HttpException(type === '' ? 'The body has no content type.' : `${type} is not understood here.`, 415);
    if (refusal) {
      refuse(payload, refusal, limits, done);
      return;
    }
    receiveBankReport(request, payload, { ...reports, seconds: limits.seconds }).then(
      (upload) => done(null, upload),
      done,
    );
  });
  fastify.addHook('preHandler', (request, _reply, done) => {
    const { method, routeOptions, body } = request;
    const given = body !== undefined && body !== null && reports.routes.readsNoBody(method, routeOptions.url ?? '');
    done(given ? unexpected(body) : undefined);
  });
  fastify.addHook('onResponse', async ({ body }) => {
    if (body instanceof ReportUpload) await body.file.close();
  });
}

/** An empty object says nothing; whatever else comes where nothing is read was meant to be read, and is refused. */
function unexpected(body: unknown): Error | undefined {
  const names = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : null;
  if (names === null) return invalidFields([{ pointer: '', detail: 'must not be given: nothing is read here' }]);
  if (names.length === 0) return undefined;
  return invalidFields(names.map((name) => ({ pointer: `/${name}`, detail: `property ${name} should not exist` })));
}

/** How tools name XML and archives of it, or files that they do not know; '': not at all. */
const REPORT_TYPES = new Set([
  '',
  'application/xml',
  'text/xml',
  'application/zip',
  'application/x-zip-compressed',
  'application/octet-stream',
]);

/** Answers at once, and hears the sender out, who else could not read it. */
function refuse(payload: Readable, refusal: HttpException, { seconds }: BodyLimits, done: Done): void {
  done(refusal);
  void drain(payload, seconds);
}

function mediaType({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();
}

function refuseCompression({ headers }: FastifyRequest): HttpException | null {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  return encoding === 'identity' ? null : new HttpException(`Content-Encoding ${encoding} is not understood.`, 415);
}

function refuseEncoding(request: FastifyRequest): HttpException | null {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1]?.toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    return new HttpException(`The body has to be UTF-8, not ${charset}.`, 415);
  return refuseCompression(request);
}

/** The whole of a body; 413 when it is too long, 408 when it takes too long. */
export function readBody(
  payload: Readable,
  { bytes: limitBytes, seconds }: BodyLimits,
  done: (error: Error | null, bytes?: Buffer) => void,
): void {
  let chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => {
    stop();
    done(tooSlow(seconds));
  }, seconds * 1000);
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    if (length <= limitBytes) chunks.push(chunk);
    else chunks = [];
    if (length > limitBytes + DRAIN_BYTES) onEnd();
  };
  const onEnd = (): void => {
    stop();
    if (length > limitBytes) done(new HttpException(`A body may have ${limitBytes} bytes at most.`, 413));
    else done(null, Buffer.concat(chunks, length));
  };
  const onError = (): void => {
    stop();
    done(new HttpException('The body ended before its time.', 400));
  };
  const stop = (): void => {
    clearTimeout(timer);
    payload.off('data', onData).off('end', onEnd).off('error', onError);
    // What still comes is discarded; without a listener an error would end the process.
    payload.on('error', () => undefined);
  };
  payload.on('data', onData).on('end', onEnd).on('error', onError);
}
