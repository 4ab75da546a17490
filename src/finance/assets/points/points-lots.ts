import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../../core/config.js';
import {
  insufficientFunds,
  Ledger,
  SubLedger,
  type MerchantAccountRef,
  type PostedEntry,
  type PostedJournal,
} from '../../ledger/index.js';
import { POINTS } from '../../../shared/asset.js';
import { isReturn, LotBook, type Lot } from './lot.js';
import { PointsLotRepository } from './points-lot.repository.js';
import type { MerchantId, StorefrontId } from '../../../shared/ids.js';

/** The lots that available points are made of. */
@Injectable()
export class PointsLots extends SubLedger {
  constructor(
    ledger: Ledger,
    private readonly repository: PointsLotRepository,
    @Inject(Config) private readonly config: Pick<Config, 'pointsLifetimeDays' | 'pointsAcrossStorefronts'>,
  ) {
    super(ledger);
  }

  async follow(tx: EntityManager, journals: readonly PostedJournal[]): Promise<void> {
    const mine = journals.filter(({ entries }) => entries.some(movesAvailablePoints));
    if (mine.length === 0) return;
    const need = new Map<MerchantId, bigint>();
    for (const { owner, amount } of mine.flatMap(({ entries }) => entries.filter(movesAvailablePoints)))
      if (amount < 0n) need.set(owner, (need.get(owner) ?? 0n) - amount);
    const at = this.config.pointsAcrossStorefronts ? undefined : storefrontOf(mine);
    const { now, lots } = await this.repository.readForUse(tx, need, at);
    if (at !== undefined) assertEnough(need, lots);
    const returned = await this.repository.readCaused(
      tx,
      mine.filter(({ kind }) => isReturn(kind)).map(({ cause }) => cause.id),
    );
    const known = new Map([...lots, ...returned.lots].map((lot) => [lot.id, lot]));
    const book = new LotBook([...known.values()], returned.moves, now, this.config.pointsLifetimeDays);
    for (const journal of mine) book.follow(journal);
    await this.repository.write(tx, book.changes(), book.moves);
  }
}

/** Where these journals redeem points; a redemption is posted alone. */
function storefrontOf(journals: readonly PostedJournal[]): StorefrontId | undefined {
  return journals.flatMap(({ entries }) => entries).find(({ redeemedAt }) => redeemedAt !== undefined)?.redeemedAt;
}

/** Throws `ledger.insufficient-funds` when what a merchant earned at the storefront is less than what is redeemed there. */
function assertEnough(need: ReadonlyMap<MerchantId, bigint>, lots: readonly Lot[]): void {
  for (const [merchantId, amount] of need) {
    const own = lots.filter((lot) => lot.merchantId === merchantId);
    if (own.reduce((sum, { parts }) => sum + parts.remaining, 0n) < amount)
      throw insufficientFunds(merchantId, POINTS, 'available', -amount);
  }
}

function movesAvailablePoints(entry: PostedEntry): entry is PostedEntry & MerchantAccountRef {
  return entry.asset === POINTS && entry.account === 'available';
}
