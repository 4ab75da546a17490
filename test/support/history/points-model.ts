export const AGES = ['young', 'old', 'lapsed'] as const;
/** What tells the old from the young, in SQL: points live for 365 days, and grow old by seven. */
export const IS_OLD = 'expires_at < NOW(6) + INTERVAL 360 DAY';
export type Age = (typeof AGES)[number];

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Points that lapse by the same day: the young ones, those that are older, or those whose day has come. */
export interface Generation {
  remaining: bigint;
  age: Age;
}

/** What something took, by where it came from. */
export type Taken = Map<Generation, bigint>;

/** A merchant's available points: the oldest are used first. */
export class PointsModel {
  private readonly generations: Generation[] = [];

  /** New points, which lapse later than all others. */
  issue(amount: bigint): void {
    const last = this.generations.at(-1);
    if (last?.age === 'young') last.remaining += amount;
    else if (amount > 0n) this.generations.push({ remaining: amount, age: 'young' });
  }

  use(amount: bigint): Taken {
    const taken: Taken = new Map();
    let left = amount;
    for (const generation of this.generations) {
      const part = least(generation.remaining, left);
      if (part > 0n) taken.set(generation, part);
      generation.remaining -= part;
      left -= part;
    }
    if (left > 0n) throw new Error(`the model lacks ${left} points`);
    return taken;
  }

  /** What was taken pays a debt: the oldest of it, and it does not come back. */
  forfeit(taken: Taken, amount: bigint): void {
    this.takeFrom(taken, amount, this.generations);
  }

  /** What was taken comes back, the youngest first. */
  giveBack(taken: Taken, amount: bigint): void {
    const given = this.takeFrom(taken, amount, [...this.generations].reverse());
    for (const [generation, part] of given) generation.remaining += part;
  }

  /** Time goes by: what is issued from now on lapses later. */
  grow(): void {
    for (const generation of this.generations) if (generation.age === 'young') generation.age = 'old';
  }

  /** The day of the old points has come. */
  lapse(): void {
    for (const generation of this.generations) if (generation.age === 'old') generation.age = 'lapsed';
  }

  /** What has lapsed and still remains. */
  get due(): bigint {
    return this.remaining('lapsed');
  }

  remaining(...ages: Age[]): bigint {
    return this.generations.reduce((sum, one) => sum + (ages.includes(one.age) ? one.remaining : 0n), 0n);
  }

  private takeFrom(taken: Taken, amount: bigint, order: readonly Generation[]): Taken {
    const given: Taken = new Map();
    let left = amount;
    for (const generation of order) {
      const part = least(taken.get(generation) ?? 0n, left);
      if (part === 0n) continue;
      taken.set(generation, (taken.get(generation) ?? 0n) - part);
      given.set(generation, part);
      left -= part;
    }
    return given;
  }
}
