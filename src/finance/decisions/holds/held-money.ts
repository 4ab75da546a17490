import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../core/clock.js';
import { Ledger, SubLedger, type PostedJournal } from '../../ledger/index.js';
import { followJournals } from './hold.js';
import { HoldRepository } from './hold.repository.js';

/** The holds that `held` is made of. What people decide about a hold is written by {@link HoldService} itself. */
@Injectable()
export class HeldMoney extends SubLedger {
  constructor(
    ledger: Ledger,
    private readonly holds: HoldRepository,
    private readonly clock: Clock,
  ) {
    super(ledger);
  }

  async follow(tx: EntityManager, journals: readonly PostedJournal[]): Promise<void> {
    const mine = journals.filter(
      ({ cause, entries }) => cause.type !== 'hold' && entries.some(({ account }) => account === 'held'),
    );
    if (mine.length === 0) return;
    const refunded = mine.flatMap(({ entries }) =>
      entries.flatMap(({ account, amount, rewardId }) =>
        account === 'held' && amount < 0n && rewardId !== undefined ? [rewardId] : [],
      ),
    );
    const open = await this.holds.lockOpenOfRewards(tx, [...new Set(refunded)]);
    const { opened, changed } = followJournals(open, mine, this.clock.now());
    await this.holds.insert(tx, opened);
    await this.holds.update(tx, changed);
  }
}
