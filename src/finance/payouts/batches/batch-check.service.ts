import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Beneficiary } from '../../../database/index.js';
import { minorToWire } from '../../../shared/money.js';
import type { Candidate } from './draft-selection.js';
import { PayeeLookUp } from '../accounts/payee-look-up.js';
import { approvalChain, totalOf, type SkipReason, type StopReason } from '../payout-batch.js';
import { OpenLinesRepository } from '../bank-reports/open-lines.repository.js';
import { refusal, refusalAbout } from '../payout-refusal.js';
import type { PayoutBatchEntity, PayoutEntity } from '../payouts.entities.js';
import { PayoutRepository } from '../payout.repository.js';
import { debtorHash, PlatformAccountService } from '../accounts/platform-account.service.js';
import type { Expression } from '../rails/payout-rail.js';
import { Rails } from '../rails/rails.js';
import type { MerchantId } from '../../../shared/ids.js';

/** A payout whose merchant or money is not as it was when the batch was drafted. */
export interface Changed {
  payout: PayoutEntity;
  reason: SkipReason;
}

/** A payout whose merchant must not be paid now. */
export interface Stopped extends Changed {
  reason: StopReason;
}

/** Merchants who may not be paid at all any more; the others have less than was drafted. */
const STALE: ReadonlySet<SkipReason> = new Set<StopReason>([
  'unknown-merchant',
  'suspended',
  'closed',
  'account-changed',
  'bank-line-open',
]);

type Terms = Pick<PayoutBatchEntity, 'rail' | 'currency' | 'fileFormat'>;

/** Whether a batch still is what was drafted and approved, and whether it can still be paid. */
@Injectable()
export class BatchCheck {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly payees: PayeeLookUp,
    private readonly platformAccounts: PlatformAccountService,
    private readonly rails: Rails,
    private readonly openLines: OpenLinesRepository,
  ) {}

  /** Throws `payout.approval-void` unless the content is, to the letter, that of the draft and of the approval. */
  async assertContent(
    tx: EntityManager,
    batch: PayoutBatchEntity,
    payouts: readonly PayoutEntity[],
    approvalHash: string | null,
  ): Promise<void> {
    const links = approvalChain(batch, payouts);
    const same =
      payouts.length === batch.payoutCount &&
      payouts.every((payout, index) => payout.link === links[index] && payout.rail === batch.rail) &&
      (links.at(-1) ?? null) === approvalHash;
    if (!same) throw voided();
    await this.assertDebtor(tx, batch);
  }

  /** Throws `payout.approval-void` when the operator's account is not the one that the batch was drafted for. */
  async assertDebtor(tx: EntityManager, batch: PayoutBatchEntity): Promise<void> {
    const debtor = await this.platformAccounts.holdAccount(tx, batch.currency);
    if (debtorHash(debtor) !== batch.debtorHash) throw voided();
  }

  /** The payouts of merchants who cannot be paid as drafted any more; all payouts of such a merchant. */
  async findChanged(tx: EntityManager, batch: PayoutBatchEntity, payouts: readonly PayoutEntity[]): Promise<Changed[]> {
    const wanted = new Map<MerchantId, bigint>();
    for (const { merchantId, amount } of payouts) wanted.set(merchantId, (wanted.get(merchantId) ?? 0n) + amount);
    const { barOf, balances } = await this.look(tx, batch, payouts);
    return payouts.flatMap((payout) => {
      const { merchantId } = payout;
      const reason = barOf(payout) ?? shortage(balances.get(merchantId), wanted.get(merchantId) ?? 0n);
      return reason === null ? [] : [{ payout, reason }];
    });
  }

  /**
   * The payouts of merchants who must not be paid now although their money is set aside: they are not active, have another
   * account than was approved, an open bank line about a payout, or anything on hold in the currency.
   */
  async findStopped(tx: EntityManager, batch: Terms, payouts: readonly PayoutEntity[]): Promise<Stopped[]> {
    const { barOf, balances } = await this.look(tx, batch, payouts);
    return payouts.flatMap((payout) => {
      const held = (balances.get(payout.merchantId)?.held ?? 0n) === 0n ? null : 'held';
      const reason = barOf(payout) ?? held;
      return reason === null ? [] : [{ payout, reason }];
    });
  }

  /** Why merchants cannot be paid whatever they have, and what they have. */
  private async look(tx: EntityManager, { rail: name, currency, fileFormat }: Terms, payouts: readonly PayoutEntity[]) {
    const ids = [...new Set(payouts.map(({ merchantId }) => merchantId))];
    const rail = this.rails.get(name);
    const { cards, beneficiaries } = await this.payees.findPayees(tx, rail.payee, ids);
    const candidates = ids.length === 0 ? [] : await this.payouts.findCandidates(tx, currency, ids);
    const questioned = await this.openLines.findMerchants(tx, currency);
    const barOf = (payout: PayoutEntity): Exclude<StopReason, 'held'> | null => {
      const { merchantId } = payout;
      const state = cards.get(merchantId)?.state;
      if (state !== 'active') return state ?? 'unknown-merchant';
      const payee = beneficiaries.get(merchantId);
      if (!payee || !isPayee(payout, payee, rail.express(payee, currency, fileFormat))) return 'account-changed';
      return questioned.has(merchantId) ? 'bank-line-open' : null;
    };
    return { barOf, balances: new Map(candidates.map((one) => [one.merchantId, one])) };
  }

  /**
   * Throws `payout.stale` when merchants or their bank accounts changed, `payout.insufficient-funds` when their money
   * went away; with all those payouts, and what the batch is without them.
   */
  async assertPayable(tx: EntityManager, batch: PayoutBatchEntity, payouts: readonly PayoutEntity[]): Promise<void> {
    const changed = await this.findChanged(tx, batch, payouts);
    if (changed.length === 0) return;
    const gone = new Set(changed.map(({ payout }) => payout.id));
    const rest = payouts.filter(({ id }) => !gone.has(id));
    const total = totalOf(batch, rest, 'amount');
    const without = { payoutCount: rest.length, total: minorToWire(total) };
    const stale = changed.some(({ reason }) => STALE.has(reason));
    throw stale
      ? refusalAbout(
          'payout.stale',
          `Merchants, their bank accounts or what the bank says of them changed: ${ADVICE}`,
          changed,
          { without },
        )
      : refusalAbout('payout.insufficient-funds', `Less is available than was drafted: ${ADVICE}`, changed, {
          without,
        });
  }
}

const ADVICE = 'refresh the draft to go on without these payouts.';

/** Whether a payout still goes where its merchant wants it: to that account, in that name as the rail says it. */
function isPayee(payout: PayoutEntity, payee: Beneficiary, said: Expression): boolean {
  return (
    'holderSent' in said &&
    payout.holderSent === said.holderSent &&
    payout.townSent === (said.townSent ?? null) &&
    payout.numberHash === payee.numberHash &&
    payout.holder === payee.holder &&
    payout.bankName === payee.bankName &&
    payout.bic === payee.bic &&
    payout.country === payee.country
  );
}

/** Why a merchant has less than was drafted; null when there is enough. */
function shortage(balance: Candidate | undefined, wanted: bigint): SkipReason | null {
  if (balance !== undefined && balance.available >= wanted) return null;
  if (balance !== undefined && balance.held !== 0n) return 'held';
  return balance !== undefined && balance.owed !== 0n ? 'owed' : 'less-available';
}

export function voided() {
  return refusal('payout.approval-void', 'The content is not what was approved: cancel and draft again.');
}
