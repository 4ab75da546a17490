import { NOTHING, pick, type History, type Of } from './history.js';
import { linesTotalOf, mature, namesTooMuch, postOrder, refundedOf, totalOf, type ModelRefund } from './order-model.js';
import { monthOf } from './tally-model.js';

/** What a shopper's order goes through, and what the worker makes of it. */
export const orderSteps = {
  order: place,
  complete,
  cancel,
  refund,
  'refund-otherwise': refundOtherwise,
  post,
  'hold-over': holdOver,
  mature: matureAll,
};

async function place(history: History, step: Of<'order'>): Promise<void> {
  const merchant = history.program.merchants[step.merchant] ?? null;
  const orderId = history.newId('order');
  const lines = step.lines.map(({ quantity, unitPrice, off }, at) => {
    const full = quantity * unitPrice;
    return { sku: `sku${at}`, quantity, unitPrice, lineTotal: full - Math.floor((full * off) / 100) };
  });
  const { shipping, tax } = step;
  const visit = merchant === null ? {} : { visit: history.program.visitOf(merchant) };
  // So long ago that a completion of a week ago comes after it.
  const placedAt = new Date(Date.now() - 8 * 86_400_000).toISOString();
  const request = { orderId, currency: 'CNY', lines, shipping, tax, placedAt, history: true, ...visit };
  await history.call(step.times, null, null, () => history.program.orders.placeOrder(history.program.caller, request));
  history.orders.push({
    orderId,
    merchant,
    lines: lines.map(({ sku, lineTotal }) => ({ sku, lineTotal: BigInt(lineTotal) })),
    shipping: BigInt(shipping),
    tax: BigInt(tax),
    state: 'placed',
    completion: null,
    refunds: [],
    rewards: [],
    volumes: [],
  });
}

async function complete(history: History, step: Of<'complete'>): Promise<unknown> {
  const order = pick(history.orders, step.order);
  if (!order) return NOTHING;
  const wanted = order.shipping + order.tax + (linesTotalOf(order) * BigInt(100 - step.off)) / 100n;
  const paid = wanted > 0n ? wanted : 0n;
  // A hold of seven days is over a moment ago, so that it is due and not yet late.
  const completedAt = new Date(Date.now() - (step.long ? 7 * 86_400_000 + 1_000 : 0)).toISOString();
  const known = order.completion;
  const request = known && step.times !== 'once' ? known.request : { amountPaid: Number(paid), completedAt };
  const refusal = known
    ? request === known.request
      ? null
      : 'order.conflict'
    : order.state === 'cancelled'
      ? 'order.wrong-state'
      : refundedOf(order) > paid
        ? 'refund.more-than-paid'
        : null;
  await history.call(step.times, refusal, null, () =>
    history.program.orders.completeOrder(history.program.caller, order.orderId, request as { amountPaid: number }),
  );
  const [eventId = null] = history.program.takeAnnounced();
  if (refusal !== null || known) return;
  order.state = 'completed';
  const merchantState = history.stateOf(order.merchant ?? 'mer_none');
  const month = monthOf((request as { completedAt: string }).completedAt);
  order.completion = { request, month, amountPaid: paid, long: step.long, merchantState, eventId, state: 'waiting' };
}

async function cancel(history: History, step: Of<'cancel'>): Promise<unknown> {
  const order = pick(history.orders, step.order);
  if (!order) return NOTHING;
  const refusal = order.state === 'completed' ? 'order.already-completed' : null;
  await history.call(step.times, refusal, null, () =>
    history.program.orders.cancelOrder(history.program.caller, order.orderId),
  );
  if (refusal === null) order.state = 'cancelled';
}

async function refund(history: History, step: Of<'refund'>): Promise<unknown> {
  const order = pick(history.orders, step.order);
  if (!order) return NOTHING;
  const left = (order.completion?.amountPaid ?? totalOf(order)) - refundedOf(order);
  const part = (left * BigInt(step.part)) / 100n;
  const amount = part > 0n ? part : 1n;
  let unsaid = amount;
  const lines =
    step.lines?.slice(0, order.lines.length).map((percent, at) => {
      const mine = (unsaid * BigInt(percent)) / 100n;
      unsaid -= mine;
      return { sku: `sku${at}`, amount: mine };
    }) ?? null;
  const [shipping, tax] = (step.extras ?? []).map((percent) => {
    const mine = (unsaid * BigInt(percent)) / 100n;
    unsaid -= mine;
    return mine;
  });
  const content = { amount, lines, shipping: shipping ?? null, tax: tax ?? null };
  const refundId = history.newId('refund');
  const request = {
    refundId,
    amount: Number(amount),
    ...(lines && { lines: lines.map((line) => ({ sku: line.sku, amount: Number(line.amount) })) }),
    ...(shipping !== undefined && { shipping: Number(shipping), tax: Number(tax) }),
  };
  const refusal =
    order.state === 'cancelled'
      ? 'order.wrong-state'
      : amount > left
        ? 'refund.more-than-paid'
        : namesTooMuch(order, content)
          ? 'refund.more-than-left'
          : null;
  await history.call(step.times, refusal, null, () =>
    history.program.orders.recordRefund(history.program.caller, order.orderId, request),
  );
  const [eventId = null] = history.program.takeAnnounced();
  if (refusal !== null) return;
  const state = order.state === 'completed' ? 'waiting' : 'kept';
  order.refunds.push({ refundId, ...content, request, eventId, state } satisfies ModelRefund);
}

async function refundOtherwise(history: History, step: Of<'refund-otherwise'>): Promise<unknown> {
  const known = pick(
    history.orders.flatMap((order) => order.refunds.map((refund) => ({ order, refund }))),
    step.refund,
  );
  if (!known) return NOTHING;
  const request = { refundId: known.refund.refundId, amount: Number(known.refund.amount) + 1 };
  await history.call('once', 'refund.conflict', null, () =>
    history.program.orders.recordRefund(history.program.caller, known.order.orderId, request),
  );
}

async function post(history: History, step: Of<'post'>): Promise<unknown> {
  const events = history.orders
    .flatMap((order) => [order.completion, ...order.refunds])
    .flatMap((event) => (event?.eventId == null ? [] : [{ id: event.eventId, state: event.state }]));
  const all = step.times === 'once' ? events.filter(({ state }) => state === 'waiting') : events;
  const ids = (step.only === null ? all : [pick(events, step.only)]).flatMap((event) => (event ? [event.id] : []));
  if (ids.length === 0) return NOTHING;
  // Two workers may share out events, and then decide in which order refunds count, and orders where rules count them.
  const shared =
    history.orders.some((order) => order.refunds.filter(({ state }) => state !== 'posted').length > 1) ||
    history.orders.filter(({ completion }) => completion?.state === 'waiting').length > 1;
  const times = step.times === 'at-once' && shared ? 'again' : step.times;
  await history.call(times, null, null, () => history.program.posting.postOrderEvents([...ids, ...ids.slice(0, 1)]));
  for (const order of history.orders) postOrder(history.books, order, new Set(ids), history.program.rules);
}

async function holdOver(history: History, { merchant }: Of<'hold-over'>): Promise<void> {
  const id = history.program.merchants[merchant] ?? 'mer_none';
  await history.program.query(
    "UPDATE reward SET mature_at = NOW(6) WHERE state IN ('pending', 'held') AND mature_at IS NOT NULL AND merchant_id = ?",
    [id],
  );
  for (const reward of history.rewards()) if (reward.rule.merchant === id) reward.due = true;
}

async function matureAll(history: History, step: Of<'mature'>): Promise<void> {
  await history.call(step.times, null, null, () => history.program.maturity.matureRewards());
  for (const reward of history.rewards()) mature(history.books, reward);
}
