import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import type { PayoutBatchId } from '../../../shared/ids.js';
import { minorToWire } from '../../../shared/money.js';
import { PayoutRepository } from '../payout.repository.js';
import { differencesOf, type Compared, type Paid } from './batch-differences.js';
import type { BatchDifferencesDto, ComparedMerchantDto, PaidMerchantDto } from './batch-differences.dto.js';

/** Merchants of each kind that an answer names; how many there are it says besides. */
const SHOWN = 200;

/** What a checker looks at before anything else: how a batch differs from the last one that was sent. */
@Injectable()
export class BatchDifferencesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
  ) {}

  /** Throws `payout.batch-not-found`. */
  async compare(id: PayoutBatchId): Promise<BatchDifferencesDto> {
    const reader = this.unitOfWork.reader;
    const last = await this.payouts.findLastSent(reader, await this.payouts.getBatch(reader, id));
    const [now, before] = last
      ? [await this.payouts.findCompared(reader, id), await this.payouts.findCompared(reader, last.id)]
      : [[], []];
    const found = differencesOf(now, before);
    return {
      last: last && {
        id: last.id,
        submittedAt: last.submittedAt.toISOString(),
        payoutCount: last.payoutCount,
        controlSum: minorToWire(last.controlSum),
      },
      newPayees: listed(found.newPayees, paidView),
      changedAccounts: listed(found.changedAccounts, comparedView),
      farAbove: listed(found.farAbove, comparedView),
      missing: listed(found.missing, paidView),
    };
  }
}

function listed<Row, View>(rows: readonly Row[], view: (row: Row) => View): { count: number; items: View[] } {
  return { count: rows.length, items: rows.slice(0, SHOWN).map((row) => view(row)) };
}

function paidView({ merchant, holder, account, amount }: Paid): PaidMerchantDto {
  return { merchant, holder, account, amount: minorToWire(amount) };
}

function comparedView({ now, before }: Compared): ComparedMerchantDto {
  return { now: paidView(now), before: paidView(before) };
}
