import type {
  RewardBudgetEntity,
  RewardBudgetUseEntity,
  RewardVolumeEntity,
  RewardVolumeOrderEntity,
  RewardVolumeRefundEntity,
} from './reward-tally.entity.js';

/** The orders that a merchant's volume with a rule is summed over. */
export type VolumeKey = Omit<RewardVolumeEntity, 'volume'>;

/** The grants that one budget is for. */
export type BudgetKey = Omit<RewardBudgetEntity, 'used'>;

export interface CounterKeys {
  volumes: readonly VolumeKey[];
  budgets: readonly BudgetKey[];
}

/** What an order has added to a volume. */
export type VolumePart = Omit<RewardVolumeOrderEntity, 'orderPk'>;

/** The part of an order in a volume, and what its refunds have taken out of it so far. */
export type CountedVolume = Omit<VolumePart, 'volumeBefore'> & { refunded: bigint };

/** What a refund takes out of a volume. */
export type VolumeRefund = Omit<RewardVolumeRefundEntity, 'orderPk' | 'eventId'>;

/** What a grant has used of a budget. */
export type BudgetUse = Omit<RewardBudgetUseEntity, 'rewardId'>;

/** What earlier orders have left behind that rules count: volumes, and how much of each budget is used. */
export class RewardCounters {
  private readonly volumes = new Map<string, bigint>();
  private readonly budgets = new Map<string, bigint>();

  volumeOf(key: VolumeKey): bigint {
    return this.volumes.get(volumeName(key)) ?? 0n;
  }

  usedOf(key: BudgetKey): bigint {
    return this.budgets.get(budgetName(key)) ?? 0n;
  }

  setVolume(key: VolumeKey, volume: bigint): void {
    this.volumes.set(volumeName(key), volume);
  }

  setUsed(key: BudgetKey, used: bigint): void {
    this.budgets.set(budgetName(key), used);
  }

  /** Counts an order in, so that the next one finds it. */
  count(volumes: readonly VolumePart[], uses: readonly BudgetUse[]): void {
    for (const part of volumes) this.setVolume(part, part.volumeBefore + part.commissionable);
    for (const use of uses) this.setUsed(use, use.usedBefore + use.amount);
  }

  /** Takes out of the volumes what is refunded of an order, so that the next order finds them net. */
  takeBack(
    counted: readonly CountedVolume[],
    refundedInTotal: (part: CountedVolume) => bigint,
  ): {
    counted: CountedVolume[];
    refunds: VolumeRefund[];
  } {
    const refunds: VolumeRefund[] = [];
    const after = counted.map((part) => {
      const total = refundedInTotal(part);
      const amount = total - part.refunded;
      if (amount <= 0n) return part;
      const { merchantId, ruleId, month, currency } = part;
      const volumeBefore = this.volumeOf(part);
      refunds.push({ merchantId, ruleId, month, currency, amount, volumeBefore });
      this.setVolume(part, volumeBefore - amount);
      return { ...part, refunded: total };
    });
    return { counted: after, refunds };
  }
}

/** Names the key; keys are locked in the order of their names. */
export function volumeName({ merchantId, ruleId, month, currency }: VolumeKey): string {
  return `${merchantId} ${ruleId} ${month} ${currency}`;
}

/** Names the key; keys are locked in the order of their names. */
export function budgetName({ ruleId, asset, merchantId, month }: BudgetKey): string {
  return `${ruleId} ${asset} ${merchantId} ${month}`;
}
