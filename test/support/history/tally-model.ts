/** What rules count by month: volumes and used budgets. */
export class TallyModel {
  private readonly counts = new Map<string, bigint>();

  of(ruleId: string, month: string): bigint {
    return this.counts.get(`${ruleId} ${month}`) ?? 0n;
  }

  add(ruleId: string, month: string, amount: bigint): void {
    this.counts.set(`${ruleId} ${month}`, this.of(ruleId, month) + amount);
  }

  /** What is not zero, one line each. */
  lines(): string[] {
    return [...this.counts].filter(([, count]) => count !== 0n).map(([key, count]) => `${key} ${count}`);
  }
}

/** The month of a moment in Shanghai, eight hours ahead all year. */
export function monthOf(moment: string): string {
  return new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
}
