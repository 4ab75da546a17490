import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../access/index.js';
import { UnitOfWork } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { WakeUp } from '../../shared/wake-up.js';
import type { FinanceErrorCode } from '../errors.js';
import { creditEntries, type Book } from '../ledger/book.js';
import { Ledger } from '../ledger/ledger.js';
import type { EntryDraft } from '../ledger/journal.js';
import { journalText } from '../ledger/journal-text.js';
import { PayeeLookUp } from './payee-look-up.js';
import { approvalChain, assertBatchTransition } from './payout-batch.js';
import { JOURNALS, journalKey } from './payout.js';
import { approvalsNeeded } from './payout-policy.js';
import { PayoutBatchEntity, type PayoutEntity } from './payouts.entities.js';
import { PayoutFileService } from './payout-file.service.js';
import { PayoutRepository } from './payout.repository.js';
import { debtorHash, PlatformAccountService } from './platform-account.service.js';
import { FileRail, type PayoutRail } from './rails/payout-rail.js';
import { Rails } from './rails/rails.js';
import type { Staff } from './staff.js';

/** What people do with a batch. Nobody but the rails' answers and bank reports decides what becomes of submitted money. */
@Injectable()
export class PayoutBatchService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly ledger: Ledger,
    private readonly payees: PayeeLookUp,
    private readonly platformAccounts: PlatformAccountService,
    private readonly rails: Rails,
    private readonly files: PayoutFileService,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
    private readonly clock: Clock,
  ) {}

  /** Hands a draft to the checkers. */
  async requestApproval(by: Staff, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      if (batch.payoutCount === 0) throw refusal('payout.empty-batch', 'There is nothing to pay in this batch.');
      const at = this.clock.now();
      const facts = { requestedBy: by.staffId, requestedAt: at };
      await this.payouts.moveBatch(
        tx,
        batch,
        'awaiting-approval',
        { from: 'draft', to: 'awaiting-approval' },
        at,
        facts,
      );
      await this.record(tx, by, 'payout-batch.approval-requested', id);
    });
  }

  /**
   * Approves and reserves the whole batch, or nothing of it; where it takes two checkers, the first approval only stands
   * there for the second to agree with. Throws `payout.same-person`, `payout.approval-void` (the content changed since
   * the draft or the first approval), `payout.stale` (merchants did), `payout.insufficient-funds` (with the payouts).
   */
  async approveBatch(by: Staff, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      assertOtherPerson(by, batch);
      assertBatchTransition(batch.state, 'approved');
      if (by.staffId === batch.firstApprovedBy)
        throw refusal('payout.same-person', 'It takes a second checker: you have approved it already.');
      const payouts = await this.payouts.findPayouts(tx, id);
      const approvalHash = payouts.at(-1)?.link ?? null;
      await this.assertContent(tx, batch, payouts, batch.firstApprovalHash ?? approvalHash);
      await this.assertMerchants(tx, this.rails.get(batch.rail).payee, payouts);
      const at = this.clock.now();
      const total = payouts.reduce((sum, payout) => sum + payout.amount, 0n);
      if (batch.firstApprovedBy === null && approvalsNeeded(batch.policy, total) === 2) {
        const first = { firstApprovedBy: by.staffId, firstApprovedAt: at, firstApprovalHash: approvalHash };
        await tx.update(PayoutBatchEntity, { id }, first);
        await this.record(tx, by, 'payout-batch.first-approved', id, { approvalHash });
        return;
      }
      const facts = { approvedBy: by.staffId, approvedAt: at, approvalHash };
      await this.payouts.moveBatch(tx, batch, 'approved', { from: 'awaiting-approval', to: 'approved' }, at, facts);
      await this.post(tx, payouts, 'reserved', at, (book, payout) => {
        const { merchantId, currency, amount } = payout;
        if (book.balances(merchantId, currency).available < amount) return null;
        return [entry(payout, 'available', -amount), entry(payout, 'reserved', amount)];
      });
      await this.record(tx, by, 'payout-batch.approved', id, { approvalHash });
    });
  }

  /** Sends a batch back for good; nothing was reserved yet. */
  async rejectBatch(by: Staff, id: string, reason: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      assertOtherPerson(by, batch);
      const at = this.clock.now();
      const facts = { endedBy: by.staffId, endedAt: at, endReason: reason };
      await this.payouts.moveBatch(tx, batch, 'rejected', { from: 'awaiting-approval', to: 'rejected' }, at, facts);
      await this.record(tx, by, 'payout-batch.rejected', id);
    });
  }

  /** Gives up a batch before it is submitted. What was reserved comes back, as the ledger says and not the batch. */
  async cancelBatch(by: Staff, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      const from = batch.state === 'submitted' ? 'submitting' : batch.state;
      const at = this.clock.now();
      const facts = { endedBy: by.staffId, endedAt: at };
      await this.payouts.moveBatch(tx, batch, 'cancelled', { from, to: 'cancelled' }, at, facts);
      if (from === 'approved') {
        const payouts = await this.payouts.findPayouts(tx, id);
        const reserved = await this.reservedFor(tx, payouts);
        await this.post(tx, payouts, 'cancelled', at, (book, payout) => {
          const amount = reserved.get(payout.id) ?? 0n;
          const { merchantId, currency } = payout;
          const credit = { merchantId, asset: currency, amount, payoutId: payout.id };
          return [entry(payout, 'reserved', -amount), ...creditEntries(book, credit)];
        });
      }
      await this.record(tx, by, 'payout-batch.cancelled', id);
    });
  }

  /**
   * Commits that the batch is being sent, then lets the sending begin. Throws `payout.approval-void` when anything that
   * the approval bound is not as it was.
   */
  async submitBatch(by: Staff, id: string): Promise<void> {
    const rail = await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      const payouts = await this.payouts.findPayouts(tx, id);
      const at = this.clock.now();
      const facts = { submittedBy: by.staffId, submittedAt: at };
      await this.payouts.moveBatch(tx, batch, 'submitted', { from: 'approved', to: 'submitting' }, at, facts);
      const used = this.rails.get(batch.rail);
      await this.assertContent(tx, batch, payouts, batch.approvalHash);
      const reserved = await this.reservedFor(tx, payouts);
      if (payouts.some((payout) => reserved.get(payout.id) !== payout.amount)) throw voided();
      await this.post(tx, payouts, 'submitted', at, (_, payout) => [
        entry(payout, 'reserved', -payout.amount),
        { ...entry(payout, 'in-transit', payout.amount), owner: `rail:${payout.rail}` },
      ]);
      await this.record(tx, by, 'payout-batch.submitted', id, { rail: batch.rail });
      return used;
    });
    this.wakeUp.announce('payouts.submit', [id]);
    if (rail instanceof FileRail) await this.files.writeFile(id);
  }

  /** Throws `payout.approval-void` unless the content is, to the letter, that of the draft and of the approval. */
  private async assertContent(
    tx: EntityManager,
    batch: PayoutBatchEntity,
    payouts: PayoutEntity[],
    approvalHash: string | null,
  ): Promise<void> {
    const debtor = await this.platformAccounts.getAccount(tx, batch.currency);
    const links = approvalChain(batch, payouts);
    const same =
      payouts.length === batch.payoutCount &&
      payouts.every((payout, index) => payout.link === links[index] && payout.rail === batch.rail) &&
      links.at(-1) === approvalHash &&
      debtorHash(debtor) === batch.debtorHash;
    if (!same) throw voided();
  }

  /** Throws `payout.stale` when a merchant is not active any more or has another bank account than was drafted. */
  private async assertMerchants(
    tx: EntityManager,
    payee: PayoutRail['payee'],
    payouts: readonly PayoutEntity[],
  ): Promise<void> {
    const ids = payouts.map((payout) => payout.merchantId);
    const { cards, beneficiaries } = await this.payees.findPayees(tx, payee, ids);
    const stale = payouts.filter(
      ({ merchantId, numberHash }) =>
        cards.get(merchantId)?.state !== 'active' || beneficiaries.get(merchantId)?.numberHash !== numberHash,
    );
    if (stale.length > 0)
      throw refusal('payout.stale', 'Merchants or their bank accounts changed: cancel and draft again.', stale);
  }

  private reservedFor(tx: EntityManager, payouts: readonly PayoutEntity[]): Promise<Map<string, bigint>> {
    return this.payouts.findReserved(
      tx,
      payouts.map((payout) => payout.id),
    );
  }

  /** One journal for each payout; `entriesOf` answers null when the merchant has not enough. */
  private async post(
    tx: EntityManager,
    payouts: readonly PayoutEntity[],
    move: 'reserved' | 'cancelled' | 'submitted',
    occurredAt: Date,
    entriesOf: (book: Book, payout: PayoutEntity) => EntryDraft[] | null,
  ): Promise<void> {
    const accounts = payouts.map(({ merchantId, currency }) => ({ merchantId, asset: currency }));
    await this.ledger.post(tx, accounts, (book) => {
      const short = payouts.filter((payout) => {
        const entries = entriesOf(book, payout);
        if (entries === null) return true;
        book.post({
          businessKey: journalKey(move, payout.id),
          kind: JOURNALS[move],
          description: journalText(move, { reference: payout.reference, batch: payout.batchId }),
          occurredAt,
          cause: { type: 'payout', id: payout.id },
          entries,
        });
        return false;
      });
      if (short.length > 0)
        throw refusal(
          'payout.insufficient-funds',
          'Less is available than was drafted: cancel and draft again.',
          short,
        );
    });
  }

  private record(tx: EntityManager, principal: Staff, action: string, subject: string, detail = {}): Promise<void> {
    return this.auditLog.record(tx, { principal, action, subject, detail });
  }
}

function entry(payout: PayoutEntity, account: EntryDraft['account'], amount: bigint): EntryDraft {
  return { owner: payout.merchantId, asset: payout.currency, account, amount, payoutId: payout.id };
}

function assertOtherPerson(by: Staff, batch: PayoutBatchEntity): void {
  if (by.staffId === batch.madeBy || by.staffId === batch.requestedBy)
    throw refusal('payout.same-person', 'Who made a batch cannot check it.');
}

function voided() {
  return refusal('payout.approval-void', 'The content is not what was approved: cancel and draft again.');
}

function refusal(code: FinanceErrorCode, detail: string, payouts?: readonly PayoutEntity[]) {
  const listed = payouts?.slice(0, 1000).map(({ id, merchantId }) => ({ id, merchant: merchantId }));
  return new DomainError<FinanceErrorCode>(code, detail, undefined, listed && { payouts: listed });
}
