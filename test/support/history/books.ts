/** Balances of the model by `owner asset account`, credit positive. The rules of money.md once more, and nothing else. */
export class Books {
  private readonly balances = new Map<string, bigint>();

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

  /** What is not zero, one line each, sorted. */
  lines(): string[] {
    return [...this.balances]
      .filter(([, amount]) => amount !== 0n)
      .map(([key, amount]) => `${key} ${amount}`)
      .sort();
  }

  private add(asset: string, [owner, account]: [owner: string, account: string], amount: bigint): void {
    const key = `${owner} ${asset} ${account}`;
    this.balances.set(key, (this.balances.get(key) ?? 0n) + amount);
  }
}
