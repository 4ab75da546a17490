import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../../core/config.js';
import { AuditLog, type Staff } from '../../../access/index.js';
import { AccountNumberVault } from '../../../database/index.js';
import { Logger } from '../../../core/logger.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { DomainError } from '../../../shared/domain-error.js';
import type { PayoutErrorCode } from '../errors.js';
import { localDay } from '../../../shared/calendar.js';
import { SealedText } from '../../../shared/sealed-text.js';
import { PayoutStopService } from './payout-stop.service.js';
import { PayoutFileRepository } from './payout-file.repository.js';
import { PayoutFileEntity, PayoutReplacedFileEntity } from './payout-file.entity.js';
import { PayoutBatchEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import { debtorHash, PlatformAccountService } from '../accounts/platform-account.service.js';
import { FileRail, type PaymentOrder } from '../rails/payout-rail.js';
import { PaymentFileError } from '../rails/payment-file.js';
import { Rails } from '../rails/rails.js';
import { paymentOrder } from '../sealed-payout.js';
import type { PayoutBatchId } from '../../../shared/ids.js';

/** Fits the smallest usual max_allowed_packet (4 MB and more) with room for the statement. */
const PART_BYTES = 3_000_000;
/** What the keys of files are derived for. */
export const PAYOUT_FILE_PURPOSE = 'yinke payout files';
/** Payouts read at once while a file is written. */
const PAGE = 500;

/** A file of a batch: the one that counts, or one that was replaced. */
export interface FileVersion {
  version: number;
  state: 'current' | 'replaced' | 'withdrawn';
  /** YYYY-MM-DD; null where a file has no date. */
  executionDate: string | null;
  sha256: string;
  bytes: number;
  /** RFC 3339. */
  replacedAt: string | null;
}

/** A batch's file as it was written. */
export interface StoredFile {
  /** Says so when the file must not be handed in any more. */
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  /** Its bytes, read as they are consumed. */
  content: Readable;
}

/**
 * Files are written once, after the batch was submitted, and kept sealed and to the byte in the database, where every process finds
 * them (ADR 0005). They are written and read in parts, so their length does not count in memory. A file for another day
 * is a new version under the same message id: should both be handed in, the bank's own check for duplicates stops one.
 */
@Injectable()
export class PayoutFileService {
  private readonly seal: SealedText;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly files: PayoutFileRepository,
    private readonly platformAccounts: PlatformAccountService,
    private readonly stops: PayoutStopService,
    private readonly rails: Rails,
    private readonly vault: AccountNumberVault,
    private readonly auditLog: AuditLog,
    private readonly logger: Logger,
    @Inject(Config) private readonly config: Config,
  ) {
    this.seal = new SealedText(config.dataKeys, PAYOUT_FILE_PURPOSE);
  }

  /**
   * Writes the file of a submitted batch, unless it has been written. Safe to run twice and at once. Nobody gets into a first
   * file who was stopped since the submit; a batch of which nobody is left has none.
   */
  private async writeFile(batchId: PayoutBatchId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, batchId);
      const rail = this.rails.get(batch.rail);
      if (batch.state !== 'submitted' || batch.submittedAt === null || batch.fileSha256 !== null) return;
      if (!(rail instanceof FileRail)) return;
      const debtor = await this.platformAccounts.getAccount(tx, batch.currency);
      if (debtorHash(debtor) !== batch.debtorHash)
        throw new PaymentFileError(`${batchId}: the operator's account changed since the approval`);
      // A file for another day may come after one that the bank has: who is in it was looked at when it was approved.
      if (batch.fileVersion === 1 && (await this.stops.takeOutUnwritten(tx, batch)) === 0) return;
      const takenOut = (await this.payouts.countTakenOut(tx, [batchId])).get(batchId);
      const file = {
        messageId: batch.messageId,
        createdAt: batch.fileAskedAt ?? batch.submittedAt,
        executionDate: batch.executionDate ?? localDay(this.config.payoutTimeZone, batch.submittedAt),
        currency: batch.currency,
        payments: batch.payoutCount - (takenOut?.count ?? 0),
        controlSum: batch.controlSum - (takenOut?.sentAmount ?? 0n),
        debtor: this.platformAccounts.open(debtor),
        orders: this.ordersOf(tx, batchId),
      };
      const hash = createHash('sha256');
      let fileBytes = 0;
      let part = 0;
      for await (const bytes of inParts(rail.write(file, batch.fileFormat ?? rail.formats[0]), PART_BYTES)) {
        part += 1;
        hash.update(bytes);
        fileBytes += bytes.length;
        // One part a statement: a packet holds no more.
        const place = { batchId, version: batch.fileVersion, part };
        await tx.insert(PayoutFileEntity, { ...place, ...this.seal.sealBytes(bytes, placeOf(place)) });
      }
      const sha256 = hash.digest('hex');
      await tx.update(PayoutBatchEntity, { id: batchId }, { fileSha256: sha256, fileBytes });
      await this.auditLog.record(tx, {
        principal: { kind: 'system' },
        action: 'payout-file.written',
        subject: batchId,
        detail: { version: batch.fileVersion, sha256, payments: file.payments },
      });
    });
  }

  /** {@link writeFile} for a batch whose submit stands already: what goes wrong is told to whoever is on call, and the next sweep tries again. */
  async tryWrite(batchId: PayoutBatchId): Promise<void> {
    await this.writeFile(batchId).catch((err: unknown) => this.logger.alert('payout-file-unwritten', { batchId, err }));
  }

  /** Submitted batches whose file is still to be written: the process died in between. */
  async findUnwritten(batchIds?: readonly PayoutBatchId[]): Promise<PayoutBatchId[]> {
    const rails = this.rails.files();
    if (rails.length === 0 || batchIds?.length === 0) return [];
    return this.files.findUnwritten(this.unitOfWork.reader, rails, batchIds);
  }

  /** Makes room for the next version of a file; the one that there is stays readable. The batch is locked. */
  async replaceFile(
    tx: EntityManager,
    { id: batchId, fileVersion: version, executionDate: formerDate }: PayoutBatchEntity,
    former: { sha256: string; bytes: number },
    executionDate: string,
    at: Date,
  ): Promise<void> {
    const replaced = { batchId, version, executionDate: formerDate, ...former, replacedAt: at };
    await tx.insert(PayoutReplacedFileEntity, replaced);
    const next = { fileVersion: version + 1, executionDate, fileAskedAt: at, fileSha256: null, fileBytes: null };
    await tx.update(PayoutBatchEntity, { id: batchId }, next);
  }

  /** Every version of a batch's file, the one that counts first. Throws `payout.batch-not-found`. */
  async listFiles(batchId: PayoutBatchId): Promise<FileVersion[]> {
    const reader = this.unitOfWork.reader;
    return this.versionsOf(await this.payouts.getBatch(reader, batchId));
  }

  private async versionsOf(batch: PayoutBatchEntity): Promise<FileVersion[]> {
    const { id: batchId, fileVersion: version, executionDate, fileSha256: sha256, fileBytes } = batch;
    const order = { version: 'DESC' as const };
    const rows = await this.unitOfWork.reader.find(PayoutReplacedFileEntity, { where: { batchId }, order });
    const replaced = rows.map((row): FileVersion => ({
      version: row.version,
      state: 'replaced',
      executionDate: row.executionDate,
      sha256: row.sha256,
      bytes: row.bytes,
      replacedAt: row.replacedAt.toISOString(),
    }));
    if (sha256 === null) return replaced;
    const state = batch.state === 'withdrawn' ? 'withdrawn' : 'current';
    return [{ version, state, executionDate, sha256, bytes: fileBytes ?? 0, replacedAt: null }, ...replaced];
  }

  /**
   * The file as stored, the one that counts or an older version, and who took it in the audit log. Throws `payout.batch-not-found`,
   * `payout.no-file`, and `payout.file-deleted` when its time is over.
   */
  async readFile(by: Staff, batchId: PayoutBatchId, wanted?: number): Promise<StoredFile> {
    const batch = await this.payouts.getBatch(this.unitOfWork.reader, batchId);
    const version = wanted ?? batch.fileVersion;
    const file = (await this.versionsOf(batch)).find((one) => one.version === version);
    if (!file)
      throw new DomainError<PayoutErrorCode>(
        'payout.no-file',
        'There is no such file: not submitted, or not to a file.',
      );
    if (batch.filesDeletedAt !== null)
      throw new DomainError<PayoutErrorCode>(
        'payout.file-deleted',
        `The file was deleted on ${batch.filesDeletedAt.toISOString().slice(0, 10)}, long after the batch was settled; its SHA-256 is ${file.sha256}.`,
      );
    const hash = createHash('sha256');
    let bytes = 0;
    // Read to its end before the first byte leaves, so that no half of a file is sent that turns out to be another.
    for await (const part of this.partsOf(batchId, version)) {
      hash.update(part);
      bytes += part.length;
    }
    const sha256 = hash.digest('hex');
    if (sha256 !== file.sha256) throw new PaymentFileError(`${batchId}: the stored file was changed`);
    const rail = this.rails.get(batch.rail);
    if (!(rail instanceof FileRail)) throw new Error(`${batchId} has a file, and its rail writes none`);
    const mediaType = rail.mediaType(batch.fileFormat ?? rail.formats[0]);
    await this.unitOfWork.run((tx) =>
      this.auditLog.record(tx, {
        principal: by,
        action: 'payout-file.downloaded',
        subject: batchId,
        detail: { version, sha256 },
      }),
    );
    const content = Readable.from(this.partsOf(batchId, version), { objectMode: false });
    const marks = [
      ...(version > 1 || file.state === 'replaced' ? [version] : []),
      ...(file.state === 'current' ? [] : [file.state]),
    ];
    const name = `${[batch.messageId, ...marks].join('-')}.${rail.extension}`;
    return { name, mediaType, bytes, sha256, content };
  }

  private async *ordersOf(tx: EntityManager, batchId: PayoutBatchId): AsyncGenerator<PaymentOrder> {
    for (let after = 0; ;) {
      const page = await this.payouts.findPayoutsAfter(tx, { batchId, onlySent: true }, after, PAGE);
      for (const payout of page) yield paymentOrder(this.vault, payout);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.position;
    }
  }

  private open(part: PayoutFileEntity): Buffer {
    try {
      return this.seal.openBytes(part, placeOf(part));
    } catch (cause) {
      throw new PaymentFileError(`${part.batchId}: the stored file was changed, or its key is missing`, { cause });
    }
  }

  private async *partsOf(batchId: PayoutBatchId, version: number): AsyncGenerator<Buffer> {
    for (let part = 1; ; part += 1) {
      const found = await this.unitOfWork.reader.findOneBy(PayoutFileEntity, { batchId, version, part });
      if (!found) return;
      yield this.open(found);
    }
  }
}

/** What a part of a file is bound to: it opens in no other place. */
export function placeOf({ batchId, version, part }: Pick<PayoutFileEntity, 'batchId' | 'version' | 'part'>): string {
  return `${batchId}/${version}/${part}`;
}

/** Pieces put together to parts of at least `size` bytes, the last one excepted, and never much larger. */
async function* inParts(pieces: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < size) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
