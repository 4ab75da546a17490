import type { CouponState } from '../../../src/finance/assets/coupons/coupon.js';
import { COUPON, CouponsModel } from './coupon-model.js';
import { HoldsModel, type ModelHold } from './hold-model.js';
import { PointsModel, type Taken } from './points-model.js';
import { TallyModel } from './tally-model.js';

/** Balances of the model by `owner asset account`, credit positive. The rules of docs/accounting.md once more, and nothing else. */
export class Books {
  private readonly balances = new Map<string, bigint>();
  readonly holds = new HoldsModel();
  readonly tally = new TallyModel();
  private readonly lots = new Map<string, PointsModel>();
  private readonly stocks = new Map<string, CouponsModel>();

  of(owner: string, asset: string, account: string): bigint {
    return this.balances.get(`${owner} ${asset} ${account}`) ?? 0n;
  }

  /** Takes from one account and gives to another. */
  move(
    asset: string,
    amount: bigint,
    from: [owner: string, account: string],
    to: [owner: string, account: string],
  ): void {
    this.add(asset, from, -amount);
    this.add(asset, to, amount);
  }

  /** To a merchant, to have: what is owed is paid first. */
  credit(merchant: string, asset: string, amount: bigint, from: [owner: string, account: string]): void {
    const owed = -this.of(merchant, asset, 'owed');
    const first = amount < owed ? amount : owed;
    this.move(asset, first, from, [merchant, 'owed']);
    this.move(asset, amount - first, from, [merchant, 'available']);
  }

  /** From a merchant, whether they have it or not: the rest is owed. */
  takeBack(merchant: string, asset: string, amount: bigint, to: [owner: string, account: string]): void {
    const available = this.of(merchant, asset, 'available');
    const there = amount < available ? amount : available;
    this.move(asset, there, [merchant, 'available'], to);
    this.move(asset, amount - there, [merchant, 'owed'], to);
  }

  /** The lots of a merchant's available points. */
  points(merchant: string): PointsModel {
    const points = this.lots.get(merchant) ?? new PointsModel();
    this.lots.set(merchant, points);
    return points;
  }

  /** Points leave `available` for an account of the platform; what was taken may come back. */
  takePoints(merchant: string, amount: bigint, to: [owner: string, account: string]): Taken {
    const taken = this.points(merchant).use(amount);
    this.add('POINTS', [merchant, 'available'], -amount, false);
    this.add('POINTS', to, amount);
    return taken;
  }

  /** What was taken comes back: what is owed is paid first, by points that then were really used (`forfeit`) or not. */
  givePointsBack(
    merchant: string,
    taken: Taken,
    amount: bigint,
    from: [owner: string, account: string],
    forfeit: boolean,
  ): void {
    const owed = -this.of(merchant, 'POINTS', 'owed');
    const first = amount < owed ? amount : owed;
    this.move('POINTS', first, from, [merchant, 'owed']);
    if (forfeit) this.points(merchant).forfeit(taken, first);
    this.points(merchant).giveBack(taken, amount - first);
    this.add('POINTS', from, first - amount);
    this.add('POINTS', [merchant, 'available'], amount - first, false);
  }

  /** The single coupons of a merchant. */
  coupons(merchant: string): CouponsModel {
    const coupons = this.stocks.get(merchant) ?? new CouponsModel();
    this.stocks.set(merchant, coupons);
    return coupons;
  }

  /** One coupon leaves an account of the merchant's, and is something else. */
  moveCoupon(
    merchant: string,
    [state, account]: [state: CouponState, account: string],
    [next, to]: [state: CouponState, to: [owner: string, account: string]],
  ): void {
    this.add(COUPON, [merchant, account], -1n, false);
    this.add(COUPON, to, 1n, false);
    this.coupons(merchant).change(state, next, 1n);
  }

  /** One coupon is to be the merchant's to have again, unless one is owed: then it pays. Tells whether it is theirs. */
  freeCoupon(merchant: string, state: CouponState, from: [owner: string, account: string]): boolean {
    const pays = this.of(merchant, COUPON, 'owed') < 0n;
    this.add(COUPON, from, -1n, false);
    this.add(COUPON, [merchant, pays ? 'owed' : 'available'], 1n, false);
    this.coupons(merchant).change(state, pays ? 'revoked' : 'issued', 1n);
    return !pays;
  }

  /** Available coupons are stopped. */
  stopCoupons(merchant: string, amount: bigint): void {
    this.add(COUPON, [merchant, 'available'], -amount, false);
    this.add(COUPON, [merchant, 'held'], amount, false);
    this.coupons(merchant).change('issued', 'held', amount);
  }

  /** What was stopped is the merchant's again, less what is owed. What was a coupon before is the same one. */
  releaseCoupons(hold: ModelHold): void {
    const { merchant, remaining } = hold;
    const owed = -this.of(merchant, COUPON, 'owed');
    const first = remaining < owed ? remaining : owed;
    const back = remaining - first < hold.coupons ? remaining - first : hold.coupons;
    this.move(COUPON, first, [merchant, 'held'], [merchant, 'owed']);
    this.add(COUPON, [merchant, 'held'], first - remaining, false);
    this.add(COUPON, [merchant, 'available'], remaining - first, false);
    this.coupons(merchant).change('held', 'issued', back);
    this.coupons(merchant).issue(remaining - first - back);
    hold.coupons -= back;
    this.loseCoupons(hold, remaining - back);
  }

  /** As many of what was stopped do not come back. */
  loseCoupons(hold: ModelHold, amount: bigint): void {
    const gone = amount < hold.coupons ? amount : hold.coupons;
    this.coupons(hold.merchant).change('held', 'revoked', gone);
    hold.coupons -= gone;
  }

  /** What is not zero, one line each, sorted. */
  lines(): string[] {
    return [...this.balances]
      .filter(([, amount]) => amount !== 0n)
      .map(([key, amount]) => `${key} ${amount}`)
      .sort();
  }

  private add(asset: string, [owner, account]: [owner: string, account: string], amount: bigint, lots = true): void {
    const key = `${owner} ${asset} ${account}`;
    this.balances.set(key, (this.balances.get(key) ?? 0n) + amount);
    if (!lots || account !== 'available') return;
    if (asset === COUPON) {
      if (amount > 0n) this.coupons(owner).issue(amount);
      else this.coupons(owner).change('issued', 'revoked', -amount);
    }
    if (asset !== 'POINTS') return;
    if (amount > 0n) this.points(owner).issue(amount);
    else this.points(owner).use(-amount);
  }
}
