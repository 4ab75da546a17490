import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { DomainError } from '../../../shared/domain-error.js';
import { minorToWire } from '../../../shared/money.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import { lineId } from '../bank-reports/bank-report-view.js';
import type { PayoutErrorCode } from '../errors.js';
import {
  ReconciliationRepository,
  type BatchFilter,
  type BatchRow,
  type End,
  type JournalRow,
  type LineRow,
  type PayoutRow,
} from './reconciliation.repository.js';
import type { ReconciledBatchDto, ReconciledPayoutDto, ReconciliationPageDto } from './reconciliation.dto.js';
import type { PayoutBatchId, PayoutId } from '../../../shared/ids.js';

/** Rows read at once while a list is streamed. */
const CHUNK = 200;

/** Batches, payouts, bank lines and journals side by side: what is open, and for how long. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reconciliation: ReconciliationRepository,
  ) {}

  /** Batches that were sent, the latest first. */
  async listBatches(filter: BatchFilter, { limit, after }: PageRequest): Promise<ReconciliationPageDto> {
    const reader = await this.unitOfWork.heavyReader();
    const rows = await this.reconciliation.findBatches(reader, filter, after, limit + 1);
    const page = pageOf(rows, limit, (row) => row.id, batchView);
    return { ...page, waitingLines: await this.reconciliation.countWaiting(reader) };
  }

  /** All such batches, read as they are consumed. */
  async *streamBatches(filter: BatchFilter): AsyncGenerator<ReconciledBatchDto> {
    const reader = await this.unitOfWork.heavyReader();
    for (let after: string | null = null; ;) {
      const rows: BatchRow[] = await this.reconciliation.findBatches(reader, filter, after, CHUNK);
      yield* rows.map(batchView);
      after = rows.at(-1)?.id ?? null;
      if (after === null || rows.length < CHUNK) return;
    }
  }

  /** Payouts of a batch with their lines and journals. Throws `payout.batch-not-found`. */
  async listPayouts(batchId: PayoutBatchId, { limit, after }: PageRequest): Promise<Page<ReconciledPayoutDto>> {
    await this.assertBatch(batchId);
    const position = after !== null && /^\d{1,9}$/.test(after) ? parseInt(after, 10) : 0;
    const reader = this.unitOfWork.reader;
    const rows = await this.reconciliation.findPayouts(reader, batchId, position, limit + 1);
    const views = new Map((await this.views(reader, rows.slice(0, limit))).map((view) => [view.id, view]));
    const page = pageOf(
      rows,
      limit,
      (row) => row.position.toString(),
      (row) => row.id,
    );
    return { ...page, items: page.items.flatMap((id) => views.get(id) ?? []) };
  }

  /** All payouts of a batch, read as they are consumed. Throws `payout.batch-not-found` before the first. */
  async streamPayouts(batchId: PayoutBatchId): Promise<AsyncGenerator<ReconciledPayoutDto>> {
    await this.assertBatch(batchId);
    return this.payoutsOf(batchId);
  }

  /** One payout with its lines and journals. Throws `payout.not-found`. */
  async getPayout(id: PayoutId): Promise<ReconciledPayoutDto> {
    const reader = this.unitOfWork.reader;
    const [view] = await this.views(reader, await this.reconciliation.findPayout(reader, id));
    if (view) return view;
    throw new DomainError<PayoutErrorCode>('payout.not-found', `There is no payout ${id}.`);
  }

  private async *payoutsOf(batchId: PayoutBatchId): AsyncGenerator<ReconciledPayoutDto> {
    const reader = await this.unitOfWork.heavyReader();
    for (let after = 0; ;) {
      const rows = await this.reconciliation.findPayouts(reader, batchId, after, CHUNK);
      yield* await this.views(reader, rows);
      const last = rows.at(-1);
      if (!last || rows.length < CHUNK) return;
      after = last.position;
    }
  }

  private async assertBatch(id: PayoutBatchId): Promise<void> {
    if (await this.reconciliation.hasBatch(this.unitOfWork.reader, id)) return;
    throw new DomainError<PayoutErrorCode>('payout.batch-not-found', `There is no payout batch ${id}.`);
  }

  private async views(reader: EntityManager, rows: readonly PayoutRow[]): Promise<ReconciledPayoutDto[]> {
    const ids = rows.map((row) => row.id);
    const lines = byPayout(await this.reconciliation.findLines(reader, ids));
    const journals = byPayout(await this.reconciliation.findJournals(reader, ids));
    return rows.map((row) => payoutView(row, lines.get(row.id) ?? [], journals.get(row.id) ?? []));
  }
}

function byPayout<T extends { payout_id: PayoutId }>(rows: readonly T[]): Map<PayoutId, T[]> {
  const found = new Map<PayoutId, T[]>();
  for (const row of rows) found.set(row.payout_id, [...(found.get(row.payout_id) ?? []), row]);
  return found;
}

function batchView(row: BatchRow): ReconciledBatchDto {
  const sum = (end: End | 'total') => ({
    count: Number(row[`${end}_count`]),
    amount: minorToWire(BigInt(row[`${end}_amount`])),
  });
  return {
    id: row.id,
    messageId: row.message_id,
    currency: row.currency,
    rail: row.rail,
    submittedAt: row.submitted_at.toISOString(),
    ageDays: Number(row.age_days),
    total: sum('total'),
    open: sum('open'),
    paid: sum('paid'),
    failed: sum('failed'),
    returned: sum('returned'),
    withdrawn: sum('withdrawn'),
  };
}

function payoutView(row: PayoutRow, lines: readonly LineRow[], journals: readonly JournalRow[]): ReconciledPayoutDto {
  return {
    id: row.id,
    batch: row.batch_id,
    merchant: row.merchant_id,
    reference: row.reference,
    state: row.state,
    amount: minorToWire(BigInt(row.amount)),
    sentAmount: minorToWire(BigInt(row.sent_amount)),
    currency: row.currency,
    stateAt: row.state_at.toISOString(),
    openDays: row.open_days === null ? null : Number(row.open_days),
    lines: lines.map(({ says: bankStatus, status, amount, currency, result, ...line }) => ({
      id: lineId({ reportId: line.report_id, line: line.line }),
      bankStatus,
      status,
      amount,
      currency,
      bookedOn: line.booked_on,
      bankReference: line.bank_reference,
      result,
    })),
    journals: journals.map(({ id, kind, amount, posted_at: postedAt }) => ({
      id,
      kind,
      amount: minorToWire(BigInt(amount)),
      postedAt: postedAt.toISOString(),
    })),
  };
}
