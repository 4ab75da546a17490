import { IsInstant } from '../../shared/fields.js';

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

/** How far an audit is that runs now, in whichever process. */
export class AuditProgressDto {
  /** RFC 3339. */
  startedAt!: string;

  /** Invariants that were looked at. */
  checked!: number;

  /** All of them. */
  of!: number;
}

/** Whether an audit runs now. */
export class RunningAuditDto {
  /** Null: none runs. */
  running!: AuditProgressDto | null;
}

/** One thing that must always be true, and the statement that finds what breaks it. */
export class InvariantDto {
  /** Its number in the list of invariants; several items may be parts of one. */
  invariant!: number;

  /** What the invariant as a whole says. */
  sentence!: string;

  /** What this part of it says. */
  title!: string;

  /** The part of finance whose tables it reads. */
  part!: string;

  /** A SELECT that gives a row for each that breaks it. */
  sql!: string;
}

export class InvariantsDto {
  /** By number. */
  items!: InvariantDto[];
}

export class AuditDto {
  /** RFC 3339: when the audit began. */
  at!: string;

  /** Whether everything holds. */
  clean!: boolean;

  /** Every invariant that applies. */
  items!: AuditItemDto[];
}

/** An audit was asked for, and runs in the background. */
export class AskedAuditDto {
  /** RFC 3339: with this moment the result is fetched (`GET /v1/finance/audit/finished?since=…`). */
  since!: string;
}

export class FinishedAuditQuery {
  /** RFC 3339: an audit that was finished since then, as the answer that asked for one says. */
  @IsInstant()
  since!: string;
}

/** An audit that was asked for. */
export class FinishedAuditDto {
  /** What it found; null: it is not finished. */
  result!: AuditDto | null;

  /** How far the audit is that runs now; null: none does, so one that has no result has come to nothing and is asked for again. */
  running!: AuditProgressDto | null;
}

/** What became of a chain of sealed rows. */
export class AuditedChainDto {
  /** Rows whose seal was worked out again: all, or those that the last clean audit had not seen. */
  checked!: number;

  /** `position:seal` of the last. */
  head!: string;

  /** How many rows were altered, removed or inserted, and what is wrong with the chain as a whole; 0 when it is true. */
  count!: number;

  /** The first of them, at most 20. */
  offenders!: string[];
}

/** What the last scheduled audit found. */
export class LastAuditDto {
  /** RFC 3339: the moment of the books that was looked at. */
  at!: string;

  /** RFC 3339: what was written since then was looked at, and what it touches. Null: everything was. */
  since!: string | null;

  /** RFC 3339: when the last scheduled audit of everything began. */
  fullAt!: string;

  /** Whether every invariant was true. */
  clean!: boolean;

  /** Milliseconds. */
  tookMs!: number;

  /** Every invariant that applies. */
  items!: AuditItemDto[];

  /** The chain of sealed journals. */
  chain!: AuditedChainDto;

  /** The chain of the audit log. */
  auditLog!: AuditedChainDto;
}
