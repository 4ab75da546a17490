import { holdInvariants } from '../decisions/index.js';
import { figureInvariants } from '../figures/index.js';
import { bankReportInvariants, payoutInvariants } from '../payouts/index.js';
import { rewardCounterInvariants, eventInvariants, rewardInvariants } from '../rewards/index.js';
import { causeInvariants } from './cause-invariants.js';
import { couponInvariants, pointsInvariants, redemptionInvariants } from '../assets/index.js';
import { type SqlInvariant, closingInvariants, ledgerInvariants } from '../ledger/index.js';

/** A sweep looks for what has waited a period, once a period; one more for its work. */
const LATE_PERIODS = 3;

/** The invariants as each folder of finance hands them in. `sweepSeconds`: the period of the sweeps. */
export function invariantsByFolder(sweepSeconds: number): Readonly<Record<string, readonly SqlInvariant[]>> {
  const late = LATE_PERIODS * sweepSeconds;
  return {
    ledger: [...ledgerInvariants, ...closingInvariants],
    assets: [...pointsInvariants(late), ...redemptionInvariants, ...couponInvariants(late)],
    payouts: payoutInvariants,
    'payouts/bank-reports': bankReportInvariants,
    rewards: [...rewardInvariants(late), ...rewardCounterInvariants, ...eventInvariants(late)],
    decisions: holdInvariants,
    figures: figureInvariants,
    audit: causeInvariants,
  };
}

/** Every invariant that applies, by number. `sweepSeconds`: the period of the sweeps. */
export function allInvariants(sweepSeconds: number): readonly SqlInvariant[] {
  return Object.values(invariantsByFolder(sweepSeconds))
    .flat()
    .sort((a, b) => a.invariant - b.invariant);
}

/** The statement of an invariant as people read it: without the indent of the code around it. */
export function statement(sql: string): string {
  const lines = sql.split('\n').filter((line, i, all) => line.trim() !== '' || (i > 0 && i < all.length - 1));
  const indent = Math.min(...lines.slice(lines.length > 1 ? 1 : 0).map((line) => /^ */.exec(line)?.[0].length ?? 0));
  return lines.map((line) => line.replace(new RegExp(`^ {0,${indent.toString()}}`), '')).join('\n');
}

/** What an invariant was found to be. */
export interface InvariantResult {
  invariant: number;
  title: string;
  count: number;
  offenders: string[];
  /** Milliseconds. */
  tookMs: number;
}

const SHOWN = 20;

/**
 * Runs one invariant by `query`, which sends a statement to the database: over everything, or over what was written since a moment.
 * At most 20 offenders are shown.
 */
export async function checkInvariant(
  query: (sql: string) => Promise<Record<string, unknown>[]>,
  { invariant, title, sql: whole, since }: SqlInvariant,
  moment: Date | null = null,
): Promise<InvariantResult> {
  const sql = moment === null ? whole : (since?.(moment) ?? whole);
  const start = performance.now();
  const rows = await query(`SELECT * FROM (${sql}) offenders LIMIT ${(SHOWN + 1).toString()}`);
  let count = rows.length;
  if (count > SHOWN) {
    const [counted] = await query(`SELECT COUNT(*) count FROM (${sql}) offenders`);
    count = Number(counted?.count);
  }
  const offenders = rows.slice(0, SHOWN).map((row) => String(row.offender));
  return { invariant, title, count, offenders, tookMs: Math.round(performance.now() - start) };
}
