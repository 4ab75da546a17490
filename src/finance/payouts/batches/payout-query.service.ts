import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { minorToWire } from '../../../shared/money.js';
import { openPeriod, pageRequest } from '../../../shared/page.dto.js';
import { momentKeyOf, momentKeyText, pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import { batchState } from '../payout-batch.js';
import type { BatchPauseDto, PayoutBatchDto, PayoutBatchListQuery } from './payout-batch.dto.js';
import type {
  PayoutDraftDto,
  PayoutSkipDto,
  RefreshedPayoutBatchDto,
  SubmittedPayoutBatchDto,
} from './payout-draft.dto.js';
import type { PayoutDto, PayoutWarningDto } from './payout.dto.js';
import type { PayoutFileDto } from './payout-file.dto.js';
import type { Changed, Stopped } from './batch-check.service.js';
import type { Refreshed } from './payout-refresh.service.js';
import { waitsForPayee, type PayoutState } from '../payout.js';
import { approvalsNeeded, feePayer, readPolicy } from '../terms/payout-policy.js';
import { lacksAddress } from '../rails/payee-address.js';
import { PlatformAccountEntity } from '../accounts/platform-account.entity.js';
import { PayoutBatchEntity, PayoutEntity, type PayoutSkipEntity } from '../payouts.entities.js';
import { refusal } from '../payout-refusal.js';
import { PayoutRepository, type StateCount, type TakenOut } from '../payout.repository.js';
import type { MerchantId, PayoutBatchId, PayoutId } from '../../../shared/ids.js';

/** Payouts, or skipped merchants, that the answer about one batch names: a page. */
const SHOWN = 200;

/** Batches and payouts as people see them: account numbers masked, always. */
@Injectable()
export class PayoutQueryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
  ) {}

  /** Batches, the latest first. */
  async listBatches(query: PayoutBatchListQuery): Promise<Page<PayoutBatchDto>> {
    const reader = this.unitOfWork.reader;
    const { limit, after } = pageRequest(query);
    const { state, currency, rail } = query;
    const filter = { state, currency, rail, ...openPeriod(query) };
    const keys = await this.payouts.findBatchKeys(reader, filter, momentKeyOf(after), limit + 1);
    const found = await this.payouts.findBatches(
      reader,
      keys.map(({ id }) => id),
    );
    const rows = keys.flatMap((key) => found.get(key.id) ?? []);
    const ids = rows.map((row) => row.id);
    const counts = await this.payouts.countStates(reader, ids);
    const hashes = await this.payouts.findContentHashes(reader, ids);
    const takenOut = await this.payouts.countTakenOut(reader, ids);
    return pageOf(
      rows,
      limit,
      ({ id }) => momentKeyText(keys.find((key) => key.id === id) ?? { at: '', id }),
      (row) => batchView(row, hashes.get(row.id), counts.get(row.id), takenOut.get(row.id)),
    );
  }

  /** Throws `payout.batch-not-found`. */
  async getBatch(id: PayoutBatchId): Promise<PayoutBatchDto> {
    return this.view(id);
  }

  /** The batch with the first page of its payouts and of its skipped merchants. */
  async getDraft(id: PayoutBatchId): Promise<PayoutDraftDto> {
    const first = { limit: SHOWN, after: null };
    const payouts = await this.listPayouts(id, first);
    const skipped = await this.listSkipped(id, first);
    return {
      ...(await this.view(id)),
      payouts: payouts.items,
      payoutsCursor: payouts.nextCursor,
      skipped: skipped.items,
      skippedCursor: skipped.nextCursor,
    };
  }

  /** The batch after a refresh, with what the refresh dropped. */
  async getRefreshed(id: PayoutBatchId, { dropped, previousContentHash }: Refreshed): Promise<RefreshedPayoutBatchDto> {
    const shown = dropped.slice(0, SHOWN).map(changedView);
    return { ...(await this.view(id)), droppedCount: dropped.length, dropped: shown, previousContentHash };
  }

  /** The batch after it was submitted, with what was taken out of it. */
  async getSubmitted(id: PayoutBatchId, takenOut: readonly Stopped[]): Promise<SubmittedPayoutBatchDto> {
    return { ...(await this.view(id)), takenOut: takenOut.slice(0, SHOWN).map(changedView) };
  }

  /** Payouts of a batch, in its order, in one state or all. Throws `payout.batch-not-found`. */
  async listPayouts(
    batchId: PayoutBatchId,
    { limit, after }: PageRequest,
    state?: PayoutState,
  ): Promise<Page<PayoutDto>> {
    const reader = this.unitOfWork.reader;
    const { currency } = await this.payouts.getBatch(reader, batchId);
    const debtor = await reader.findOneBy(PlatformAccountEntity, { currency });
    const position = after !== null && /^\d{1,9}$/.test(after) ? Number(after) : 0;
    const rows = await this.payouts.findPayoutsAfter(reader, { batchId, state }, position, limit + 1);
    return pageOf(
      rows,
      limit,
      (row) => row.position.toString(),
      (row) => payoutView(row, debtor),
    );
  }

  /** One payout. Throws `payout.not-found`. */
  async getPayout(id: PayoutId): Promise<PayoutDto> {
    const reader = this.unitOfWork.reader;
    const payout = await reader.findOneBy(PayoutEntity, { id });
    if (payout === null) throw refusal('payout.not-found', 'There is no payout of this id.');
    return payoutView(payout, await reader.findOneBy(PlatformAccountEntity, { currency: payout.currency }));
  }

  /** Merchants who are not in a batch. Throws `payout.batch-not-found`. */
  async listSkipped(batchId: PayoutBatchId, { limit, after }: PageRequest<MerchantId>): Promise<Page<PayoutSkipDto>> {
    const reader = this.unitOfWork.reader;
    await this.payouts.getBatch(reader, batchId);
    const rows = await this.payouts.findSkipsAfter(reader, batchId, after, limit + 1);
    return pageOf(rows, limit, (row) => row.merchantId, skipView);
  }

  private async view(id: PayoutBatchId) {
    const reader = this.unitOfWork.reader;
    const batch = await this.payouts.getBatch(reader, id);
    const counts = await this.payouts.countStates(reader, [id]);
    const hashes = await this.payouts.findContentHashes(reader, [id]);
    const takenOut = await this.payouts.countTakenOut(reader, [id]);
    return batchView(batch, hashes.get(id), counts.get(id), takenOut.get(id));
  }
}

function batchView(
  batch: PayoutBatchEntity,
  contentHash: string | undefined,
  counted = new Map<PayoutState, StateCount>(),
  takenOut: TakenOut = { count: 0, amount: 0n, sentAmount: 0n },
) {
  const counts = new Map([...counted].map(([state, { count }]) => [state, count]));
  const total = [...counted.values()].reduce((sum, { amount }) => sum + amount, 0n);
  const fees = [...counted.values()].reduce((sum, { fee }) => sum + fee, 0n);
  return {
    id: batch.id,
    state: batchState(batch.state, counts),
    currency: batch.currency,
    rail: batch.rail,
    fileFormat: batch.fileFormat,
    minAmount: minorToWire(batch.minAmount),
    payoutCount: batch.payoutCount,
    total: minorToWire(total),
    fees: minorToWire(fees),
    controlSum: minorToWire(batch.controlSum),
    takenOutCount: takenOut.count,
    takenOutAmount: minorToWire(takenOut.amount),
    policy: readPolicy(batch.policy),
    skippedCount: batch.skippedCount,
    waitingCount: batch.waitingCount,
    outcomes: [...counted].map(([state, { count, amount }]) => ({ state, count, amount: minorToWire(amount) })),
    madeBy: batch.madeBy,
    madeAt: batch.madeAt.toISOString(),
    requestedBy: batch.requestedBy,
    requestedAt: batch.requestedAt?.toISOString() ?? null,
    approvalsNeeded: approvalsNeeded(batch.policy, total),
    firstApprovedBy: batch.firstApprovedBy,
    firstApprovedAt: batch.firstApprovedAt?.toISOString() ?? null,
    approvedBy: batch.approvedBy,
    approvedAt: batch.approvedAt?.toISOString() ?? null,
    contentHash: contentHash ?? null,
    approvalHash: batch.approvalHash,
    submittedBy: batch.submittedBy,
    submittedAt: batch.submittedAt?.toISOString() ?? null,
    executionDate: batch.executionDate,
    endedBy: batch.endedBy,
    endedAt: batch.endedAt?.toISOString() ?? null,
    endReason: batch.endReason,
    paused: pauseView(batch),
    file: fileView(batch, takenOut),
  };
}

function pauseView({ pauseCause: cause, pauseReason, pausedAt, pauseUntil }: PayoutBatchEntity): BatchPauseDto | null {
  if (cause === null) return null;
  const since = pausedAt?.toISOString() ?? '';
  return { cause, reason: pauseReason ?? '', since, triedAgainAt: pauseUntil?.toISOString() ?? since };
}

function fileView(batch: PayoutBatchEntity, takenOut: TakenOut): PayoutFileDto | null {
  const { fileSha256: sha256, fileBytes, fileVersion: version } = batch;
  if (sha256 === null) return null;
  const payments = batch.payoutCount - takenOut.count;
  const controlSum = batch.controlSum - takenOut.sentAmount;
  const deletedAt = batch.filesDeletedAt?.toISOString() ?? null;
  return { sha256, bytes: fileBytes ?? 0, payments, controlSum: minorToWire(controlSum), version, deletedAt };
}

function changedView<Of extends Changed>({ payout, reason }: Of) {
  const { id, merchantId: merchant, amount } = payout;
  return { id, merchant, reason: reason as Of['reason'], amount: minorToWire(amount) };
}

function payoutView(payout: PayoutEntity, debtor: PlatformAccountEntity | null): PayoutDto {
  return {
    id: payout.id,
    batch: payout.batchId,
    merchant: payout.merchantId,
    state: payout.state,
    amount: minorToWire(payout.amount),
    fee: minorToWire(payout.fee),
    feeChargedTo: feePayer(payout),
    sentAmount: minorToWire(payout.sentAmount),
    currency: payout.currency,
    rail: payout.rail,
    reference: payout.reference,
    retryOf: payout.retryOf,
    beneficiary: {
      holder: payout.holder,
      holderSent: payout.holderSent,
      townSent: payout.townSent,
      maskedNumber: `••••${payout.lastFour}`,
      bankName: payout.bankName,
      bic: payout.bic,
      country: payout.country,
      warnings: warningsOf(payout, debtor),
    },
    stopReason: payout.stopReason,
    reasonCode: payout.reasonCode,
    reason: payout.reason,
    waitsForPayee: waitsForPayee(payout),
    cancelAskedAt: payout.cancelAskedAt?.toISOString() ?? null,
    attempts: payout.attempts,
    stateAt: payout.stateAt.toISOString(),
  };
}

function warningsOf(payout: PayoutEntity, debtor: PlatformAccountEntity | null): PayoutWarningDto[] {
  if (debtor === null || payout.rail !== 'iso20022-file' || !lacksAddress(payout, debtor)) return [];
  const detail = `The payment goes from ${debtor.country} to ${payout.country} without an address: the holder’s town is not known.`;
  return [{ code: 'no-town', detail }];
}

function skipView(skip: PayoutSkipEntity): PayoutSkipDto {
  return {
    merchant: skip.merchantId,
    reason: skip.reason,
    detail: skip.detail,
    available: minorToWire(skip.available),
  };
}
