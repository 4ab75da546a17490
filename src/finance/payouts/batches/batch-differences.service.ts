import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import type { PayoutBatchId } from '../../../shared/ids.js';
import { minorToWire } from '../../../shared/money.js';
import { PayoutRepository } from '../payout.repository.js';
import { BatchDifferencesRepository, type Compared, type Listed, type Paid } from './batch-differences.repository.js';
import type { BatchDifferencesDto, ComparedMerchantDto, PaidMerchantDto } from './batch-differences.dto.js';

/** Merchants of each kind that an answer names; how many there are it says besides. */
const SHOWN = 200;

/** What a checker looks at before anything else: how a batch differs from the last one that was sent. */
@Injectable()
export class BatchDifferencesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly differences: BatchDifferencesRepository,
  ) {}

  /** Throws `payout.batch-not-found`. */
  async compare(id: PayoutBatchId): Promise<BatchDifferencesDto> {
    const reader = this.unitOfWork.reader;
    const last = await this.payouts.findLastSent(reader, await this.payouts.getBatch(reader, id));
    if (!last) return { last, newPayees: NONE, changedAccounts: NONE, farAbove: NONE, missing: NONE };
    const { differences } = this;
    const takenOut = (await this.payouts.countTakenOut(reader, [last.id])).get(last.id);
    return {
      last: {
        id: last.id,
        submittedAt: last.submittedAt.toISOString(),
        payoutCount: last.payoutCount - (takenOut?.count ?? 0),
        controlSum: minorToWire(last.controlSum - (takenOut?.sentAmount ?? 0n)),
      },
      newPayees: listed(await differences.findOnlyIn(reader, id, last.id, SHOWN), paidView),
      changedAccounts: listed(await differences.findMoved(reader, id, last.id, SHOWN), comparedView),
      farAbove: listed(await differences.findFarAbove(reader, id, last.id, SHOWN), comparedView),
      missing: listed(await differences.findOnlyIn(reader, last.id, id, SHOWN), paidView),
    };
  }
}

const NONE = { count: 0, items: [] };

function listed<Row, View>({ count, rows }: Listed<Row>, view: (row: Row) => View): { count: number; items: View[] } {
  return { count, items: rows.map((row) => view(row)) };
}

function paidView({ merchant, holder, account, amount }: Paid): PaidMerchantDto {
  return { merchant, holder, account, amount: minorToWire(amount) };
}

function comparedView({ now, before }: Compared): ComparedMerchantDto {
  return { now: paidView(now), before: paidView(before) };
}
