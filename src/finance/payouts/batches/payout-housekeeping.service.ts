import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { PayoutRepository } from '../payout.repository.js';
import { WaitingMerchantsService } from './waiting-merchants.service.js';

/** For how long it can be read who was not in a batch and why; the batch keeps their number for ever. */
const SKIPS_DAYS = 90;
/** Rows deleted in one transaction. */
const PIECE = 5_000;

/** Routine work, done now and then. Safe to run twice and at once. */
@Injectable()
export class PayoutHousekeeping {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly waiting: WaitingMerchantsService,
  ) {}

  async watch(): Promise<{ waiting: number; purged: number }> {
    return { waiting: await this.waiting.alertWaiting(), purged: await this.purgeSkips() };
  }

  private async purgeSkips(): Promise<number> {
    let purged = 0;
    for (;;) {
      const deleted = await this.unitOfWork.run((tx) => this.payouts.deleteOldSkips(tx, SKIPS_DAYS, PIECE));
      purged += deleted;
      if (deleted < PIECE) return purged;
    }
  }
}
