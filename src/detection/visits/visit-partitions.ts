import { firstIdAt } from '../../shared/ids.js';

/** Months for which there is a partition ahead. */
const AHEAD = 3;

/** A part of the table of visits: those whose ids were made before its end. */
export interface VisitPartition {
  /** `p2026_11`; the last one, which has no end, is `later`. */
  name: string;
  /** Its end, as an id; null: none. */
  before: string | null;
}

/** The month of a moment, so many months later, as a partition. By the clock in UTC. */
function monthOf(now: Date, later: number): VisitPartition {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + later, 1));
  const end = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + later + 1, 1));
  const name = `p${first.getUTCFullYear().toString()}_${(first.getUTCMonth() + 1).toString().padStart(2, '0')}`;
  return { name, before: firstIdAt('visit', end) };
}

/** Months that are to have a partition at that moment: this one, and those ahead. */
export function monthsAhead(now: Date): VisitPartition[] {
  return Array.from({ length: AHEAD + 1 }, (_, later) => monthOf(now, later));
}

/** How partitions are said in CREATE TABLE and ALTER TABLE. */
export function partitionList(partitions: readonly VisitPartition[]): string {
  return [...partitions, { name: 'later', before: null }]
    .map(({ name, before }) => `PARTITION ${name} VALUES LESS THAN (${before === null ? 'MAXVALUE' : `'${before}'`})`)
    .join(', ');
}

/** Of the months that are to be there those that are missing, at the end; a month in the past is not made any more. */
export function missingMonths(known: readonly VisitPartition[], now: Date): VisitPartition[] {
  const last = known.reduce((end, { before }) => (before !== null && before > end ? before : end), '');
  return monthsAhead(now).filter(({ before }) => before !== null && before > last);
}

/** Those in which every visit is older than a moment; one is left in any case. */
export function endedMonths(known: readonly VisitPartition[], until: Date): VisitPartition[] {
  return known.filter(({ before }) => before !== null && before <= firstIdAt('visit', until));
}
