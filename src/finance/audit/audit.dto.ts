/** One thing that is always true, and what breaks it now. */
export class AuditItem {
  /** Its number in the list of invariants; several items may be parts of one. */
  invariant!: number;

  /** What must be true. */
  title!: string;

  /** How many break it; 0 when it holds. */
  count!: number;

  /** The first of them, at most 20. */
  offenders!: string[];
}

/** Something that does not apply yet. */
export class AuditExemption {
  /** Its number in the list of invariants. */
  invariant!: number;

  /** Why. */
  reason!: string;
}

export class AuditView {
  /** RFC 3339: when the audit began. */
  at!: string;

  /** Whether everything holds. */
  clean!: boolean;

  /** Every invariant that applies. */
  items!: AuditItem[];

  /** Invariants that do not apply yet. */
  notApplicable!: AuditExemption[];
}
