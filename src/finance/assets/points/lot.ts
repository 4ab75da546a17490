import type { RowOf } from '../../../core/table.js';
import { minAmount } from '../../../shared/money.js';
import { newId, type MerchantId, type PointsLotId, type RewardId } from '../../../shared/ids.js';
import { isMerchants, type CauseId, type JournalKind, type PostedJournal } from '../../ledger/index.js';
import { POINTS } from '../../../shared/asset.js';
import { DAY_MS } from '../../../shared/calendar.js';
import type { LotPart } from './lot-part.js';
import type { PointsLotEntity, PointsLotMoveEntity } from './points-lot.entity.js';

export * from './lot-part.js';

/** A lot of points; `parts` are where its points are now. */
export type Lot = Omit<PointsLotEntity, 'remaining' | 'redeemed' | 'expired' | 'takenBack' | 'state'> & {
  parts: Record<LotPart, bigint>;
};

export type LotMove = RowOf<PointsLotMoveEntity>;

/** What an earlier journal of the same cause took from a lot, or gave back to it. */
export type CausedMove = Pick<LotMove, 'lotId' | 'source' | 'target' | 'amount'> & { causeId: CauseId };

/** Journals that undo what an earlier one of the same cause took, by the part where it went. */
const RETURNS: Partial<Record<JournalKind, LotPart>> = { 'redemption-reversed': 'redeemed', release: 'taken-back' };
/** Where points go that leave `available`; everywhere else it is `taken-back`. */
const LEAVES_TO: Partial<Record<JournalKind, LotPart>> = { redemption: 'redeemed', expiry: 'expired' };

/** Whether this journal may give points back to the lots that they came from. */
export function isReturn(kind: JournalKind): boolean {
  return RETURNS[kind] !== undefined;
}

/** First to expire first; what never expires comes last. The older lot wins a tie. */
export function compareLots(a: Pick<Lot, 'id' | 'expiresAt'>, b: Pick<Lot, 'id' | 'expiresAt'>): number {
  const [at, bt] = [a.expiresAt?.getTime() ?? Infinity, b.expiresAt?.getTime() ?? Infinity];
  if (at !== bt) return at < bt ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The lots of merchants whose accounts are locked, and what journals do to them. Credits make lots, debits take from the first to expire. */
export class LotBook {
  readonly moves: LotMove[] = [];
  private readonly lots = new Map<MerchantId, Lot[]>();
  private readonly changed = new Set<Lot>();
  /** What a cause has put into a part of a lot and not taken out again, by `cause lot part`. */
  private readonly caused = new Map<string, bigint>();

  constructor(
    lots: readonly Lot[],
    causedMoves: readonly CausedMove[],
    private readonly now: Date,
    private readonly lifetimeDays: number | null,
  ) {
    for (const lot of lots) this.add(lot);
    for (const { causeId, lotId, source, target, amount } of causedMoves)
      this.note(causeId, lotId, source, target, amount);
  }

  /** Follows a journal. Throws RangeError when lots and balance have come apart: the transaction must not stand. */
  follow(journal: PostedJournal): void {
    journal.entries.forEach((entry, index) => {
      if (entry.asset !== POINTS || !isMerchants(entry)) return;
      const line = { journal, line: index + 1, merchantId: entry.owner, rewardId: entry.rewardId ?? null };
      const from = RETURNS[journal.kind];
      if (entry.account === 'available' && entry.amount > 0n) {
        const left = from === undefined ? entry.amount : this.giveBack(line, from, 'remaining', entry.amount);
        if (left > 0n) this.issue(line, left);
      } else if (entry.account === 'available') {
        this.use(line, LEAVES_TO[journal.kind] ?? 'taken-back', -entry.amount);
      } else if (entry.account === 'owed' && entry.amount > 0n && from === 'redeemed') {
        // What is reversed settles a negative balance first: it is no longer redeemed, but it is not the merchant's again.
        this.giveBack(line, 'redeemed', 'taken-back', entry.amount);
      }
    });
  }

  /** The lots that are new or different. */
  changes(): Lot[] {
    return [...this.changed].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private issue({ journal, line, merchantId, rewardId }: Line, amount: bigint): void {
    const lot: Lot = {
      id: newId('pointsLot'),
      merchantId,
      journalId: journal.id,
      rewardId,
      issued: amount,
      parts: { remaining: 0n, redeemed: 0n, expired: 0n, 'taken-back': 0n },
      issuedAt: this.now,
      expiresAt: this.lifetimeDays === null ? null : new Date(this.now.getTime() + this.lifetimeDays * DAY_MS),
    };
    this.add(lot);
    this.move(lot, journal, line, 'issued', 'remaining', amount);
  }

  private use({ journal, line, merchantId }: Line, target: LotPart, amount: bigint): void {
    let left = amount;
    for (const lot of this.lotsOf(merchantId).sort(compareLots)) {
      const taken = minAmount(lot.parts.remaining, left);
      this.move(lot, journal, line, 'remaining', target, taken);
      left -= taken;
    }
    if (left > 0n) throw new RangeError(`${merchantId} lacks lots of ${left.toString()} points`);
  }

  /** Undoes what the cause has put into `from`, the last to expire first; returns how much of it was not there. */
  private giveBack({ journal, line, merchantId }: Line, from: LotPart, target: LotPart, amount: bigint): bigint {
    const lots = this.lotsOf(merchantId).sort((a, b) => compareLots(b, a));
    let left = amount;
    // What settles a negative balance is of the points that would expire first, as everywhere.
    for (const lot of target === 'remaining' ? lots : lots.reverse()) {
      const there = this.caused.get(`${journal.cause.id} ${lot.id} ${from}`) ?? 0n;
      const given = minAmount(there, left);
      this.move(lot, journal, line, from, target, given);
      left -= given;
    }
    return left;
  }

  private lotsOf(merchantId: MerchantId): Lot[] {
    return [...(this.lots.get(merchantId) ?? [])];
  }

  private add(lot: Lot): void {
    const lots = this.lots.get(lot.merchantId);
    if (lots) lots.push(lot);
    else this.lots.set(lot.merchantId, [lot]);
  }

  private move(
    lot: Lot,
    journal: PostedJournal,
    line: number,
    source: LotMove['source'],
    target: LotPart,
    amount: bigint,
  ): void {
    if (amount <= 0n) return;
    if (source !== 'issued') lot.parts[source] -= amount;
    lot.parts[target] += amount;
    this.changed.add(lot);
    this.note(journal.cause.id, lot.id, source, target, amount);
    this.moves.push({ journalId: journal.id, line, lotId: lot.id, source, target, amount });
  }

  private note(causeId: CauseId, lotId: PointsLotId, source: string, target: string, amount: bigint): void {
    for (const [part, signed] of [
      [source, -amount],
      [target, amount],
    ] as const) {
      const key = `${causeId} ${lotId} ${part}`;
      this.caused.set(key, (this.caused.get(key) ?? 0n) + signed);
    }
  }
}

interface Line {
  journal: PostedJournal;
  line: number;
  merchantId: MerchantId;
  rewardId: RewardId | null;
}
