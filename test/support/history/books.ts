import { HoldsModel } from './hold-model.js';
import { PointsModel, type Taken } from './points-model.js';

/** Balances of the model by `owner asset account`, credit positive. The rules of money.md once more, and nothing else. */
export class Books {
  private readonly balances = new Map<string, bigint>();
  readonly holds = new HoldsModel();
  private readonly lots = new Map<string, PointsModel>();

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
    if (!lots || asset !== 'POINTS' || account !== 'available') return;
    if (amount > 0n) this.points(owner).issue(amount);
    else this.points(owner).use(-amount);
  }
}
