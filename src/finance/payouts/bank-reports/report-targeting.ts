import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountNumberVault, normaliseAccountNumber, shownEnd } from '../../../database/index.js';
import { formatMinor } from '../../../shared/money.js';
import type { PayoutState } from '../payout.js';
import { BankReportRepository } from './bank-report.repository.js';
import { minorOf } from './bank-amount.js';
import { fingerprintOf, type ReportItem, type ReportTarget } from './line-matching.js';
import { namesOf, type ReportLine } from './report-line.js';

/** Payouts that a bank neither has nor had money of. */
const GONE: ReadonlySet<PayoutState> = new Set<PayoutState>(['failed', 'cancelled', 'rejected']);

/** What is known of a report while its lines are gone through. */
export interface ReportContext {
  messageId: string;
  /** All payments that it names, in any of its pieces. */
  references: ReadonlySet<string>;
  /** Currencies of the operator's accounts with the hash of each. */
  own: ReadonlyMap<string, string>;
  /** How often each fingerprint has come. */
  seen: Map<string, number>;
}

/** Finds the payouts that lines name, by their references or by their batch. */
@Injectable()
export class ReportTargeting {
  constructor(
    private readonly reports: BankReportRepository,
    private readonly vault: AccountNumberVault,
  ) {}

  /** Begins a report whose lines come in pieces. */
  async begin(tx: EntityManager, report: Pick<ReportContext, 'messageId' | 'references'>): Promise<ReportContext> {
    return { ...report, own: await this.reports.findOwnAccounts(tx), seen: new Map() };
  }

  /** Lines of a report with their payouts. A line about a whole batch becomes one for each of its payments. */
  async findTargets(tx: EntityManager, lines: readonly ReportLine[], context: ReportContext): Promise<ReportItem[]> {
    const { messageId, references } = context;
    const targets = await this.reports.findTargets(tx, [...new Set(lines.flatMap(namesOf))]);
    const batches = await this.reports.findBatches(tx, [
      ...new Set(
        lines.flatMap((line) => (line.batch === null || targetOf(line, targets) !== null ? [] : [line.batch])),
      ),
    ]);
    return withShares(lines, targets).flatMap((line): ReportItem[] => {
      const target = targetOf(line, targets);
      const item = this.itemOf(line, target, context);
      const members = batches.get(line.batch ?? '');
      if (target || !members) return [item];
      // A status is about those whom the report does not name.
      if (line.amount === null && !line.booked)
        return members.flatMap((member) => (references.has(member.reference) ? [] : [partOf(item, messageId, member)]));
      const booked = members.filter(({ state }) => !GONE.has(state));
      const isSum = booked[0]?.currency === line.currency && minorOf(line) === sumOf(booked);
      if (!isSum) return [{ ...item, detail: 'the amount is not the sum of the batch' }];
      return booked.map((member, at) => ({
        ...partOf(at === 0 ? item : { ...item, line: { ...item.line, charge: null } }, messageId, member),
        detail: 'booked with its batch as one sum',
      }));
    });
  }

  private itemOf(line: ReportLine, target: ReportTarget | null, { messageId, own, seen }: ReportContext): ReportItem {
    const hashes = line.otherAccounts.map((number) => this.hash(number));
    const bookedOn = line.bookedAccount === null ? '' : this.hash(line.bookedAccount);
    const fingerprint = (occurrence: number) =>
      fingerprintOf(line, { messageId, accounts: [bookedOn, ...hashes], occurrence });
    const first = fingerprint(1);
    const occurrence = (seen.get(first) ?? 0) + 1;
    seen.set(first, occurrence);
    // Only what left the operator's own account without any reference can be told by account and amount.
    const isOwn = line.booked && own.get(line.currency ?? '') === bookedOn;
    const isNameless = line.reference === null && line.mentioned.length === 0;
    const [number] = line.otherAccounts;
    return {
      line: target === null ? line : { ...line, reference: target.reference },
      target,
      detail: null,
      isForeign: line.booked && bookedOn !== '' && ![...own.values()].includes(bookedOn),
      fingerprint: occurrence === 1 ? first : fingerprint(occurrence),
      accountHashes: target === null && isOwn && isNameless ? hashes : [],
      accounts: { own: bookedOn === '' ? null : bookedOn, others: hashes },
      lastFour: number === undefined ? null : shownEnd(normaliseAccountNumber(number)),
    };
  }

  private hash(number: string): string {
    return this.vault.hash(normaliseAccountNumber(number));
  }
}

/** The payout that a line names; null when there is none, or several. */
function targetOf(line: ReportLine, targets: ReadonlyMap<string, ReportTarget>): ReportTarget | null {
  const [only, ...others] = namesOf(line).flatMap((name) => targets.get(name) ?? []);
  return others.length === 0 ? (only ?? null) : null;
}

/** Payments without an amount have that of their payouts, when their entry leaves exactly the sum of these for them. */
function withShares(lines: readonly ReportLine[], targets: ReadonlyMap<string, ReportTarget>): ReportLine[] {
  const groups: ReportLine[][] = [];
  for (const line of lines) {
    if (line.shares?.begins) groups.push([]);
    if (line.shares) groups.at(-1)?.push(line);
  }
  const settled = new Map<ReportLine, ReportTarget>();
  for (const group of groups) {
    const payouts = group.map((line) => targetOf(line, targets));
    const named = payouts.filter((one) => one !== null);
    const { shares } = group[0] ?? {};
    const isWhole = named.length === group.length && new Set(named).size === named.length;
    const isSum =
      shares && named.every(({ currency }) => currency === shares.currency) && minorOf(shares) === sumOf(named);
    if (isWhole && isSum) named.forEach((payout, at) => group[at] && settled.set(group[at], payout));
  }
  return lines.map((line) => {
    const payout = settled.get(line);
    return payout ? { ...line, amount: formatMinor(payout.amount, payout.currency), currency: payout.currency } : line;
  });
}

/** What a line about a batch says of one of its payments. */
function partOf(item: ReportItem, messageId: string, target: ReportTarget): ReportItem {
  const amount = item.line.amount === null ? null : formatMinor(target.amount, target.currency);
  const line = { ...item.line, reference: target.reference, amount };
  return {
    ...item,
    line,
    target,
    fingerprint: fingerprintOf(line, { messageId, accounts: [], occurrence: 1 }),
    accountHashes: [],
  };
}

function sumOf(payouts: readonly ReportTarget[]): bigint {
  return payouts.reduce((sum, { amount }) => sum + amount, 0n);
}
