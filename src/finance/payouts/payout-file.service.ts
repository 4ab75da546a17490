import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { AccountNumberVault, insertRows, UnitOfWork } from '../../database/index.js';
import { DomainError } from '../../shared/domain-error.js';
import type { FinanceErrorCode } from '../errors.js';
import { PayoutBatchEntity, PayoutFileEntity } from './payouts.entities.js';
import { PayoutRepository } from './payout.repository.js';
import { debtorHash, PlatformAccountService } from './platform-account.service.js';
import { FileRail } from './rails/payout-rail.js';
import { PaymentFileError } from './rails/payment-file.js';
import { Rails } from './rails/rails.js';
import { paymentOrder } from './sealed-payout.js';

/** Fits the smallest usual max_allowed_packet (4 MB and more) with room for the statement. */
const PART_BYTES = 3_000_000;

/** A batch's file as it was written. */
export interface StoredFile {
  name: string;
  mediaType: string;
  bytes: Buffer;
  sha256: string;
}

/** Files are written once, after the batch was submitted, and kept to the byte. */
@Injectable()
export class PayoutFileService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly platformAccounts: PlatformAccountService,
    private readonly rails: Rails,
    private readonly vault: AccountNumberVault,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Writes the file of a submitted batch, unless it has been written. Safe to run twice and at once. */
  async writeFile(batchId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, batchId);
      const rail = this.rails.get(batch.rail);
      if (batch.submittedAt === null || batch.fileSha256 !== null || !(rail instanceof FileRail)) return;
      const debtor = await this.platformAccounts.getAccount(tx, batch.currency);
      if (debtorHash(debtor) !== batch.debtorHash)
        throw new PaymentFileError(`${batchId}: the operator's account changed since the approval`);
      const payouts = await this.payouts.findPayouts(tx, batchId);
      const file = {
        messageId: batch.messageId,
        createdAt: batch.submittedAt,
        executionDate: dateIn(this.config.payoutTimeZone, batch.submittedAt),
        currency: batch.currency,
        controlSum: batch.controlSum,
        debtor: this.platformAccounts.open(debtor),
        orders: payouts.map((payout) => paymentOrder(this.vault, payout)),
      };
      const hash = createHash('sha256');
      let fileBytes = 0;
      let part = 0;
      for (const bytes of inParts(rail.write(file, batch.fileFormat ?? rail.formats[0]), PART_BYTES)) {
        part += 1;
        hash.update(bytes);
        fileBytes += bytes.length;
        // One part a statement: a packet holds no more.
        await insertRows(tx, 'payout_file', ['batch_id', 'part', 'bytes'], [[batchId, part, bytes]]);
      }
      await tx.update(PayoutBatchEntity, { id: batchId }, { fileSha256: hash.digest('hex'), fileBytes });
    });
  }

  /** Submitted batches whose file is still to be written: the process died in between. */
  async findUnwritten(batchIds?: readonly string[]): Promise<string[]> {
    const files = this.rails.files();
    if (files.length === 0 || batchIds?.length === 0) return [];
    const rows: { id: string }[] = await this.unitOfWork.reader.query(
      `SELECT id FROM payout_batch WHERE state = 'submitted' AND file_sha256 IS NULL AND rail IN (?)
       ${batchIds === undefined ? '' : 'AND id IN (?)'} ORDER BY id`,
      [files, ...(batchIds === undefined ? [] : [batchIds])],
    );
    return rows.map((row) => row.id);
  }

  /** The file as stored. Throws `payout.batch-not-found` or `payout.no-file`. */
  async readFile(batchId: string): Promise<StoredFile> {
    const batch = await this.payouts.getBatch(this.unitOfWork.reader, batchId);
    if (batch.fileSha256 === null)
      throw new DomainError<FinanceErrorCode>('payout.no-file', 'There is no file: not submitted, or not to a file.');
    const parts = await this.unitOfWork.reader.find(PayoutFileEntity, { where: { batchId }, order: { part: 'ASC' } });
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== batch.fileSha256) throw new PaymentFileError(`${batchId}: the stored file was changed`);
    const rail = this.rails.get(batch.rail);
    const mediaType = rail instanceof FileRail ? rail.mediaType(batch.fileFormat ?? rail.formats[0]) : '';
    const extension = mediaType.startsWith('text/csv') ? 'csv' : 'xml';
    return { name: `${batch.messageId}.${extension}`, mediaType, bytes, sha256 };
  }
}

/** Pieces put together to parts of at least `size` bytes, the last one excepted, and never much larger. */
function* inParts(pieces: Iterable<Buffer>, size: number): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < size) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** The calendar day of a moment in a time zone, YYYY-MM-DD. */
export function dateIn(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}
