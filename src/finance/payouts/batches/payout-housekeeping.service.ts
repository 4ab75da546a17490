import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '../../../access/index.js';
import { Config } from '../../../core/config.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { PayoutRepository } from '../payout.repository.js';
import { PayoutFileRepository } from './payout-file.repository.js';
import { WaitingMerchantsService } from './waiting-merchants.service.js';

/** For how long it can be read who was not in a batch and why; the batch keeps their number for ever. */
const SKIPS_DAYS = 90;
/** Rows deleted in one transaction. */
const PIECE = 5_000;
/** Batches whose files are deleted in one sweep, each in a transaction of its own; the next sweep goes on. */
const BATCHES = 500;

/** Routine work, done now and then. Safe to run twice and at once. */
@Injectable()
export class PayoutHousekeeping {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly files: PayoutFileRepository,
    private readonly waiting: WaitingMerchantsService,
    private readonly auditLog: AuditLog,
    @Inject(Config) private readonly config: Config,
  ) {}

  async watch(): Promise<{ waiting: number; purged: number; filesDeleted: number }> {
    const waiting = await this.waiting.alertWaiting();
    return { waiting, purged: await this.purgeSkips(), filesDeleted: await this.deleteOldFiles() };
  }

  /** Deletes the files of batches that are long settled. Answers with how many batches. */
  async deleteOldFiles(): Promise<number> {
    const { payoutFileDays: days } = this.config;
    const found = await this.files.findWithOldFiles(this.unitOfWork.reader, days, BATCHES);
    for (const id of found)
      await this.unitOfWork.run(async (tx) => {
        const batch = await this.payouts.lockBatch(tx, id);
        if (batch.filesDeletedAt !== null) return;
        await this.files.deleteFiles(tx, id);
        const { fileSha256: sha256 } = batch;
        await this.auditLog.record(tx, {
          principal: { kind: 'system' },
          action: 'payout-files.deleted',
          subject: id,
          detail: { sha256, days },
        });
      });
    return found.length;
  }

  private async purgeSkips(): Promise<number> {
    let purged = 0;
    for (;;) {
      const deleted = await this.unitOfWork.run((tx) => this.files.deleteOldSkips(tx, SKIPS_DAYS, PIECE));
      purged += deleted;
      if (deleted < PIECE) return purged;
    }
  }
}
