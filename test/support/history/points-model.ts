const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Points that lapse by the same day. */
export interface Generation {
  remaining: bigint;
  lapsed: boolean;
}

/** What something took, by where it came from. */
export type Taken = Map<Generation, bigint>;

/** A merchant's available points: the oldest are used first. */
export class PointsModel {
  private readonly generations: Generation[] = [];

  /** New points, which lapse later than all others. */
  issue(amount: bigint): void {
    const last = this.generations.at(-1);
    if (last && !last.lapsed) last.remaining += amount;
    else if (amount > 0n) this.generations.push({ remaining: amount, lapsed: false });
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

  /** The day of all points that there are has come. */
  lapse(): void {
    for (const generation of this.generations) generation.lapsed = true;
  }

  /** What has lapsed and still remains. */
  get due(): bigint {
    return this.remaining(true);
  }

  remaining(lapsed: boolean): bigint {
    return this.generations.reduce((sum, one) => sum + (one.lapsed === lapsed ? one.remaining : 0n), 0n);
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
