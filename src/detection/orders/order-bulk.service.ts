import { Readable } from 'node:stream';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Logger } from '../../core/logger.js';
import { currentContext } from '../../core/work-context.js';
import { DomainError, invalidFields } from '../../shared/domain-error.js';
import { isText } from '../../shared/fields.js';
import { ProblemTable } from '../../core/problem-table.js';
import { jsonShape, membersOf, MOST_LEVELS } from '../../shared/json-members.js';
import { validated } from '../../shared/validated.js';
import { ndjsonLines, type NdjsonLine } from './ndjson.js';
import { BulkLineDto, type BulkResultDto } from './order.dto.js';
import type { Instruction } from './order-instruction.js';
import { OrderWriter, type OrderCaller } from './order-writer.js';

/** Lines that are committed together, at most. */
const BATCH_LINES = 200;
/** Bytes of lines that are committed together, about; also the longest line. */
const BATCH_BYTES = 1_048_576;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A line that could be read, or what is wrong with it. */
type ReadLine = { number: number } & (
  { instruction: Instruction; status: 201 | 202 } | { orderId: string | null; refused: Refusal }
);

type Refusal = Pick<BulkResultDto, 'status' | 'code' | 'detail'>;

/** Bulk import: reads no faster than the database writes, and writes no faster than the caller reads. */
@Injectable()
export class OrderBulkService implements BeforeApplicationShutdown {
  private readonly running = new Set<Readable>();

  constructor(
    private readonly writer: OrderWriter,
    private readonly problems: ProblemTable,
    private readonly logger: Logger,
  ) {}

  /** The results as NDJSON, one for each line, in order. Throws `request.invalid` when the body is not NDJSON. */
  importOrders(caller: OrderCaller, body: unknown): Readable {
    if (!(body instanceof Readable))
      throw invalidFields([{ pointer: '', detail: 'must be NDJSON, with content type application/x-ndjson' }]);
    const results = Readable.from(this.results(caller, body), { objectMode: false, highWaterMark: 65_536 });
    this.running.add(results);
    results.once('close', () => this.running.delete(results));
    return results;
  }

  /** An import is cut off between two batches: the caller sees that the answer ends early, and sends the file again. */
  beforeApplicationShutdown(): void {
    for (const results of this.running) results.destroy();
  }

  private async *results(caller: OrderCaller, body: Readable): AsyncGenerator<Buffer> {
    let batch: ReadLine[] = [];
    let bytes = 0;
    for await (const line of ndjsonLines(body, BATCH_BYTES)) {
      const length = line.bytes?.length ?? 0;
      if (batch.length > 0 && bytes + length > BATCH_BYTES) {
        yield await this.commit(caller, batch);
        batch = [];
        bytes = 0;
      }
      batch.push(this.read(line));
      bytes += length;
      if (batch.length >= BATCH_LINES) {
        yield await this.commit(caller, batch);
        batch = [];
        bytes = 0;
      }
    }
    if (batch.length > 0) yield await this.commit(caller, batch);
  }

  private read(line: NdjsonLine): ReadLine {
    const { number, bytes } = line;
    const unread = (status: number, code: string, detail: string): ReadLine => {
      return { number, orderId: null, refused: { status, code, detail } };
    };
    if (!bytes) return unread(413, 'request.too-large', `A line has at most ${BATCH_BYTES} bytes.`);
    const { depth, members } = jsonShape(bytes);
    if (depth > MOST_LEVELS)
      return unread(400, 'request.malformed', `The line nests deeper than ${MOST_LEVELS} levels.`);
    let plain: unknown;
    try {
      plain = JSON.parse(utf8.decode(bytes));
    } catch {
      return unread(400, 'request.malformed', 'The line is not JSON in UTF-8.');
    }
    if (membersOf(plain) !== members) return unread(400, 'request.malformed', 'The line names a member twice.');
    try {
      const { order, complete, refunds } = validated(BulkLineDto, plain);
      return {
        number,
        instruction: { orderId: order.orderId, place: order, complete: complete ?? undefined, refunds: refunds ?? [] },
        status: complete || refunds?.length ? 202 : 201,
      };
    } catch (error) {
      return { number, orderId: orderIdOf(plain), refused: this.refusal(error) };
    }
  }

  private async commit(caller: OrderCaller, batch: readonly ReadLine[]): Promise<Buffer> {
    const instructions = batch.flatMap((line) => ('instruction' in line ? [line.instruction] : []));
    const outcomes = await this.outcomes(caller, instructions);
    const results = batch.map((line): BulkResultDto => {
      if ('refused' in line) return { line: line.number, orderId: line.orderId, ...line.refused };
      const { orderId } = line.instruction;
      const refused = outcomes.shift();
      return { line: line.number, orderId, ...(refused ?? { status: line.status }) };
    });
    return Buffer.from(results.map((result) => `${JSON.stringify(result)}\n`).join(''));
  }

  /** For each instruction why it was refused, or null. When the database fails, that is said of each. */
  private async outcomes(caller: OrderCaller, instructions: readonly Instruction[]): Promise<(Refusal | null)[]> {
    try {
      if (instructions.length === 0) return [];
      const { storefront, keyId } = caller;
      const context = currentContext();
      const calls = instructions.map((instruction) => ({ instruction, keyId, context }));
      const outcomes = await this.writer.apply(storefront, calls);
      this.writer.announce(outcomes, 'bulk');
      return outcomes.map((outcome) => ('error' in outcome ? this.refusal(outcome.error) : null));
    } catch (err) {
      this.logger.error('a batch of a bulk import failed', { lines: instructions.length, err });
      const refusal = this.refusal(err);
      return instructions.map(() => refusal);
    }
  }

  private refusal(error: unknown): Refusal {
    const { status, code, detail } = this.problems.describe(error);
    const first = error instanceof DomainError ? error.errors?.[0] : undefined;
    return { status, code, detail: first ? `${detail} ${first.pointer} ${first.detail}` : detail };
  }
}

function orderIdOf(plain: unknown): string | null {
  const orderId = (plain as { order?: { orderId?: unknown } | null } | null)?.order?.orderId;
  return isText(orderId, 64) ? orderId : null;
}
