import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type AuditActor, type Staff } from '../../../access/index.js';
import { Config } from '../../../core/config.js';
import { AccountNumberVault } from '../../../database/index.js';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Clock } from '../../../core/clock.js';
import { DomainError } from '../../../shared/domain-error.js';
import { newId, type MerchantId, type PayoutBatchId, type PayoutId, type StaffId } from '../../../shared/ids.js';
import { minAmount, minorFromWire } from '../../../shared/money.js';
import { OpenLinesRepository } from '../bank-reports/open-lines.repository.js';
import type { PayoutErrorCode } from '../errors.js';
import { select, type Candidate, type Selected } from './draft-selection.js';
import { PayeeLookUp } from '../accounts/payee-look-up.js';
import { approvalChain } from '../payout-batch.js';
import { freeze, type PolicyTerms } from '../terms/payout-policy.js';
import { PayoutPolicyService } from '../terms/payout-policy.service.js';
import { PayoutBatchEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import { debtorHash, PlatformAccountService } from '../accounts/platform-account.service.js';
import type { FileFormat, RailName } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';
import { sealContext } from '../sealed-payout.js';

export interface DraftRequest {
  currency: string;
  rail: RailName;
  /** On a rail that writes files; absent: the rail's own. */
  fileFormat?: FileFormat;
  /** Minor units, at least 1 and what the policy says; absent: the policy's, or the operator's setting. */
  minAmount?: bigint;
  /** Only these; absent: everyone who has something. */
  merchants?: readonly MerchantId[];
}

const SYSTEM = { kind: 'system' } as const;

/** Drafts batches: who is paid what, and who is not and why. Nothing is reserved. */
@Injectable()
export class PayoutDraftService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly payees: PayeeLookUp,
    private readonly policies: PayoutPolicyService,
    private readonly platformAccounts: PlatformAccountService,
    private readonly openLines: OpenLinesRepository,
    private readonly rails: Rails,
    private readonly vault: AccountNumberVault,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Drafts a batch of what merchants have available. Returns its id. */
  async draftBatch(by: Staff, request: DraftRequest): Promise<PayoutBatchId> {
    return this.unitOfWork.run(async (tx) => {
      const candidates = await this.payouts.findCandidates(tx, request.currency, request.merchants);
      return this.write(tx, { actor: by, madeBy: by.staffId }, await this.choose(tx, request, candidates));
    });
  }

  /**
   * Drafts what a schedule asks for, for people to take from there: as many batches as it takes to pay all who wait, each
   * within the limit of the rail. Their ids, in order; none when no merchant is to be paid.
   */
  async draftScheduled(tx: EntityManager, request: DraftRequest): Promise<PayoutBatchId[]> {
    const batches: PayoutBatchId[] = [];
    let candidates = await this.payouts.findCandidates(tx, request.currency, undefined);
    while (candidates.length > 0) {
      const chosen = await this.choose(tx, request, candidates);
      if (chosen.selected.length === 0) break;
      batches.push(await this.write(tx, { actor: SYSTEM, madeBy: SYSTEM.kind }, chosen));
      candidates = chosen.waiting;
    }
    return batches;
  }

  /**
   * Drafts a new payout, with a reference of its own, of what a payout moved that failed or was returned; once for each.
   * The money has to be available again: what is on hold has to be released by people first. Returns the id of the batch.
   * Throws `payout.not-found`, `payout.wrong-state`, `payout.already-retried`, `payout.insufficient-funds`,
   * `payout.bank-line-open` (the bank may have paid it after all),
   * `payout.not-payable` (with the reason).
   */
  async retryPayout(
    by: Staff,
    payoutId: PayoutId,
    how: Partial<Pick<DraftRequest, 'rail' | 'fileFormat'>>,
  ): Promise<PayoutBatchId> {
    return this.unitOfWork.run(async (tx) => {
      const old = (await this.payouts.lockPayouts(tx, [payoutId])).get(payoutId);
      if (!old) throw refusal('payout.not-found', `There is no payout ${payoutId}.`);
      const { merchantId, currency, state } = old;
      // What the merchant had of it again.
      const amount = old.amount - old.returnCostMerchant;
      if (state !== 'failed' && state !== 'returned')
        throw refusal('payout.wrong-state', `A payout that is ${state} cannot be tried again.`);
      const line = (await this.openLines.findByPayout(tx, [payoutId])).get(payoutId);
      if (line !== undefined)
        throw refusal('payout.bank-line-open', `${line} of a bank report is about it and waits for a person.`);
      const earlier = await this.payouts.findRetry(tx, payoutId);
      if (earlier) throw refusal('payout.already-retried', `${earlier.id} of ${earlier.batchId} tries it again.`);
      const candidates = await this.payouts.findCandidates(tx, currency, [merchantId]);
      const again = candidates.map((candidate) => ({
        ...candidate,
        available: minAmount(candidate.available, amount),
      }));
      const chosen = await this.choose(tx, { currency, rail: old.rail, ...how }, again);
      const { selected, skipped } = chosen;
      if (skipped[0]) throw refusal('payout.not-payable', `The merchant would be excluded: ${skipped[0].reason}.`);
      if (selected.length !== 1) throw refusal('payout.not-payable', 'It is more than one payout may carry now.');
      if (selected[0]?.amount !== amount)
        throw refusal('payout.insufficient-funds', 'Less is available than the payout moved.');
      return this.write(tx, { actor: by, madeBy: by.staffId, retryOf: payoutId }, chosen);
    });
  }

  /** Whom a batch would pay, and how; nothing is written. */
  private async choose(tx: EntityManager, request: DraftRequest, candidates: readonly Candidate[]) {
    const { currency } = request;
    const rail = this.rails.get(request.rail);
    const fileFormat = this.rails.format(rail, request.fileFormat);
    const debtor = await this.platformAccounts.getAccount(tx, currency);
    const terms = await this.policies.findTerms(tx, currency);
    const least = leastAmount(request.minAmount, terms, this.config.payoutMinimum);
    const policy = freeze(terms, rail, least);
    const ids = candidates.map((candidate) => candidate.merchantId);
    const { cards, beneficiaries } = await this.payees.findPayees(tx, rail.payee, ids);
    const questioned = await this.openLines.findMerchants(tx, currency);
    const wanted = { currency, policy, rail, fileFormat, questioned };
    const chosen = select(candidates, cards, beneficiaries, wanted);
    return { ...chosen, ...wanted, minAmount: least, debtorHash: debtorHash(debtor) };
  }

  private async write(
    tx: EntityManager,
    maker: { actor: AuditActor; madeBy: StaffId | 'system'; retryOf?: PayoutId },
    chosen: Awaited<ReturnType<PayoutDraftService['choose']>>,
  ): Promise<PayoutBatchId> {
    const { currency, rail, fileFormat, policy, minAmount, selected, skipped, waiting } = chosen;
    const id = newId('payoutBatch');
    const at = this.clock.now();
    const head = {
      id,
      currency,
      rail: rail.name,
      fileFormat,
      payoutCount: selected.length,
      controlSum: selected.reduce((sum, one) => sum + one.sentAmount, 0n),
      policy: JSON.stringify(policy),
      debtorHash: chosen.debtorHash,
    };
    await tx.insert(PayoutBatchEntity, {
      ...head,
      state: 'draft',
      minAmount,
      skippedCount: skipped.length,
      waitingCount: waiting.length,
      messageId: referenceOf(id),
      madeBy: maker.madeBy,
      madeAt: at,
    });
    const retryOf = maker.retryOf ?? null;
    const drafted = selected.map((one, index) => ({ ...this.payoutOf(head, one, index + 1, at), retryOf }));
    const links = approvalChain(head, drafted);
    await this.payouts.insertPayouts(
      tx,
      drafted.map((payout, index) => ({ ...payout, link: links[index] ?? '' })),
    );
    await this.payouts.insertSkips(
      tx,
      skipped.map((skip) => ({ batchId: id, ...skip })),
    );
    await this.auditLog.record(tx, {
      principal: maker.actor,
      action: 'payout-batch.drafted',
      subject: id,
      detail: { payouts: selected.length, skipped: skipped.length, waiting: waiting.length },
    });
    return id;
  }

  private payoutOf(
    batch: { id: PayoutBatchId; rail: RailName; currency: string },
    { merchantId, amount, sentAmount, fee, holderSent, townSent, beneficiary }: Selected,
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
      sentAmount,
      fee,
      state: 'draft' as const,
      reference: referenceOf(id),
      holder,
      holderSent,
      townSent: townSent ?? null,
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
      cancelAskedAt: null,
      nextAttemptAt: at,
      stateAt: at,
    };
  }
}

/** The last 26 characters of an id, in capitals: short enough for every bank, and never given twice. */
function referenceOf(id: PayoutBatchId | PayoutId): string {
  return id.slice(-26).toUpperCase();
}

function refusal(code: PayoutErrorCode, detail: string) {
  return new DomainError<PayoutErrorCode>(code, detail);
}

/** The least that a merchant is paid. Throws `request.invalid` when less is wanted than the policy allows. */
function leastAmount(wanted: bigint | undefined, { minAmount }: PolicyTerms, setting: number): bigint {
  const least = minorFromWire(minAmount ?? setting);
  if (wanted === undefined) return least;
  if (minAmount === undefined || wanted >= least) return wanted;
  const detail = `must not be less than the ${least.toString()} of the currency’s policy`;
  throw new DomainError('request.invalid', 'The policy has a higher minimum.', [{ pointer: '/minAmount', detail }]);
}
