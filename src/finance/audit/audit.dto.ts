/** One thing that is always true, and what breaks it now. */
export class AuditItemDto {
  /** Its number in the list of invariants; several items may be parts of one. */
  invariant!: number;

  /** What must be true. */
  title!: string;

  /** How many break it; 0 when it is true. */
  count!: number;

  /** The first of them, at most 20. */
  offenders!: string[];

  /** Milliseconds that it took to find out. */
  tookMs!: number;
}

export class AuditDto {
  /** RFC 3339: when the audit began. */
  at!: string;

  /** Whether everything holds. */
  clean!: boolean;

  /** Every invariant that applies. */
  items!: AuditItemDto[];
}

/** What became of the chain of sealed journals. */
export class AuditedChainDto {
  /** Journals whose seal was worked out again. */
  checked!: number;

  /** `position:seal` of the last. */
  head!: string;

  /** How many journals were altered, removed or inserted, and what is wrong with the chain as a whole; 0 when it is true. */
  count!: number;

  /** The first of them, at most 20. */
  offenders!: string[];
}

/** What the last scheduled audit found. */
export class LastAuditDto {
  /** RFC 3339: the moment of the books that was looked at. */
  at!: string;

  /** Whether every invariant was true. */
  clean!: boolean;

  /** Milliseconds. */
  tookMs!: number;

  /** Every invariant that applies. */
  items!: AuditItemDto[];

  /** The chain of sealed journals. */
  chain!: AuditedChainDto;
}
