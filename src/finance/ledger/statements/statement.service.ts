import { Injectable } from '@nestjs/common';
import { MerchantRegistry, assertMerchant } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError, type SharedErrorCode } from '../../../shared/domain-error.js';
import { minorToWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import { sumToWire } from '../sum-to-wire.js';
import { entryWords } from './entry-words.js';
import type { EntryDto, TrialBalanceDto } from './statement.dto.js';
import {
  StatementRepository,
  type EntryFilter,
  type StatementEntry,
  type StatementKey,
} from './statement.repository.js';
import { isId, type MerchantId } from '../../../shared/ids.js';

/** Entries read at once while a statement is streamed. */
const CHUNK = 1000;

/** How it came about what merchants have. */
@Injectable()
export class StatementService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly statements: StatementRepository,
    private readonly merchants: MerchantRegistry,
    private readonly clock: Clock,
  ) {}

  /** A page of the statement, the oldest first unless asked for otherwise. Throws `merchant.not-found`. */
  async listEntries(merchantId: MerchantId, filter: EntryFilter, page: PageRequest): Promise<Page<EntryDto>> {
    const reader = this.unitOfWork.reader;
    await assertMerchant(reader, this.merchants, merchantId);
    const rows = await this.statements.findEntries(reader, merchantId, filter, keyOf(page.after), page.limit + 1);
    return pageOf(
      rows,
      page.limit,
      (entry) => `${entry.journalId} ${entry.line}`,
      (entry) => entryView(entry),
    );
  }

  /** The whole statement, or what of it is asked for, read as it is consumed. Throws `merchant.not-found` before the first entry. */
  async streamEntries(merchantId: MerchantId, filter: EntryFilter): Promise<AsyncIterable<StatementEntry>> {
    await assertMerchant(this.unitOfWork.reader, this.merchants, merchantId);
    return this.entriesOf(merchantId, filter);
  }

  /**
   * The books as they stood at a moment: all that was posted before it, whenever it happened, as in a month that ends then. Without one, as they stand
   * now. Throws `request.invalid` for a moment that is still to come, and `finance.sum-too-large`.
   */
  async readTrialBalance(at: Date | null): Promise<TrialBalanceDto> {
    const now = this.clock.now();
    if (at && at > now)
      throw new DomainError<SharedErrorCode>('request.invalid', 'The moment must not be in the future.', [
        { pointer: '/at', detail: 'must not be in the future' },
      ]);
    const lines = await this.statements.sumAccounts(await this.unitOfWork.heavyReader(), at);
    const totals = new Map<string, bigint>();
    for (const { asset, balance } of lines) totals.set(asset, (totals.get(asset) ?? 0n) + balance);
    return {
      at: (at ?? now).toISOString(),
      items: lines.map((line) => ({ ...line, balance: sumToWire(line.balance, line.asset) })),
      totals: [...totals].map(([asset, sum]) => ({ asset, sum: sumToWire(sum, asset) })),
    };
  }

  private async *entriesOf(merchantId: MerchantId, filter: EntryFilter): AsyncGenerator<StatementEntry> {
    const reader = await this.unitOfWork.heavyReader();
    for (let after: StatementKey | null = null; ;) {
      const rows: StatementEntry[] = await this.statements.findEntries(reader, merchantId, filter, after, CHUNK);
      yield* rows;
      const last = rows.at(-1);
      if (rows.length < CHUNK || !last) return;
      after = last;
    }
  }
}

function keyOf(after: string | null): StatementKey | null {
  const [, journalId = '', line = ''] = /^(\S{1,40}) (\d{1,5})$/.exec(after ?? '') ?? [];
  return isId('journal', journalId) ? { journalId, line: parseInt(line, 10) } : null;
}

/** An entry as people see it. `words`: what it says, where more is known of the occasion than the journal tells. */
export function entryView(entry: StatementEntry, words = entryWords(entry)): EntryDto {
  return {
    at: entry.postedAt.toISOString(),
    asset: entry.asset,
    account: entry.account,
    amount: minorToWire(entry.amount),
    balanceAfter: minorToWire(entry.balanceAfter),
    journal: { id: entry.journalId, kind: entry.kind, description: entry.description },
    cause: { type: entry.causeType, id: entry.causeId, reward: entry.rewardId, payout: entry.payoutId },
    words,
  };
}
