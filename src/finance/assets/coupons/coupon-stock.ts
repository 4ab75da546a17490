import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Ledger, SubLedger, type PostedJournal } from '../../ledger/index.js';
import { databaseNow } from '../../../core/database-now.js';
import { templateOf } from '../../../shared/asset.js';
import { CouponBook, movesCoupons } from './coupon-book.js';
import { CouponRepository } from './coupon.repository.js';

/** The single coupons that balances of `COUPON:<template>` count. */
@Injectable()
export class CouponStock extends SubLedger {
  constructor(
    ledger: Ledger,
    private readonly repository: CouponRepository,
  ) {
    super(ledger);
  }

  async follow(tx: EntityManager, journals: readonly PostedJournal[]): Promise<void> {
    const mine = journals.filter(({ entries }) => entries.some(movesCoupons));
    if (mine.length === 0) return;
    const entries = mine.flatMap((journal) => journal.entries.filter(movesCoupons));
    const taken = entries.filter(({ amount }) => amount < 0n);
    const free = taken.filter(({ couponId }) => couponId === undefined);
    const wanted = await this.repository.findWanted(tx, {
      couponIds: ids(taken.map(({ couponId }) => couponId)),
      rewardIds: ids(taken.map(({ rewardId }) => rewardId)),
      merchantIds: ids(free.map(({ owner }) => owner)),
      most: free.reduce((sum, { amount }) => sum - amount, 0n),
    });
    const returning = mine.filter(({ kind, entries: all }) => kind === 'redemption-reversed' || all.some(leavesHeld));
    const { coupons, caused } = await this.repository.findCaused(
      tx,
      ids(returning.map(({ cause }) => cause.id)),
      ids(returning.flatMap((journal) => journal.entries.filter(leavesHeld).map(({ rewardId }) => rewardId))),
    );
    const given = entries.filter(({ account, amount }) => account === 'available' && amount > 0n);
    const templates = ids(given.map(({ asset }) => templateOf(asset)));
    const known = new Map([...wanted, ...coupons].map((coupon) => [coupon.id, coupon]));
    const book = new CouponBook(
      [...known.values()],
      caused,
      await databaseNow(tx),
      await this.repository.findValidDays(tx, templates),
    );
    for (const journal of mine) book.follow(journal);
    await this.repository.write(tx, book.issued, book.moves);
  }
}

function leavesHeld({ account, amount }: { account: string; amount: bigint }): boolean {
  return account === 'held' && amount < 0n;
}

function ids<Id>(all: readonly (Id | undefined)[]): Id[] {
  return [...new Set(all.filter((id) => id !== undefined))];
}
