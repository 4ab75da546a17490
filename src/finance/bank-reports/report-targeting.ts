import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountNumberVault, normaliseAccountNumber, shownEnd } from '../../database/index.js';
import { formatMinor } from '../../shared/money.js';
import type { PayoutState } from '../payouts/payout.js';
import type { BankReport } from './bank-report.js';
import { BankReportRepository } from './bank-report.repository.js';
import { fingerprintOf, minorOf, type ReportItem, type ReportTarget } from './line-matching.js';
import type { ReportLine } from './report-line.js';

/** Payouts that a bank neither has nor had money of. */
const GONE: ReadonlySet<PayoutState> = new Set<PayoutState>(['failed', 'cancelled', 'rejected']);

/** Finds the payouts that lines name, by their references or by their batch. */
@Injectable()
export class ReportTargeting {
  constructor(
    private readonly reports: BankReportRepository,
    private readonly vault: AccountNumberVault,
  ) {}

  /** The lines of a report with their payouts. A line about a whole batch becomes one for each of its payments. */
  async findTargets(tx: EntityManager, { messageId, lines }: BankReport): Promise<ReportItem[]> {
    const references = new Set(lines.map((line) => line.reference).filter((reference) => reference !== null));
    const targets = await this.reports.findTargets(tx, [...references]);
    const batches = await this.reports.findBatches(tx, [
      ...new Set(
        lines.flatMap((line) => (line.batch === null || targets.has(line.reference ?? '') ? [] : [line.batch])),
      ),
    ]);
    const own = await this.reports.findOwnAccounts(tx);
    const seen = new Map<string, number>();
    return lines.flatMap((line): ReportItem[] => {
      const target = targets.get(line.reference ?? '') ?? null;
      const item = this.itemOf(line, target, { messageId, own, seen });
      const members = batches.get(line.batch ?? '');
      if (target || !members) return [item];
      // A status is about those whom the report does not name.
      if (line.amount === null)
        return members.flatMap((member) => (references.has(member.reference) ? [] : [partOf(item, messageId, member)]));
      const booked = members.filter(({ state }) => !GONE.has(state));
      const isSum = booked[0]?.currency === line.currency && minorOf(line) === sumOf(booked);
      if (!isSum) return [{ ...item, detail: 'the amount is not the sum of the batch' }];
      return booked.map((member) => ({
        ...partOf(item, messageId, member),
        detail: 'booked with its batch as one sum',
      }));
    });
  }

  private itemOf(
    line: ReportLine,
    target: ReportTarget | null,
    { messageId, own, seen }: { messageId: string; own: ReadonlyMap<string, string>; seen: Map<string, number> },
  ): ReportItem {
    const hashes = line.otherAccounts.map((number) => this.hash(number));
    const bookedOn = line.bookedAccount === null ? '' : this.hash(line.bookedAccount);
    const fingerprint = (occurrence: number) =>
      fingerprintOf(line, { messageId, accounts: [bookedOn, ...hashes], occurrence });
    const first = fingerprint(1);
    const occurrence = (seen.get(first) ?? 0) + 1;
    seen.set(first, occurrence);
    // Only what left the operator's own account can be told by account and amount.
    const isOwn = line.booked && own.get(line.currency ?? '') === bookedOn;
    const [number] = line.otherAccounts;
    return {
      line,
      target,
      detail: null,
      fingerprint: occurrence === 1 ? first : fingerprint(occurrence),
      accountHashes: target === null && isOwn ? hashes : [],
      lastFour: number === undefined ? null : shownEnd(normaliseAccountNumber(number)),
    };
  }

  private hash(number: string): string {
    return this.vault.hash(normaliseAccountNumber(number));
  }
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
