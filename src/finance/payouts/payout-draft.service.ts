import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog, type AuditActor } from '../../access/index.js';
import { Config } from '../../config.js';
import { AccountNumberVault, insertRows, UnitOfWork } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { minorFromWire } from '../../shared/money.js';
import { select, type Candidate, type Selected, type Skip } from './draft-selection.js';
import { PayeeLookUp } from './payee-look-up.js';
import { approvalChain } from './payout-batch.js';
import { freeze, type PolicyTerms } from './payout-policy.js';
import { PayoutPolicyService } from './payout-policy.service.js';
import { PayoutBatchEntity } from './payouts.entities.js';
import { PayoutRepository } from './payout.repository.js';
import { debtorHash, PlatformAccountService } from './platform-account.service.js';
import type { FileFormat, RailName } from './rails/payout-rail.js';
import { Rails } from './rails/rails.js';
import { sealContext } from './sealed-payout.js';
import type { Staff } from './staff.js';

export interface DraftRequest {
  currency: string;
  rail: RailName;
  /** On a rail that writes files; absent: the rail's own. */
  fileFormat?: FileFormat;
  /** Minor units, at least 1 and what the policy says; absent: the policy's, or the operator's setting. */
  minAmount?: bigint;
  /** Only these; absent: everyone who has something. */
  merchants?: readonly string[];
}

/** Drafts batches: who is paid what, and who is not and why. Nothing is reserved. */
@Injectable()
export class PayoutDraftService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly payouts: PayoutRepository,
    private readonly payees: PayeeLookUp,
    private readonly policies: PayoutPolicyService,
    private readonly platformAccounts: PlatformAccountService,
    private readonly rails: Rails,
    private readonly vault: AccountNumberVault,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Drafts a batch of what merchants have available. Returns its id. */
  async draftBatch(by: Staff, request: DraftRequest): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const candidates = await this.payouts.findCandidates(tx, request.currency, request.merchants);
      const { id } = await this.draft(tx, { actor: by, madeBy: by.staffId }, request, candidates);
      return id;
    });
  }

  private async draft(
    tx: EntityManager,
    maker: { actor: AuditActor; madeBy: string },
    request: DraftRequest,
    candidates: readonly Candidate[],
  ): Promise<{ id: string; selected: readonly Selected[]; skipped: readonly Skip[] }> {
    const { currency } = request;
    const rail = this.rails.get(request.rail);
    const fileFormat = this.rails.format(rail, request.fileFormat);
    const id = newId('payoutBatch');
    const debtor = await this.platformAccounts.getAccount(tx, currency);
    const terms = await this.policies.findTerms(tx, currency);
    const minAmount = leastAmount(request.minAmount, terms, this.config.payoutMinimum);
    const policy = freeze(terms, rail, minAmount);
    const ids = candidates.map((candidate) => candidate.merchantId);
    const { cards, beneficiaries } = await this.payees.findPayees(tx, rail.payee, ids);
    const wanted = { currency, policy, rail, fileFormat };
    const { selected, skipped } = select(candidates, cards, beneficiaries, wanted);
    const at = this.clock.now();
    const head = {
      id,
      currency,
      rail: rail.name,
      fileFormat,
      payoutCount: selected.length,
      controlSum: selected.reduce((sum, one) => sum + one.sentAmount, 0n),
      policy: JSON.stringify(policy),
      debtorHash: debtorHash(debtor),
    };
    await tx.insert(PayoutBatchEntity, {
      ...head,
      state: 'draft',
      minAmount,
      skippedCount: skipped.length,
      messageId: referenceOf(id),
      madeBy: maker.madeBy,
      madeAt: at,
    });
    const drafted = selected.map((one, index) => this.payoutOf(head, one, index + 1, at));
    const links = approvalChain(head, drafted);
    await this.payouts.insertPayouts(
      tx,
      drafted.map((payout, index) => ({ ...payout, link: links[index] ?? '' })),
    );
    await insertRows(
      tx,
      'payout_skip',
      ['batch_id', 'merchant_id', 'reason', 'detail', 'available'],
      skipped.map((skip) => [id, skip.merchantId, skip.reason, skip.detail, skip.available.toString()]),
    );
    await this.auditLog.record(tx, {
      principal: maker.actor,
      action: 'payout-batch.drafted',
      subject: id,
      detail: { payouts: selected.length, skipped: skipped.length },
    });
    return { id, selected, skipped };
  }

  private payoutOf(
    batch: { id: string; rail: RailName; currency: string },
    { merchantId, amount, sentAmount, fee, holderSent, beneficiary }: Selected,
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
}

/** The last 26 characters of an id, in capitals: short enough for every bank, and never given twice. */
function referenceOf(id: string): string {
  return id.slice(-26).toUpperCase();
}

/** The least that a merchant is paid. Throws `request.invalid` when less is wanted than the policy allows. */
function leastAmount(wanted: bigint | undefined, { minAmount }: PolicyTerms, setting: number): bigint {
  const least = minorFromWire(minAmount ?? setting);
  if (wanted === undefined) return least;
  if (minAmount === undefined || wanted >= least) return wanted;
  const detail = `must not be less than the ${least.toString()} of the currency’s policy`;
  throw new DomainError('request.invalid', 'The policy has a higher minimum.', [{ pointer: '/minAmount', detail }]);
}
