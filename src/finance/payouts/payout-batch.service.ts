import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../access/index.js';
import { Config } from '../../config.js';
import { AccountNumberVault, insertRows, MerchantRegistry, UnitOfWork } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { WakeUp } from '../../shared/wake-up.js';
import type { FinanceErrorCode } from '../errors.js';
import { creditEntries, type Book } from '../ledger/book.js';
import { Ledger } from '../ledger/ledger.js';
import type { EntryDraft } from '../ledger/journal.js';
import { select, type Selected, type Skip } from './draft-selection.js';
import { approvalChain } from './payout-batch.js';
import { JOURNALS, journalKey } from './payout.js';
import { PayoutBatchEntity, PayoutEntity } from './payouts.entities.js';
import { PayoutFileService } from './payout-file.service.js';
import { PayoutRepository } from './payout.repository.js';
import { debtorHash, PlatformAccountService } from './platform-account.service.js';
import { FileRail, type FileFormat, type PayoutRail, type RailName } from './rails/payout-rail.js';
import { Rails } from './rails/rails.js';
import { WechatPayeeService } from './wechat-payee.service.js';
import { sealContext } from './sealed-payout.js';
import type { Staff } from './staff.js';

/** Merchants looked up in one statement. */
const LOOK_UP = 1000;

export interface DraftRequest {
  currency: string;
  rail: RailName;
  /** On a rail that writes files; absent: the rail's own. */
  fileFormat?: FileFormat;
  /** Minor units, at least 1; absent: the operator's setting. */
  minAmount?: bigint;
  /** Only these; absent: everyone who has something. */
  merchants?: readonly string[];
}

/** What people do with a batch. Nobody but the rails' answers and bank reports decides what becomes of submitted money. */
@Injectable()
export class PayoutBatchService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly ledger: Ledger,
    private readonly registry: MerchantRegistry,
    private readonly wechatPayees: WechatPayeeService,
    private readonly platformAccounts: PlatformAccountService,
    private readonly rails: Rails,
    private readonly files: PayoutFileService,
    private readonly vault: AccountNumberVault,
    private readonly auditLog: AuditLog,
    private readonly wakeUp: WakeUp,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Drafts a batch: nothing is reserved yet. Returns its id. */
  async draftBatch(by: Staff, request: DraftRequest): Promise<string> {
    const { currency, minAmount = BigInt(this.config.payoutMinimum) } = request;
    const rail = this.rails.get(request.rail);
    const fileFormat = this.rails.format(rail, request.fileFormat);
    const id = newId('payoutBatch');
    await this.unitOfWork.run(async (tx) => {
      const debtor = await this.platformAccounts.getAccount(tx, currency);
      const candidates = await this.payouts.findCandidates(tx, currency, request.merchants);
      const ids = candidates.map((candidate) => candidate.merchantId);
      const [cards, beneficiaries] = await this.lookUp(tx, rail.payee, ids);
      const { selected, skipped } = select(candidates, cards, beneficiaries, {
        currency,
        minAmount,
        rail,
        fileFormat,
      });
      const at = this.clock.now();
      const head = {
        id,
        currency,
        rail: rail.name,
        fileFormat,
        payoutCount: selected.length,
        controlSum: selected.reduce((sum, one) => sum + one.amount, 0n),
        debtorHash: debtorHash(debtor),
      };
      await tx.insert(PayoutBatchEntity, {
        ...head,
        state: 'draft',
        minAmount,
        skippedCount: skipped.length,
        messageId: referenceOf(id),
        madeBy: by.staffId,
        madeAt: at,
      });
      const drafted = selected.map((one, index) => this.payoutOf(head, one, index + 1, at));
      const links = approvalChain(head, drafted);
      await this.payouts.insertPayouts(
        tx,
        drafted.map((payout, index) => ({ ...payout, link: links[index] ?? '' })),
      );
      await this.insertSkips(tx, id, skipped);
      await this.record(tx, by, 'payout-batch.drafted', id, { payouts: selected.length, skipped: skipped.length });
    });
    return id;
  }

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
   * Approves and reserves the whole batch, or nothing of it: `payout.same-person`, `payout.approval-void` (the content
   * changed since the draft), `payout.stale` (merchants did), `payout.insufficient-funds` (with the payouts).
   */
  async approveBatch(by: Staff, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const batch = await this.payouts.lockBatch(tx, id);
      assertOtherPerson(by, batch);
      const payouts = await this.payouts.findPayouts(tx, id);
      const at = this.clock.now();
      const facts = { approvedBy: by.staffId, approvedAt: at, approvalHash: payouts.at(-1)?.link ?? null };
      await this.payouts.moveBatch(tx, batch, 'approved', { from: 'awaiting-approval', to: 'approved' }, at, facts);
      await this.assertContent(tx, batch, payouts);
      await this.assertMerchants(tx, this.rails.get(batch.rail).payee, payouts);
      await this.post(tx, payouts, 'reserved', at, (book, payout) => {
        const { merchantId, currency, amount } = payout;
        if (book.balances(merchantId, currency).available < amount) return null;
        return [entry(payout, 'available', -amount), entry(payout, 'reserved', amount)];
      });
      await this.record(tx, by, 'payout-batch.approved', id, { approvalHash: batch.approvalHash });
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
      await this.assertContent(tx, batch, payouts);
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

  private async lookUp(tx: EntityManager, payee: PayoutRail['payee'], merchantIds: readonly string[]) {
    const cards: Awaited<ReturnType<MerchantRegistry['findMany']>> = new Map();
    const beneficiaries: Awaited<ReturnType<MerchantRegistry['findBeneficiaries']>> = new Map();
    for (let from = 0; from < merchantIds.length; from += LOOK_UP) {
      const chunk = merchantIds.slice(from, from + LOOK_UP);
      for (const [id, card] of await this.registry.findMany(tx, chunk)) cards.set(id, card);
      const found = await (payee === 'wechat-openid' ? this.wechatPayees : this.registry).findBeneficiaries(tx, chunk);
      for (const [id, beneficiary] of found) beneficiaries.set(id, beneficiary);
    }
    return [cards, beneficiaries] as const;
  }

  private payoutOf(
    batch: { id: string; rail: RailName; currency: string },
    { merchantId, amount, holderSent, beneficiary }: Selected,
    position: number,
    at: Date,
  ) {
    const id = newId('payout');
    const { holder, numberHash, lastFour, bankName, bic, country } = beneficiary;
    const { keyId, sealed } = this.vault.seal(
      beneficiary.number,
      sealContext({ id, merchantId, holder, bic, country }),
    );
    return {
      id,
      batchId: batch.id,
      position,
      merchantId,
      rail: batch.rail,
      currency: batch.currency,
      amount,
      state: 'draft' as const,
      reference: referenceOf(id),
      holder,
      holderSent,
      keyId,
      sealedNumber: sealed,
      numberHash,
      lastFour,
      bankName,
      bic,
      country,
      reasonCode: null,
      reason: null,
      confirmation: null,
      nextAttemptAt: at,
      stateAt: at,
    };
  }

  private async insertSkips(tx: EntityManager, batchId: string, skipped: readonly Skip[]): Promise<void> {
    await insertRows(
      tx,
      'payout_skip',
      ['batch_id', 'merchant_id', 'reason', 'detail', 'available'],
      skipped.map((skip) => [batchId, skip.merchantId, skip.reason, skip.detail, skip.available.toString()]),
    );
  }

  /** Throws `payout.approval-void` unless the content is, to the letter, that of the draft and of the approval. */
  private async assertContent(tx: EntityManager, batch: PayoutBatchEntity, payouts: PayoutEntity[]): Promise<void> {
    const debtor = await this.platformAccounts.getAccount(tx, batch.currency);
    const links = approvalChain(batch, payouts);
    const same =
      payouts.length === batch.payoutCount &&
      payouts.every((payout, index) => payout.link === links[index] && payout.rail === batch.rail) &&
      links.at(-1) === batch.approvalHash &&
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
    const [cards, beneficiaries] = await this.lookUp(tx, payee, ids);
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
          description: `Payout ${payout.reference} of batch ${payout.batchId} ${move}`,
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

/** The last 26 characters of an id, in capitals: short enough for every bank, and never given twice. */
function referenceOf(id: string): string {
  return id.slice(-26).toUpperCase();
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
  const listed = payouts?.slice(0, 1000).map(({ id, merchantId }) => ({ id, merchantId }));
  return new DomainError<FinanceErrorCode>(code, detail, undefined, listed && { payouts: listed });
}
