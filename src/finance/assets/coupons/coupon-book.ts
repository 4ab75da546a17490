import type { RowOf } from '../../../core/table.js';
import { minAmount } from '../../../shared/money.js';
import { newId, type CouponId, type MerchantId, type RewardId } from '../../../shared/ids.js';
import {
  isMerchants,
  type CauseId,
  type MerchantAccountRef,
  type PostedEntry,
  type PostedJournal,
} from '../../ledger/index.js';
import { isCoupon, templateOf } from '../../../shared/asset.js';
import { compareCoupons, newCouponCode, transitions, type Coupon, type CouponState } from './coupon.js';
import { DAY_MS } from '../../../shared/calendar.js';
import type { CouponMoveEntity } from './coupon.entity.js';

export type CouponMove = RowOf<CouponMoveEntity>;

/** What a coupon is on hold or redeemed for now: a hold or a redemption, and of a hold also its reward. */
export type CausedCoupon = Pick<CouponMove, 'couponId'> & { causeId: CauseId };

type MerchantsEntry = PostedEntry & MerchantAccountRef;

/** Whether the entry moves coupons of a merchant: what is pending or a negative balance is a number, and no coupons yet. */
export function movesCoupons(entry: PostedEntry): entry is MerchantsEntry {
  return isCoupon(entry.asset) && isMerchants(entry) && entry.account !== 'pending';
}

/**
 * The coupons of merchants whose accounts are locked, and what journals do to them. `available` are the issued coupons,
 * `reserved` the reserved ones, `held` those on hold, and rewards that were never issued.
 */
export class CouponBook {
  readonly moves: CouponMove[] = [];
  readonly issued: Coupon[] = [];

  constructor(
    private readonly coupons: Coupon[],
    private readonly caused: readonly CausedCoupon[],
    private readonly now: Date,
    private readonly validDays: ReadonlyMap<string, number | null>,
  ) {}

  /** Follows a journal. Throws RangeError when coupons and balances have come apart: the transaction must not stand. */
  follow(journal: PostedJournal): void {
    for (const [key, entries] of groups(journal)) {
      const sum = (account: string) =>
        entries.filter((entry) => entry.account === account).reduce((total, { amount }) => total + amount, 0n);
      const [available, reserved, held, owed] = ['available', 'reserved', 'held', 'owed'].map(sum) as [
        bigint,
        bigint,
        bigint,
        bigint,
      ];
      const group: Group = { journal, key, entries };
      if (reserved > 0n) this.move(group, 'issued', 'reserved', reserved);
      else if (reserved < 0n) this.leaveReserved(group, -reserved, available);
      else {
        if (held < 0n) this.leaveHeld(group, -held, available);
        if (available < 0n) this.move(group, 'issued', leavesTo(journal, held), -available);
        else if (journal.kind === 'redemption-reversed') this.comeBack(group, available, owed);
        else if (held >= 0n && available > 0n) this.issue(group, available);
      }
    }
  }

  /** A reservation ends: redeemed, taken back, or the merchant's again, unless that settles a negative balance. */
  private leaveReserved(group: Group, count: bigint, available: bigint): void {
    const { kind } = group.journal;
    if (kind === 'redemption') this.move(group, 'reserved', 'redeemed', count);
    else if (kind === 'coupon-released') {
      this.move(group, 'reserved', 'issued', available);
      this.move(group, 'reserved', 'revoked', count - available);
    } else this.move(group, 'reserved', 'revoked', count);
  }

  /** What was on hold is released, as far as it does not settle a negative balance, or taken back. Only what was issued before has a coupon. */
  private leaveHeld(group: Group, count: bigint, credited: bigint): void {
    const available = credited > 0n ? credited : 0n;
    const stopped = this.findCaused(group, 'held');
    const released = stopped.slice(0, Number(minAmount(available, BigInt(stopped.length))));
    for (const coupon of released) this.change(group, coupon, 'issued');
    for (const coupon of stopped.slice(released.length, released.length + Number(count - BigInt(released.length))))
      this.change(group, coupon, 'revoked');
    if (available > BigInt(released.length)) this.issue(group, available - BigInt(released.length));
  }

  /** A redemption is reversed: its coupons are the merchant's again, as far as they do not settle a negative balance. */
  private comeBack(group: Group, available: bigint, owed: bigint): void {
    const used = this.findCaused(group, 'redeemed');
    const back = used.slice(0, Number(minAmount(available, BigInt(used.length))));
    for (const coupon of back) this.change(group, coupon, 'issued');
    for (const coupon of used.slice(back.length, back.length + Number(owed))) this.change(group, coupon, 'revoked');
    if (available > BigInt(back.length)) this.issue(group, available - BigInt(back.length));
  }

  private issue({ journal, key, entries }: Group, count: bigint): void {
    const days = this.validDays.get(key.template) ?? null;
    for (let made = 0n; made < count; made += 1n) {
      const coupon: Coupon = {
        id: newId('coupon'),
        code: newCouponCode(),
        merchantId: key.merchantId,
        template: key.template,
        rewardId: rewardOf(entries, made),
        state: 'issued',
        issuedAt: this.now,
        expiresAt: days === null ? null : new Date(this.now.getTime() + days * DAY_MS),
      };
      this.issued.push(coupon);
      this.coupons.push(coupon);
      this.moves.push({ journalId: journal.id, couponId: coupon.id, source: 'new', target: 'issued' });
    }
  }

  /** Moves so many: the ones that the entries name, then those of the rewards that they name, then the first to expire. */
  private move(group: Group, from: CouponState, to: CouponState, count: bigint): void {
    const chosen = this.find(group, from).slice(0, Number(count));
    if (BigInt(chosen.length) < count)
      throw new RangeError(`${group.key.merchantId} lacks coupons ${group.key.template} that are ${from}`);
    for (const coupon of chosen) this.change(group, coupon, to);
  }

  private find({ key, entries }: Group, state: CouponState): Coupon[] {
    const named = new Set(entries.map(({ couponId }) => couponId));
    const rewards = new Set(entries.map(({ rewardId }) => rewardId));
    const rank = (coupon: Coupon) => (named.has(coupon.id) ? 0 : rewards.has(coupon.rewardId ?? undefined) ? 1 : 2);
    const certain = entries.some(({ couponId }) => couponId !== undefined);
    return this.coupons
      .filter(({ merchantId, template }) => merchantId === key.merchantId && template === key.template)
      .filter((coupon) => coupon.state === state && (!certain || named.has(coupon.id)))
      .sort((a, b) => rank(a) - rank(b) || compareCoupons(a, b));
  }

  /** Those that are there because of the journal's cause, then those because of the rewards that its entries name. */
  private findCaused(group: Group, state: CouponState): Coupon[] {
    const links = [group.journal.cause.id, ...group.entries.map(({ rewardId }) => rewardId)];
    const rank = ({ id }: Coupon) => links.findIndex((link) => this.isBecause(id, link));
    return this.find(group, state)
      .filter((coupon) => rank(coupon) >= 0)
      .sort((a, b) => Math.min(rank(a), 1) - Math.min(rank(b), 1));
  }

  private isBecause(coupon: CouponId, link: CauseId | undefined): boolean {
    return this.caused.some(({ causeId, couponId }) => causeId === link && couponId === coupon);
  }

  private change({ journal }: Group, coupon: Coupon, target: CouponState): void {
    if (!transitions[coupon.state].includes(target))
      throw new RangeError(`${coupon.id} cannot go from ${coupon.state} to ${target}`);
    this.moves.push({ journalId: journal.id, couponId: coupon.id, source: coupon.state, target });
    coupon.state = target;
  }
}

interface Group {
  journal: PostedJournal;
  key: { merchantId: MerchantId; template: string };
  entries: readonly MerchantsEntry[];
}

function groups(journal: PostedJournal): [Group['key'], MerchantsEntry[]][] {
  const found = new Map<string, [Group['key'], MerchantsEntry[]]>();
  for (const entry of journal.entries.filter(movesCoupons)) {
    const key = { merchantId: entry.owner, template: templateOf(entry.asset) };
    const name = `${key.merchantId} ${key.template}`;
    const group = found.get(name);
    if (group) group[1].push(entry);
    else found.set(name, [key, [entry]]);
  }
  return [...found.values()];
}

/** Where coupons go that leave `available` for good or for a hold. */
function leavesTo({ kind }: PostedJournal, held: bigint): CouponState {
  if (held > 0n) return 'held';
  if (kind === 'redemption') return 'redeemed';
  return kind === 'expiry' ? 'expired' : 'revoked';
}

/** The reward of the n-th coupon that the entries credit. */
function rewardOf(entries: readonly PostedEntry[], made: bigint): RewardId | null {
  let before = 0n;
  for (const { account, amount, rewardId } of entries) {
    if (account !== 'available' || amount <= 0n) continue;
    before += amount;
    if (made < before) return rewardId ?? null;
  }
  return null;
}
