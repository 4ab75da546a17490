import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not, type EntityManager } from 'typeorm';
import { AuditLog, type Staff } from '../../../access/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Logger } from '../../../core/logger.js';
import { Clock } from '../../../core/clock.js';
import { pageOf, type Page, type PageRequest } from '../../../shared/page.js';
import type { PayoutContradictionDto } from './payout-contradiction.dto.js';
import { PayoutContradictionEntity, type WordSource } from './payout-contradiction.entity.js';
import { PayoutContradictionRepository } from './payout-contradiction.repository.js';
import type { BankStatus } from '../payout-outcome.service.js';
import { refusal, tooLate } from '../payout-refusal.js';
import type { PayoutContradictionId } from '../../../shared/ids.js';

/** What a rail says against the books stays open and loud until a person settles it. */
@Injectable()
export class PayoutContradictionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly contradictions: PayoutContradictionRepository,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Opens a contradiction, in the transaction that judged the word; the same word about the same payout once for ever. */
  async open(tx: EntityManager, status: BankStatus, source: WordSource): Promise<void> {
    const { payoutId, outcome } = status;
    if (await this.contradictions.insertOnce(tx, status, source))
      this.logger.alert('payout-contradiction', { payoutId, bankStatus: outcome, source });
  }

  /** Contradictions, the oldest first. */
  async listContradictions(
    state: 'open' | 'settled' | undefined,
    { limit, after }: PageRequest<PayoutContradictionId>,
  ): Promise<Page<PayoutContradictionDto>> {
    const rows = await this.unitOfWork.reader.find(PayoutContradictionEntity, {
      where: {
        ...(state !== undefined && { settledAt: state === 'open' ? IsNull() : Not(IsNull()) }),
        ...(after !== null && { id: MoreThan(after) }),
      },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return pageOf(rows, limit, (row) => row.id, view);
  }

  /** Settles one, once. Throws `payout.contradiction-not-found` and `payout.wrong-state` (settled already). */
  async settleContradiction(by: Staff, id: PayoutContradictionId, reason: string): Promise<PayoutContradictionDto> {
    return this.unitOfWork.run(async (tx) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const found = await tx.findOne(PayoutContradictionEntity, { where: { id }, lock });
      if (!found) throw refusal('payout.contradiction-not-found', `There is no contradiction ${id}.`);
      if (found.settledAt !== null)
        throw tooLate('The contradiction is settled already.', { by: found.settledBy, at: found.settledAt });
      const facts = { settledBy: by.staffId, settledAt: this.clock.now(), settledReason: reason };
      await tx.update(PayoutContradictionEntity, { id }, facts);
      const detail = { payoutId: found.payoutId };
      await this.auditLog.record(tx, { principal: by, action: 'payout-contradiction.settled', subject: id, detail });
      return view(Object.assign(found, facts));
    });
  }
}

function view(row: PayoutContradictionEntity): PayoutContradictionDto {
  const { payoutId: payout, says: bankStatus, saidAt, settledAt, ...same } = row;
  return {
    ...same,
    payout,
    bankStatus,
    state: settledAt === null ? 'open' : 'settled',
    saidAt: saidAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
}
