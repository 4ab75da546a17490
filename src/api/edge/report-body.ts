import type { Readable } from 'node:stream';
import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayCall, type Authenticator, type RouteCheck } from '../../access/index.js';
import { BANK_REPORTS_PATH, ReportUpload } from '../../finance/index.js';
import { inTime } from './slow-senders.js';

/** A sender of too much is heard out for this many bytes more, since it reads our answer only when it has sent all. */
export const DRAIN_BYTES = 67_108_864;

export interface ReportLimits {
  limitBytes: number;
  routes: RouteCheck;
  authenticator: Authenticator;
}

/**
 * The body of a request that hands in a bank's report, on disk until the answer is sent; 413 when it is longer than
 * `limitBytes`, 408 when nothing more of it comes for `seconds`. Of a caller who may not hand in one nothing is kept: the guard will say no in its own words.
 */
export async function receiveBankReport(
  request: FastifyRequest,
  payload: Readable,
  { limitBytes, seconds, routes, authenticator }: ReportLimits & { seconds: number },
): Promise<ReportUpload | undefined> {
  let upload: ReportUpload | null;
  try {
    const { principal } = await authenticator.authenticate(request);
    if (!mayCall(routes.callersOf('POST', BANK_REPORTS_PATH), principal)) {
      await drain(payload, seconds);
      return undefined;
    }
  } catch (error) {
    await drain(payload, seconds);
    throw error;
  }
  const bytes = inTime(payload, seconds);
  try {
    upload = await ReportUpload.receive(bytes, limitBytes);
  } catch (error) {
    if (payload.errored) throw new HttpException('The body ended before its time.', 400);
    throw error;
  }
  if (!upload) {
    await drain(bytes, seconds);
    throw new HttpException(`A bank report may have ${limitBytes} bytes at most.`, 413);
  }
  return upload;
}

/** Lets what still comes pass by, for so long. */
export async function drain(payload: Readable, seconds: number): Promise<void> {
  let length = 0;
  const end = Date.now() + seconds * 1000;
  const bytes = inTime(payload, seconds);
  try {
    for await (const chunk of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > DRAIN_BYTES || Date.now() > end) return;
    }
  } catch {
    // The sender has gone, or is silent.
  }
}
