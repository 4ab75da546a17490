/** Conditions that a statement is put together from, and their values. */
export class Conditions {
  private readonly parts: string[] = [];
  readonly values: unknown[] = [];

  /** Adds a condition; one that has an undefined value was not asked for, and is left out. */
  and(sql: string, ...values: readonly unknown[]): this {
    if (values.includes(undefined)) return this;
    this.parts.push(sql);
    this.values.push(...values);
    return this;
  }

  /** What comes after WHERE. */
  get sql(): string {
    return this.parts.length === 0 ? 'TRUE' : this.parts.join(' AND ');
  }
}
