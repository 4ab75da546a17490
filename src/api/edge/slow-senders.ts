import { Readable } from 'node:stream';
import { HttpException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** What a sender is told who does not send in time. */
export function tooSlow(seconds: number): HttpException {
  return new HttpException(`The body did not arrive within ${seconds} seconds.`, 408);
}

/** The same bytes; fails when the sender sends nothing for so long. A reader who takes its time holds nothing against it. */
export function inTime(payload: Readable, seconds: number): Readable {
  const bytes = Readable.from(pieces(payload, seconds), { objectMode: false });
  // A reader who has stopped before the sender failed would not hear of it, and the process would end.
  return bytes.on('error', () => undefined);
}

async function* pieces(payload: Readable, seconds: number): AsyncGenerator<Buffer> {
  const chunks = payload.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for (;;) {
    const next = await within(chunks.next(), seconds);
    if (next.done) return;
    yield next.value;
  }
}

async function within<T>(work: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tooSlow(seconds));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Cuts off who is still sending so long after the answer: nobody reads it, and it would hold the connection. */
export function cutOffLateSenders(fastify: FastifyInstance, seconds: number): void {
  fastify.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.complete) {
      const timer = setTimeout(() => {
        raw.destroy();
      }, seconds * 1000).unref();
      const over = (): void => clearTimeout(timer);
      raw.once('end', over).once('close', over);
    }
    done();
  });
}
