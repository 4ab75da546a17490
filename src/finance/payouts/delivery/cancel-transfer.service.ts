import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '../../../access/index.js';
import { noteUndone, UnitOfWork } from '../../../core/unit-of-work.js';
import { waitsForPayee } from '../payout.js';
import { refusal } from '../payout-refusal.js';
import { PayoutRepository } from '../payout.repository.js';
import { OnlineRail, type CancelAnswer } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';
import { CANCELLED } from '../rails/wechat-pay-words.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import type { PayoutId } from '../../../shared/ids.js';

type Cancel = () => Promise<CancelAnswer>;

/**
 * Asks a rail to cancel a transfer that waits for its payee. No transaction is open during the call, and its answer moves
 * no money: the payout stays open until the query says what became of it.
 */
@Injectable()
export class CancelTransferService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly rails: Rails,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * Twice is the same, also after a call whose answer was lost. Throws `payout.not-found`, `payout.cancel-not-supported`,
   * `payout.transfer-not-cancellable` (it does not wait for its payee, or the rail says that it is too late) and
   * `payout.cancel-not-answered` (it may be asked again).
   */
  async cancelTransfer(by: Staff, id: PayoutId, reason: string): Promise<void> {
    const cancel = await this.claim(by, id, reason);
    if (cancel === null) return;
    const answer = await cancel();
    // The query is what tells, so it comes next.
    await this.unitOfWork.run((tx) => {
      if (answer.kind === 'too-late' || answer.kind === 'unknown') noteUndone(tx);
      return this.attempts.askAtOnce(tx, id);
    });
    if (answer.kind === 'too-late') throw refusal('payout.transfer-not-cancellable', `Too late: ${answer.reason}.`);
    if (answer.kind === 'unknown')
      throw refusal('payout.cancel-not-answered', `It is not known whether it was heard: ${answer.reason}.`);
  }

  /** Notes the wish; null: the transfer is cancelled already. */
  private claim(by: Staff, id: PayoutId, reason: string): Promise<Cancel | null> {
    return this.unitOfWork.run(async (tx) => {
      noteUndone(tx); // the rail is still to be called
      const payout = (await this.payouts.lockPayouts(tx, [id])).get(id);
      if (payout === undefined) throw refusal('payout.not-found', 'There is no payout of this id.');
      const rail = this.rails.get(payout.rail);
      if (!(rail instanceof OnlineRail) || rail.cancel === undefined)
        throw refusal('payout.cancel-not-supported', `A payment over ${payout.rail} cannot be cancelled by a call.`);
      const { state, reference, cancelAskedAt, reasonCode } = payout;
      const asked = cancelAskedAt !== null;
      if (asked && state === 'failed' && reasonCode === CANCELLED) return null;
      if (!waitsForPayee(payout) && !(asked && state === 'accepted'))
        throw refusal('payout.transfer-not-cancellable', `The payout is ${state} and does not wait for its payee.`);
      if (!asked) {
        await this.attempts.noteCancelAsked(tx, id);
        const action = 'payout.transfer-cancel-asked';
        await this.auditLog.record(tx, { principal: by, action, subject: id, detail: { reason } });
      }
      return () => rail.cancel?.(reference) ?? Promise.reject(new Error('the rail cannot cancel'));
    });
  }
}
