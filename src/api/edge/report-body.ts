import type { Readable } from 'node:stream';
import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayCall, type Authenticator, type RouteCheck } from '../../access/index.js';
import { BANK_REPORTS_PATH, ReportUpload } from '../../finance/index.js';

/** A sender of too much is heard out for this many bytes more, since it reads our answer only when it has sent all. */
export const DRAIN_BYTES = 67_108_864;

export interface ReportLimits {
  limitBytes: number;
  routes: RouteCheck;
  authenticator: Authenticator;
}

/**
 * The body of a request that hands in a bank's report, on disk until the answer is sent; 413 when it is longer than
 * `limitBytes`. Of a caller who may not hand in one nothing is kept: the guard will say no in its own words.
 */
export async function receiveBankReport(
  request: FastifyRequest,
  payload: Readable,
  { limitBytes, routes, authenticator }: ReportLimits,
): Promise<ReportUpload | undefined> {
  let upload: ReportUpload | null;
  try {
    const { principal } = await authenticator.authenticate(request);
    if (!mayCall(routes.callersOf('POST', BANK_REPORTS_PATH), principal)) {
      await drain(payload);
      return undefined;
    }
  } catch (error) {
    await drain(payload);
    throw error;
  }
  try {
    upload = await ReportUpload.receive(payload, limitBytes);
  } catch (error) {
    if (payload.errored) throw new HttpException('The body ended before its time.', 400);
    throw error;
  }
  if (!upload) {
    await drain(payload);
    throw new HttpException(`A bank report may have ${limitBytes} bytes at most.`, 413);
  }
  return upload;
}

/** Lets what still comes pass by. */
export async function drain(payload: Readable): Promise<void> {
  let length = 0;
  try {
    for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > DRAIN_BYTES) return;
    }
  } catch {
    // The sender has gone.
  }
}
