import type { ClaimedOrder, EventSettlement, OrderEvent, RefundContent } from '../../detection/orders/index.js';
import type { RuleBook } from '../../shared/rule-book.js';
import { clawbackEntries, creditEntries, operatorEntry, type Book, EntryList, journalText } from '../ledger/index.js';
import { minorFromWire } from '../../shared/money.js';
import {
  remainingAfter,
  reversalSources,
  reversedInTotal,
  type RefundedOrder,
  type Remaining,
} from './refund-calculation.js';
import { commissionableAmounts } from './commissionable-amounts.js';
import { NO_REWARD } from './no-reward.js';
import { calculateRewards } from './reward-calculation.js';
import type { RewardRuleVersion } from './reward-rule.js';
import {
  isRewardable,
  selectRules,
  type OrderContext,
  type RewardableOrder,
  type Selection,
} from './reward-selection.js';
import type { CountedVolume, RewardCounters } from './reward-counters.js';
import type { Counted } from './reward-tally.repository.js';
import { newReward, reverse, reversedSoFar, type Reward } from './reward.js';
import type { OrderEventId } from '../../shared/ids.js';

/** What is to be posted for one claimed order, before its merchant's accounts are locked. */
export interface PlannedOrder {
  claimed: ClaimedOrder;
  /** Rewards of an earlier completion, or new ones of this one; changed as refunds are posted. */
  rewards: Reward[];
  /** Whether the rewards are new. */
  fresh: boolean;
  /** Why the completion earns nothing, if it does not. */
  noReward: string | null;
  /** What the completion has added to volumes and budgets. */
  counted: Counted;
}

/** A claimed order with the rules that reward its completion; null when it is not being completed. */
export interface SelectedOrder {
  claimed: ClaimedOrder;
  selection: (Selection & { order: RewardableOrder }) | { noReward: string } | null;
}

/** Decides by which rules a completed purchase earns something; what earlier orders earned does not matter yet. */
export function selectForOrder(
  claimed: ClaimedOrder,
  rules: RuleBook<RewardRuleVersion>,
  context: OrderContext,
): SelectedOrder {
  const { order, events } = claimed;
  if (!events.some((event) => event.type === 'order.completed')) return { claimed, selection: null };
  if (!isRewardable(order)) return { claimed, selection: { noReward: NO_REWARD.noMerchant.en } };
  const selection = selectRules(order, rules, context);
  return { claimed, selection: 'noReward' in selection ? selection : { ...selection, order } };
}

/** Decides what a completed purchase earns after the orders that `counters` has counted, and counts it; no balance matters here. */
export function planOrder(
  { claimed, selection }: SelectedOrder,
  existing: readonly Reward[],
  known: readonly CountedVolume[],
  counters: RewardCounters,
  now: Date,
): PlannedOrder {
  const planned = { claimed, rewards: [], fresh: true, noReward: null, counted: NOTHING_COUNTED };
  if (selection === null) {
    const refunds = takeVolumeBack(claimed, known, counters);
    return { ...planned, rewards: [...existing], fresh: false, counted: { ...NOTHING_COUNTED, refunds } };
  }
  if ('noReward' in selection) return { ...planned, noReward: selection.noReward };
  const { order } = selection;
  const { grants, volumes, noReward } = calculateRewards(order, selection, counters);
  const rewards = grants.map((grant) => ({ grant, reward: newReward(order, grant, now) }));
  const uses = rewards.flatMap(({ grant, reward }) => grant.uses.map((use) => ({ ...use, rewardId: reward.id })));
  counters.count(volumes, uses);
  const fresh = volumes.map((part) => ({ ...part, refunded: 0n }));
  const refunds = takeVolumeBack(claimed, fresh, counters);
  const counted = { volumes: volumes.map((part) => ({ ...part, orderPk: order.id })), uses, refunds };
  return { ...planned, rewards: rewards.map(({ reward }) => reward), noReward, counted };
}

const NOTHING_COUNTED: Counted = { volumes: [], uses: [], refunds: [] };

/** What the refunds that are posted here take out of the volumes that the order counts in, each after the one before. */
function takeVolumeBack(
  { order, events, settledRefunds }: ClaimedOrder,
  known: readonly CountedVolume[],
  counters: RewardCounters,
): Counted['refunds'] {
  if (known.length === 0 || !isRewardable(order)) return [];
  const posted: RefundContent[] = [...settledRefunds];
  let counted = known;
  return events.flatMap((event) => {
    if (event.type !== 'order.refunded') return [];
    posted.push(event);
    const taken = counters.takeBack(counted, volumeRefunded(order, remainingAfter(refundedOrder(order), posted)));
    counted = taken.counted;
    return taken.refunds.map((refund) => ({ ...refund, orderPk: order.id, eventId: event.id }));
  });
}

/** How much of an order's part in a volume is refunded, as it is of a reward: rounded half away from zero. */
export function volumeRefunded(order: RewardableOrder, remaining: Remaining): (part: CountedVolume) => bigint {
  const amounts = commissionableAmounts(order);
  return ({ commissionable, lines }) => {
    const counted = lines.map((line) => ({ line, commissionable: amounts[line] ?? 0n }));
    return reversedInTotal({ granted: commissionable, lines: counted }, remaining);
  };
}

/** An order as its refunds are worked out. */
export function refundedOrder(order: RewardableOrder): RefundedOrder {
  const skus = order.lines.map((line) => line.sku);
  return { skus, commissionable: commissionableAmounts(order), amountPaid: order.amountPaid };
}

/**
 * Posts the events of an order to the book, in order, and says what became of each. `planned.rewards` are afterwards as
 * they are to be saved.
 */
export function postOrder(book: Book, planned: PlannedOrder): EventSettlement[] {
  const refunds: RefundContent[] = [...planned.claimed.settledRefunds];
  let completed = planned.claimed.completionSettled;
  return planned.claimed.events.map((event): EventSettlement => {
    if (event.type === 'order.completed') {
      completed = true;
      return postCompletion(book, planned, event.id);
    }
    if (!completed) return { eventId: event.id, state: 'kept' };
    refunds.push(event);
    return postRefund(book, planned, event, refunds);
  });
}

function postCompletion(book: Book, planned: PlannedOrder, eventId: OrderEventId): EventSettlement {
  const { order } = planned.claimed;
  if (planned.noReward !== null) return { eventId, state: 'posted', outcome: 'nothing', reason: planned.noReward };
  const list = new EntryList(book);
  for (const { merchantId, asset, granted: amount, pending, held, id: rewardId } of planned.rewards) {
    if (held > 0n) list.add({ owner: merchantId, asset, account: 'held', amount, rewardId });
    else if (pending > 0n) list.add({ owner: merchantId, asset, account: 'pending', amount, rewardId });
    else list.add(...creditEntries(list, { merchantId, asset, amount, rewardId }));
    list.add(operatorEntry('reward-cost', { asset, amount: -amount, rewardId }));
  }
  const journal = book.post({
    businessKey: `order.completed:${eventId}`,
    kind: 'reward',
    description: journalText('reward', { order: order.orderId }),
    occurredAt: order.completedAt ?? order.placedAt,
    cause: { type: 'order-event', id: eventId },
    entries: list.entries,
  });
  return { eventId, state: 'posted', outcome: 'journal', journalId: journal.id };
}

function postRefund(
  book: Book,
  planned: PlannedOrder,
  event: OrderEvent & { type: 'order.refunded' },
  refunds: readonly RefundContent[],
): EventSettlement {
  const { order } = planned.claimed;
  const nothing = (reason: string): EventSettlement => ({
    eventId: event.id,
    state: 'posted',
    outcome: 'nothing',
    reason,
  });
  if (planned.rewards.length === 0 || !isRewardable(order)) return nothing('The order earned no reward.');
  const remaining = remainingAfter(refundedOrder(order), refunds);
  const list = new EntryList(book);
  const rewards = planned.rewards.map((reward): Reward => {
    const lines = reward.explanation.lines.map(({ line, commissionable }) => ({
      line,
      commissionable: minorFromWire(commissionable),
    }));
    const amount = reversedInTotal({ granted: reward.granted, lines }, remaining) - reversedSoFar(reward);
    if (amount <= 0n) return reward;
    const { merchantId, asset, id: rewardId } = reward;
    const from = reversalSources(reward, amount);
    list.add(
      { owner: merchantId, asset, account: 'pending', amount: -from.pending, rewardId },
      { owner: merchantId, asset, account: 'held', amount: -from.held, rewardId },
      ...clawbackEntries(list, { merchantId, asset, amount: from.matured, rewardId }),
      operatorEntry('reward-cost', { asset, amount, rewardId }),
    );
    return reverse(reward, from);
  });
  if (list.entries.length === 0)
    return nothing('The refund takes nothing back: its share of every reward rounds to nothing.');
  const journal = book.post({
    businessKey: `order.refunded:${event.id}`,
    kind: 'refund',
    description: journalText('refund', { refund: event.refundId, order: order.orderId }),
    occurredAt: event.refundedAt,
    cause: { type: 'order-event', id: event.id },
    entries: list.entries,
  });
  planned.rewards = rewards;
  return { eventId: event.id, state: 'posted', outcome: 'journal', journalId: journal.id };
}
