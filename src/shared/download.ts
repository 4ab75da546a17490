import type { Readable, Transform } from 'node:stream';
import { DomainError, type SharedErrorCode } from './domain-error.js';

/** For how long a reader may take nothing before what it holds open is closed, and how often that is looked at. */
const STALLED_MS = 30_000;
const LOOKS = 10;

/** So many are sent at once by a process; fewer than the connections that there are for reading. */
export const DOWNLOADS_AT_ONCE = 4;
let downloads = 0;

/**
 * What is sent as it is read, so memory stays flat: each piece goes into the sink, whose other end is sent. When the reader goes away or
 * stalls, reading ends too. Throws `service.busy` while {@link DOWNLOADS_AT_ONCE} others are sent.
 */
export function download(sink: Transform, pieces: AsyncIterable<unknown>): Readable {
  if (downloads >= DOWNLOADS_AT_ONCE)
    throw new DomainError<SharedErrorCode>('service.busy', 'Too many downloads are under way in this moment.');
  downloads += 1;
  sink.once('close', () => (downloads -= 1));
  const written = { pieces: 0 };
  cutWhenStalled(sink, written);
  void write(pieces, sink, written);
  return sink;
}

async function write(pieces: AsyncIterable<unknown>, sink: Transform, written: { pieces: number }): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (sink.destroyed) return;
      written.pieces += 1;
      if (!sink.write(piece)) await drained(sink);
    }
    sink.end();
  } catch (error) {
    sink.destroy(error as Error);
  }
}

async function drained(sink: Transform): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      sink.off('drain', done).off('close', done);
      resolve();
    };
    sink.on('drain', done).on('close', done);
  });
}

/** A reader stalls when there is something to take and nothing of it is taken; what is long in coming is no stall. */
function cutWhenStalled(sink: Transform, written: Readonly<{ pieces: number }>): void {
  let seen = '';
  let unchanged = 0;
  const timer = setInterval(() => {
    const now = [written.pieces, sink.writableLength, sink.readableLength].join(' ');
    unchanged = sink.readableLength > 0 && now === seen ? unchanged + 1 : 0;
    seen = now;
    if (unchanged >= LOOKS) sink.destroy(new Error('the reader has stopped'));
  }, STALLED_MS / LOOKS);
  timer.unref();
  sink.once('close', () => clearInterval(timer));
}
