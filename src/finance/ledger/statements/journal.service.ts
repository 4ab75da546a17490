import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { OrderReader } from '../../../detection/orders/index.js';
import { Clock } from '../../../core/clock.js';
import { DomainError, type SharedErrorCode } from '../../../shared/domain-error.js';
import { minorToWire } from '../../../shared/money.js';
import { momentKeyOf, momentKeyText, pageOf, type Page } from '../../../shared/page.js';
import { openPeriod, pageRequest } from '../../../shared/page.dto.js';
import type { LedgerErrorCode } from '../errors.js';
import { isSettled } from '../seal/settled.js';
import type { CsvCell } from '../../../shared/csv.js';
import { sumToWire } from '../sum-to-wire.js';
import type { JournalDetailDto, JournalsQuery, JournalDto, PeriodQuery, PeriodTotalsDto } from './journal.dto.js';
import { JournalRepository, placeOf, type EntryRow, type JournalRow, type Period } from './journal.repository.js';
import type { JournalId } from '../../../shared/ids.js';

/** Journals read at once while a period is streamed. */
const CHUNK = 500;

/** Of each line of the CSV; see {@link JournalService.streamPeriod}. */
export const JOURNAL_COLUMNS = [
  'journalId',
  'postedAt',
  'occurredAt',
  'kind',
  'businessKey',
  'description',
  'causeType',
  'causeId',
  'line',
  'account',
  'owner',
  'asset',
  'amount',
  'debit',
  'credit',
  'rewardId',
  'payoutId',
  'sealPosition',
];

/** The books in the order in which they were written. A period is what was posted in it, whenever that had happened. */
@Injectable()
export class JournalService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly journals: JournalRepository,
    private readonly orders: OrderReader,
    private readonly clock: Clock,
  ) {}

  /** One journal, and its money trail in both directions. Throws `journal.not-found`. */
  async readJournal(id: JournalId): Promise<JournalDetailDto> {
    const reader = this.unitOfWork.reader;
    const journal = await this.journals.find(reader, id);
    if (!journal) throw new DomainError<LedgerErrorCode>('journal.not-found', 'There is no journal of this id.');
    const entries = await this.journals.findEntries(reader, [id]);
    const payoutIds = idsOf(entries, 'payoutId');
    const orderPks = await this.journals.findOrdersOf(reader, idsOf(entries, 'rewardId'));
    const orders = await this.orders.findMany(orderPks);
    return {
      ...journalView(journal),
      entries: entries.map(({ line, owner, asset, account, amount, balanceAfter, rewardId, payoutId }) => ({
        line,
        owner,
        asset,
        account,
        amount: minorToWire(amount),
        balanceAfter: balanceAfter === null ? null : minorToWire(balanceAfter),
        reward: rewardId,
        payout: payoutId,
      })),
      orders: [...orders.values()].map(({ order }) => ({ storefront: order.storefrontId, orderId: order.orderId })),
      payouts: (await this.journals.findPayouts(reader, payoutIds)).map(({ payoutId, batchId, ...rest }) => ({
        id: payoutId,
        batch: batchId,
        ...rest,
      })),
      bankLines: (await this.journals.findBankLines(reader, payoutIds)).map(({ payoutId, reportId, ...rest }) => ({
        report: reportId,
        payout: payoutId,
        ...rest,
      })),
    };
  }

  /** Journals that fit, the oldest first unless asked for otherwise. */
  async listJournals(query: JournalsQuery): Promise<Page<JournalDto>> {
    const { limit, after } = pageRequest(query);
    const { reward, payout, cause, kind, order } = query;
    const filter = { reward, payout, cause, kind, newestFirst: order === 'desc', ...openPeriod(query) };
    const rows = await this.journals.list(this.unitOfWork.reader, filter, momentKeyOf(after), limit + 1);
    return pageOf(rows, limit, (row) => momentKeyText(placeOf(row)), journalView);
  }

  /** What the entries of a period add up to, to be compared with the CSV. Throws `request.invalid`, `finance.sum-too-large`. */
  async totalPeriod(query: PeriodQuery): Promise<PeriodTotalsDto> {
    const period = periodOf(query);
    const { journals, entries, assets } = await this.unitOfWork.snapshot((tx) => this.journals.sumPosted(tx, period));
    return {
      from: period.from.toISOString(),
      to: period.to.toISOString(),
      final: isSettled(period.to, this.clock.now()),
      journals,
      entries,
      assets: assets.map(({ asset, debit, credit }) => ({
        asset,
        debit: sumToWire(debit, asset),
        credit: sumToWire(credit, asset),
      })),
    };
  }

  /** Every entry of a period with its journal, in the order of posting, at one moment of the books. Throws `request.invalid`. */
  streamPeriod(query: PeriodQuery): AsyncIterable<CsvCell[]> {
    const period = periodOf(query);
    return this.unitOfWork.streamSnapshot((tx) => this.rowsOf(tx, period));
  }

  private async *rowsOf(tx: EntityManager, period: Period): AsyncGenerator<CsvCell[]> {
    for (let after: JournalRow | null = null; ;) {
      const journals: JournalRow[] = await this.journals.findPosted(tx, period, after, CHUNK);
      const entries = new Map<JournalId, EntryRow[]>(journals.map(({ id }) => [id, []]));
      for (const entry of await this.journals.findEntries(tx, [...entries.keys()]))
        entries.get(entry.journalId)?.push(entry);
      for (const journal of journals) for (const entry of entries.get(journal.id) ?? []) yield csvRow(journal, entry);
      after = journals.at(-1) ?? null;
      if (journals.length < CHUNK) return;
    }
  }
}

function periodOf(query: PeriodQuery): Period {
  const period = { from: new Date(query.from), to: new Date(query.to) };
  if (period.from >= period.to)
    throw new DomainError<SharedErrorCode>('request.invalid', '1 field(s) are not valid.', [
      { pointer: '/to', detail: 'must be after from' },
    ]);
  return period;
}

function idsOf<Column extends 'rewardId' | 'payoutId'>(
  entries: readonly EntryRow[],
  column: Column,
): NonNullable<EntryRow[Column]>[] {
  return [...new Set(entries.map((entry) => entry[column]))].filter((id) => id !== null);
}

function csvRow(journal: JournalRow, entry: EntryRow): CsvCell[] {
  const { id, postedAt, occurredAt, kind, businessKey, description, causeType, causeId, sealPosition } = journal;
  const { line, account, owner, asset, amount, rewardId, payoutId } = entry;
  const [debit, credit] = amount < 0n ? [-amount, null] : [null, amount];
  const head = [id, postedAt, occurredAt, kind, businessKey, description, causeType, causeId, line];
  return [...head, account, owner, asset, amount, debit, credit, rewardId, payoutId, sealPosition];
}

function journalView(row: JournalRow): Readonly<JournalDto> {
  const { id, kind, businessKey, description, occurredAt, postedAt, causeType, causeId, sealPosition, seal } = row;
  return {
    id,
    kind,
    businessKey,
    description,
    occurredAt,
    postedAt,
    cause: { type: causeType, id: causeId },
    seal: sealPosition === null || seal === null ? null : { position: Number(sealPosition), seal },
  };
}
