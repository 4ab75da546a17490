import type { Books } from './books.js';
import { minus, nearest, over, smaller, times, total, whole, type Rational } from './rational.js';
import type { MerchantId, OrderEventId, RewardRuleId } from '../../../src/shared/ids.js';

/** A reward rule as the model knows it; `merchant` is who it is for. */
export interface ModelRule {
  id: RewardRuleId;
  merchant: MerchantId;
  /** The sku it is for, before any rule without one. */
  product: string | null;
  asset: string;
  terms:
    | { bps: bigint; cap?: bigint }
    | { fixed: bigint }
    | { per: bigint }
    /** The rate of the last of them that the month's volume has reached is for all of it. */
    | { tiers: readonly { from: bigint; bps: bigint }[] };
  hold: boolean;
  /** It adds to the rule that wins. */
  bonus: boolean;
  /** At most this in a month. */
  budget: bigint | null;
}

export interface ModelRefund {
  refundId: string;
  amount: bigint;
  lines: { sku: string; amount: bigint }[] | null;
  shipping: bigint | null;
  tax: bigint | null;
  /** The call that recorded it, to be made again. */
  request: object;
  eventId: OrderEventId | null;
  state: 'waiting' | 'kept' | 'posted';
}

export interface ModelReward {
  order: ModelOrder;
  rule: ModelRule;
  granted: bigint;
  pending: bigint;
  held: bigint;
  matured: bigint;
  voided: bigint;
  clawedBack: bigint;
  /** Whether the hold is over. */
  due: boolean;
  /** Places of its lines in the order, and what was paid for them together. */
  lines: number[];
  basis: bigint;
}

export interface ModelOrder {
  orderId: string;
  merchant: MerchantId | null;
  lines: { sku: string; lineTotal: bigint }[];
  shipping: bigint;
  tax: bigint;
  state: 'placed' | 'completed' | 'cancelled';
  completion: {
    request: object;
    month: string;
    amountPaid: bigint;
    long: boolean;
    merchantState: string;
    eventId: OrderEventId | null;
    state: 'waiting' | 'posted';
  } | null;
  refunds: ModelRefund[];
  rewards: ModelReward[];
  /** Its part in the month's volume of each rule with tiers, and what refunds have taken out of it. */
  volumes: { rule: ModelRule; lines: number[]; basis: bigint; gone: bigint }[];
}

const sum = (all: readonly bigint[]): bigint => all.reduce((a, b) => a + b, 0n);

export const linesTotalOf = (order: ModelOrder): bigint => sum(order.lines.map((line) => line.lineTotal));
export const totalOf = (order: ModelOrder): bigint => linesTotalOf(order) + order.shipping + order.tax;
export const refundedOf = (order: ModelOrder): bigint => sum(order.refunds.map((refund) => refund.amount));

/** Whether refunds, this one with them, name more of a line, of shipping or of tax than the order has. */
export function namesTooMuch(order: ModelOrder, refund: Pick<ModelRefund, 'lines' | 'shipping' | 'tax'>): boolean {
  const all = [...order.refunds, refund];
  const ofLine = (sku: string) =>
    sum(all.flatMap(({ lines }) => lines?.flatMap((line) => (line.sku === sku ? [line.amount] : [])) ?? []));
  return (
    (refund.lines ?? []).some(
      ({ sku }) => ofLine(sku) > (order.lines.find((line) => line.sku === sku)?.lineTotal ?? 0n),
    ) ||
    sum(all.map(({ shipping }) => shipping ?? 0n)) > order.shipping ||
    sum(all.map(({ tax }) => tax ?? 0n)) > order.tax
  );
}

/** Posts those events of an order that are named: the completion first, then refunds in the order they were recorded. */
export function postOrder(books: Books, order: ModelOrder, eventIds: ReadonlySet<string>, rules: readonly ModelRule[]) {
  const { completion } = order;
  const named = (event: { eventId: OrderEventId | null; state: string } | null) =>
    event?.eventId != null && event.state === 'waiting' && eventIds.has(event.eventId);
  const before = order.refunds.filter((refund) => refund.state === 'posted');
  let now = order.refunds.filter(named);
  if (completion && named(completion)) {
    completion.state = 'posted';
    grant(books, order, rules);
    now = order.refunds.filter((refund) => refund.state === 'kept' || named(refund));
  }
  if (completion?.state !== 'posted') {
    for (const refund of now) refund.state = 'kept';
    return;
  }
  now.forEach((refund, index) => {
    refund.state = 'posted';
    reverse(books, order, [...before, ...now.slice(0, index + 1)]);
  });
}

/** The hold is over: what is still pending of a reward becomes the merchant's. */
export function mature(books: Books, reward: ModelReward): void {
  if (!reward.due || reward.pending === 0n) return;
  const { merchant, asset } = reward.rule;
  books.credit(merchant, asset, reward.pending, [merchant, 'pending']);
  reward.matured += reward.pending;
  reward.pending = 0n;
}

function grant(books: Books, order: ModelOrder, rules: readonly ModelRule[]): void {
  const { completion, merchant } = order;
  if (!completion || merchant === null || completion.merchantState === 'closed') return;
  const bases = basesOf(order);
  const { month } = completion;
  const mine = rules.filter((rule) => rule.merchant === merchant);
  for (const asset of new Set(mine.map((rule) => rule.asset))) {
    const winner = (sku: string) =>
      mine.find((rule) => rule.asset === asset && !rule.bonus && rule.product === sku) ??
      mine.find((rule) => rule.asset === asset && !rule.bonus && rule.product === null);
    const parts = mine.flatMap((rule) => {
      const covers = (sku: string) => (rule.bonus ? rule.asset === asset : winner(sku) === rule);
      const lines = order.lines.flatMap(({ sku }, at) => (bases[at] !== 0n && covers(sku) ? [at] : []));
      const basis = sum(lines.map((at) => bases[at] ?? 0n));
      return lines.length === 0
        ? []
        : [{ rule, lines, basis, exact: exactly(rule, basis, books.tally.of(rule.id, month)) }];
    });
    // One rounding for the asset; at most one of these rules gives a fraction, so it takes what the rounding adds.
    let left = nearest(total(parts.map(({ exact }) => exact))) - sum(parts.map(({ exact }) => exact.n / exact.d));
    for (const { rule, lines, basis, exact } of parts) {
      const extra = exact.d === 1n ? 0n : left;
      left -= extra;
      const wanted = exact.n / exact.d + extra;
      const there = rule.budget === null ? wanted : rule.budget - books.tally.of(rule.id, month);
      const granted = there < wanted ? there : wanted;
      const counts = 'tiers' in rule.terms ? basis : rule.budget === null ? 0n : granted;
      books.tally.add(rule.id, month, counts);
      if ('tiers' in rule.terms) order.volumes.push({ rule, lines, basis, gone: 0n });
      if (granted > 0n) give(books, order, { rule, lines, basis, granted });
    }
  }
}

function give(
  books: Books,
  order: ModelOrder,
  { rule, lines, basis, granted }: Pick<ModelReward, 'rule' | 'lines' | 'basis' | 'granted'>,
): void {
  const { merchant, asset } = rule;
  const held = order.completion?.merchantState === 'suspended';
  const reward = { order, rule, granted, pending: 0n, held: 0n, matured: 0n, voided: 0n, clawedBack: 0n };
  const where = held ? 'held' : rule.hold ? 'pending' : 'matured';
  reward[where] = granted;
  const given = { ...reward, due: order.completion?.long ?? false, lines, basis };
  order.rewards.push(given);
  if (held) books.holds.open({ merchant, asset, cause: 'suspended-merchant', amount: granted, reward: given });
  if (where === 'matured') books.credit(merchant, asset, granted, ['platform', 'reward-cost']);
  else books.move(asset, granted, ['platform', 'reward-cost'], [merchant, where]);
}

function exactly({ terms }: ModelRule, basis: bigint, volume: bigint): Rational {
  if ('tiers' in terms) return minus(earned(terms.tiers, volume + basis), earned(terms.tiers, volume));
  if ('fixed' in terms) return whole(terms.fixed);
  if ('per' in terms) return whole(basis / terms.per);
  const exact = times(whole(basis), over(whole(terms.bps), whole(10_000n)));
  return terms.cap === undefined ? exact : smaller(exact, whole(terms.cap));
}

function earned(tiers: readonly { from: bigint; bps: bigint }[], volume: bigint): Rational {
  const rates = tiers.map(({ from, bps }) => (volume >= from ? bps : 0n));
  return over(whole(volume * rates.reduce((a, b) => (b > a ? b : a))), whole(10_000n));
}

/** Takes back of each reward what `refunds`, in this order, have cost it and was not taken back before. */
function reverse(books: Books, order: ModelOrder, refunds: readonly ModelRefund[]): void {
  const remaining = remainingAfter(order, refunds);
  for (const volume of order.volumes) {
    const left = total(volume.lines.map((at) => remaining[at] ?? whole(0n)));
    const gone = nearest(minus(whole(volume.basis), left));
    books.tally.add(volume.rule.id, order.completion?.month ?? '', volume.gone - gone);
    volume.gone = gone;
  }
  for (const reward of order.rewards) {
    const { merchant, asset } = reward.rule;
    const left = total(reward.lines.map((at) => remaining[at] ?? whole(0n)));
    const gone = over(minus(whole(reward.basis), left), whole(reward.basis));
    let amount = nearest(times(whole(reward.granted), gone)) - reward.voided - reward.clawedBack;
    if (amount <= 0n) continue;
    for (const where of ['pending', 'held'] as const) {
      const part = amount < reward[where] ? amount : reward[where];
      books.move(asset, part, [merchant, where], ['platform', 'reward-cost']);
      reward[where] -= part;
      if (where === 'held') books.holds.refund(reward, part, (hold, gone) => books.loseCoupons(hold, gone));
      reward.voided += part;
      amount -= part;
    }
    books.takeBack(merchant, asset, amount, ['platform', 'reward-cost']);
    reward.clawedBack += amount;
  }
}

/** What is left of what was paid for each line, and last of shipping and tax. */
function remainingAfter(order: ModelOrder, refunds: readonly ModelRefund[]): Rational[] {
  const bases = basesOf(order);
  let parts = [...bases, (order.completion?.amountPaid ?? 0n) - sum(bases)].map(whole);
  for (const refund of refunds) {
    let rest = whole(refund.amount);
    for (const { sku, amount } of refund.lines ?? []) {
      const at = order.lines.findIndex((line) => line.sku === sku);
      const taken = smaller(whole(amount), smaller(parts[at] ?? whole(0n), rest));
      parts[at] = minus(parts[at] ?? whole(0n), taken);
      rest = minus(rest, taken);
    }
    const extras = parts.length - 1;
    const takeFrom = (places: readonly number[], most: Rational) => {
      const all = total(places.map((at) => parts[at] ?? whole(0n)));
      if (all.n === 0n) return;
      const taken = smaller(smaller(most, rest), all);
      const kept = over(minus(all, taken), all);
      parts = parts.map((part, at) => (places.includes(at) ? times(part, kept) : part));
      rest = minus(rest, taken);
    };
    const said = refund.lines !== null || refund.shipping !== null || refund.tax !== null;
    if (said) {
      takeFrom([extras], whole((refund.shipping ?? 0n) + (refund.tax ?? 0n)));
      takeFrom([extras], rest);
      const unsaid = order.lines.flatMap(({ sku }, at) => (refund.lines?.some((line) => line.sku === sku) ? [] : [at]));
      takeFrom(unsaid, rest);
    }
    takeFrom([...parts.keys()], rest);
  }
  return parts;
}

/** What was paid for each line: what is missing is spread in proportion, whole units to the largest remainders. */
function basesOf(order: ModelOrder): bigint[] {
  const listed = linesTotalOf(order);
  const beyond = (order.completion?.amountPaid ?? 0n) - order.shipping - order.tax;
  const paid = beyond > 0n ? beyond : 0n;
  if (paid === listed || listed === 0n) return order.lines.map((line) => line.lineTotal);
  const shares = order.lines.map(({ sku, lineTotal }, at) => ({
    at,
    sku,
    lineTotal,
    share: (paid * lineTotal) / listed,
    over: (paid * lineTotal) % listed,
  }));
  let left = paid - sum(shares.map(({ share }) => share));
  const descending = (a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0);
  const first = [...shares].sort(
    (a, b) => descending(a.over, b.over) || descending(a.lineTotal, b.lineTotal) || (a.sku < b.sku ? -1 : 1),
  );
  for (const one of first) {
    if (left === 0n) break;
    one.share += 1n;
    left -= 1n;
  }
  return shares.map(({ share }) => share);
}
