import { DomainError } from '../../../src/shared/domain-error.js';
import { camt053, pain002, type BankLine } from './bank-xml.js';
import { Books } from './books.js';
import { difference } from './difference.js';
import {
  linesTotalOf,
  mature,
  postOrder,
  refundedOf,
  totalOf,
  type ModelOrder,
  type ModelRefund,
} from './order-model.js';
import { act, deliver, hear, type ModelBatch, type ModelPayout } from './payout-model.js';
import type { Program } from './program.js';
import type { Step, Times, Who } from './steps.js';

type Of<K extends Step['kind']> = Extract<Step, { kind: K }>;

interface ModelAdjustment {
  id: string;
  merchant: string;
  asset: string;
  amount: bigint;
  state: string;
}

interface ModelRedemption {
  merchant: string;
  dto: { redemptionId: string; asset: string; amount: number };
}

/** A step that had nothing to be about. */
const NOTHING = 'nothing';

/** One history: each step is done by the program and by the model, and then both must agree and every invariant hold. */
export class History {
  readonly books = new Books();
  readonly orders: ModelOrder[] = [];
  readonly batches: ModelBatch[] = [];
  private readonly adjustments: ModelAdjustment[] = [];
  private readonly redemptions: ModelRedemption[] = [];
  private readonly states = new Map<string, string>();
  private count = 0;

  constructor(private readonly program: Program) {}

  /** Throws with the step after which something is wrong. */
  async run(steps: readonly Step[]): Promise<void> {
    await this.program.forget();
    for (const [index, step] of steps.entries()) {
      try {
        if ((await this.take(step)) === NOTHING) continue;
        const wrong = [...(await difference(this.program, this)), ...(await this.program.offenders())];
        if (wrong.length > 0) throw new Error(wrong.join('\n'));
      } catch (error) {
        const after = `after step ${index + 1} of ${steps.length}, ${JSON.stringify(step)}`;
        throw new Error(`${after}:\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    const found = await this.program.auditOffenders();
    if (found.length > 0) throw new Error(`in the end:\n${found.join('\n')}`);
  }

  private take(step: Step): Promise<unknown> {
    switch (step.kind) {
      case 'order':
        return this.order(step);
      case 'complete':
        return this.complete(step);
      case 'cancel':
        return this.cancel(step);
      case 'refund':
        return this.refund(step);
      case 'refund-otherwise':
        return this.refundOtherwise(step);
      case 'post':
        return this.post(step);
      case 'hold-over':
        return this.holdOver(step);
      case 'mature':
        return this.matureAll(step);
      case 'adjust':
        return this.adjust(step);
      case 'decide':
        return this.decide(step);
      case 'redeem':
        return this.redeem(step);
      case 'redeem-otherwise':
        return this.redeemOtherwise(step);
      case 'merchant':
        return this.changeMerchant(step);
      case 'draft':
        return this.draft(step);
      case 'batch':
        return this.batch(step);
      case 'deliver':
        return this.deliver(step);
      case 'report':
        return this.report(step);
    }
  }

  private async order(step: Of<'order'>): Promise<void> {
    const merchant = this.program.merchants[step.merchant] ?? null;
    const orderId = this.newId('order');
    const lines = step.lines.map(({ quantity, unitPrice, off }, at) => {
      const full = quantity * unitPrice;
      return { sku: `sku${at}`, quantity, unitPrice, lineTotal: full - Math.floor((full * off) / 100) };
    });
    const { shipping, tax } = step;
    const visit = merchant === null ? {} : { visit: this.program.visitOf(merchant) };
    const request = { orderId, currency: 'CNY', lines, shipping, tax, ...visit };
    await this.call(step.times, null, null, () => this.program.orders.placeOrder(this.program.caller, request));
    this.orders.push({
      orderId,
      merchant,
      lines: lines.map(({ sku, lineTotal }) => ({ sku, lineTotal: BigInt(lineTotal) })),
      shipping: BigInt(shipping),
      tax: BigInt(tax),
      state: 'placed',
      completion: null,
      refunds: [],
      rewards: [],
    });
  }

  private async complete(step: Of<'complete'>): Promise<unknown> {
    const order = pick(this.orders, step.order);
    if (!order) return NOTHING;
    const paid = order.shipping + order.tax + (linesTotalOf(order) * BigInt(100 - step.off)) / 100n;
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
    await this.call(step.times, refusal, null, () =>
      this.program.orders.completeOrder(this.program.caller, order.orderId, request as { amountPaid: number }),
    );
    const [eventId = null] = this.program.takeAnnounced();
    if (refusal !== null || known) return;
    order.state = 'completed';
    const merchantState = this.stateOf(order.merchant ?? '');
    order.completion = { request, amountPaid: paid, long: step.long, merchantState, eventId, state: 'waiting' };
  }

  private async cancel(step: Of<'cancel'>): Promise<unknown> {
    const order = pick(this.orders, step.order);
    if (!order) return NOTHING;
    const refusal = order.state === 'completed' ? 'order.already-completed' : null;
    await this.call(step.times, refusal, null, () =>
      this.program.orders.cancelOrder(this.program.caller, order.orderId),
    );
    if (refusal === null) order.state = 'cancelled';
  }

  private async refund(step: Of<'refund'>): Promise<unknown> {
    const order = pick(this.orders, step.order);
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
    const refundId = this.newId('refund');
    const request = {
      refundId,
      amount: Number(amount),
      ...(lines && { lines: lines.map((line) => ({ sku: line.sku, amount: Number(line.amount) })) }),
    };
    const refusal = order.state === 'cancelled' ? 'order.wrong-state' : amount > left ? 'refund.more-than-paid' : null;
    await this.call(step.times, refusal, null, () =>
      this.program.orders.recordRefund(this.program.caller, order.orderId, request),
    );
    const [eventId = null] = this.program.takeAnnounced();
    if (refusal !== null) return;
    const state = order.state === 'completed' ? 'waiting' : 'kept';
    order.refunds.push({ refundId, amount, lines, request, eventId, state } satisfies ModelRefund);
  }

  private async refundOtherwise(step: Of<'refund-otherwise'>): Promise<unknown> {
    const known = pick(
      this.orders.flatMap((order) => order.refunds.map((refund) => ({ order, refund }))),
      step.refund,
    );
    if (!known) return NOTHING;
    const request = { refundId: known.refund.refundId, amount: Number(known.refund.amount) + 1 };
    await this.call('once', 'refund.conflict', null, () =>
      this.program.orders.recordRefund(this.program.caller, known.order.orderId, request),
    );
  }

  private async post(step: Of<'post'>): Promise<unknown> {
    const events = this.orders
      .flatMap((order) => [order.completion, ...order.refunds])
      .flatMap((event) => (event?.eventId == null ? [] : [{ id: event.eventId, state: event.state }]));
    const all = step.times === 'once' ? events.filter(({ state }) => state === 'waiting') : events;
    const ids = (step.only === null ? all : [pick(events, step.only)]).flatMap((event) => (event ? [event.id] : []));
    if (ids.length === 0) return NOTHING;
    // Two workers may share out one order's events, and then decide in which order its refunds count.
    const shared = this.orders.some((order) => order.refunds.filter(({ state }) => state !== 'posted').length > 1);
    const times = step.times === 'at-once' && shared ? 'again' : step.times;
    await this.call(times, null, null, () => this.program.posting.postOrderEvents([...ids, ...ids.slice(0, 1)]));
    for (const order of this.orders) postOrder(this.books, order, new Set(ids), this.program.rules);
  }

  private async holdOver({ merchant }: Of<'hold-over'>): Promise<void> {
    const id = this.program.merchants[merchant] ?? '';
    await this.program.query("UPDATE reward SET mature_at = NOW(6) WHERE state = 'pending' AND merchant_id = ?", [id]);
    for (const reward of this.rewards()) if (reward.rule.merchant === id) reward.due = true;
  }

  private async matureAll(step: Of<'mature'>): Promise<void> {
    await this.call(step.times, null, null, () => this.program.maturity.matureRewards());
    for (const reward of this.rewards()) mature(this.books, reward);
  }

  private async adjust({ merchant: who, asset, amount }: Of<'adjust'>): Promise<void> {
    const merchant = this.program.merchants[who] ?? '';
    const dto = { asset, amount, reason: 'A correction.' };
    const { id } = await this.program.adjustments.proposeAdjustment(merchant, dto, this.program.staff('maker'));
    this.adjustments.push({ id, merchant, asset, amount: BigInt(amount), state: 'waiting' });
  }

  private async decide(step: Of<'decide'>): Promise<unknown> {
    const adjustment = pick(this.adjustments, step.adjustment);
    if (!adjustment) return NOTHING;
    const { id, merchant, asset, amount } = adjustment;
    const short = step.decision === 'approve' && this.books.of(merchant, asset, 'available') + amount < 0n;
    const refusal =
      step.who === 'maker'
        ? 'adjustment.same-person'
        : adjustment.state !== 'waiting'
          ? 'adjustment.wrong-state'
          : amount < 0n && short
            ? 'ledger.insufficient-funds'
            : null;
    const by = this.program.staff(step.who);
    await this.call(step.times, refusal, 'adjustment.wrong-state', () =>
      step.decision === 'approve'
        ? this.program.adjustments.approveAdjustment(id, by)
        : this.program.adjustments.rejectAdjustment(id, by),
    );
    if (refusal !== null) return;
    adjustment.state = step.decision;
    if (step.decision === 'reject') return;
    if (amount > 0n) this.books.credit(merchant, asset, amount, ['platform', 'adjustment']);
    else this.books.move(asset, -amount, [merchant, 'available'], ['platform', 'adjustment']);
  }

  private async redeem(step: Of<'redeem'>): Promise<void> {
    const merchant = this.program.merchants[step.merchant] ?? '';
    const dto = { redemptionId: this.newId('redemption'), asset: 'POINTS', amount: step.amount };
    const there = this.books.of(merchant, 'POINTS', 'available');
    const refusal = there < BigInt(step.amount) ? 'ledger.insufficient-funds' : null;
    await this.call(step.times, refusal, null, () =>
      this.program.redemptions.redeem(this.program.storefront.id, merchant, dto),
    );
    if (refusal !== null) return;
    this.books.move('POINTS', BigInt(step.amount), [merchant, 'available'], ['platform', 'redeemed']);
    this.redemptions.push({ merchant, dto });
  }

  private async redeemOtherwise(step: Of<'redeem-otherwise'>): Promise<unknown> {
    const known = pick(this.redemptions, step.redemption);
    if (!known) return NOTHING;
    const dto = { ...known.dto, amount: known.dto.amount + 1 };
    await this.call('once', 'redemption.conflict', null, () =>
      this.program.redemptions.redeem(this.program.storefront.id, known.merchant, dto),
    );
  }

  private async changeMerchant({ merchant, state }: Of<'merchant'>): Promise<unknown> {
    const id = this.program.merchants[merchant] ?? '';
    if (this.stateOf(id) === 'closed') return NOTHING;
    await this.program.query('UPDATE merchant SET state = ? WHERE id = ?', [state, id]);
    this.states.set(id, state);
  }

  private async draft({ rail, minAmount, only }: Of<'draft'>): Promise<void> {
    const merchants = only?.map((one) => this.program.merchants[one] ?? '');
    const request = { currency: 'CNY', rail, minAmount: BigInt(minAmount), ...(merchants && { merchants }) };
    const id = await this.program.batches.draftBatch(this.program.staff('maker'), request);
    const made = await this.program.query<{ id: string; reference: string; merchant_id: string }>(
      'SELECT id, reference, merchant_id FROM payout WHERE batch_id = ?',
      [id],
    );
    const of = (merchant: string, account: string) => this.books.of(merchant, 'CNY', account);
    const payouts = (merchants ?? this.program.merchants)
      .filter((merchant) => this.stateOf(merchant) === 'active')
      .filter((merchant) => of(merchant, 'owed') === 0n && of(merchant, 'held') === 0n)
      .filter((merchant) => of(merchant, 'available') >= BigInt(minAmount))
      .map((merchant): ModelPayout => {
        const { id: payoutId = 'no payout', reference = '' } = made.find((row) => row.merchant_id === merchant) ?? {};
        const amount = of(merchant, 'available');
        return { id: payoutId, reference, merchant, amount, rail, state: 'draft', attempts: 0 };
      });
    this.batches.push({ id, rail, state: 'draft', requestedBy: null, payouts });
  }

  private async batch(step: Of<'batch'>): Promise<unknown> {
    const batch = pick(this.batches, step.batch);
    if (!batch) return NOTHING;
    // The maker asks for the approval, unless the history says that somebody else did.
    const who: Who = step.action === 'request-approval' && step.who === 'checker' ? 'maker' : step.who;
    const by = this.program.staff(who);
    const call = () => {
      switch (step.action) {
        case 'request-approval':
          return this.program.batches.requestApproval(by, batch.id);
        case 'approve':
          return this.program.batches.approveBatch(by, batch.id);
        case 'reject':
          return this.program.batches.rejectBatch(by, batch.id, 'No.');
        case 'cancel':
          return this.program.batches.cancelBatch(by, batch.id);
        case 'submit':
          return this.program.batches.submitBatch(by, batch.id);
      }
    };
    const refusal = act(this.books, batch, step.action, who, (merchant) => this.stateOf(merchant));
    await this.call(step.times, refusal, 'payout.wrong-state', call);
  }

  private async deliver(step: Of<'deliver'>): Promise<unknown> {
    const payouts = this.payouts();
    if (payouts.length === 0) return NOTHING;
    const saysOf = (index: number) => ({
      submit: pick(step.submit, index) ?? 'unknown',
      status: pick(step.status, index) ?? 'unknown',
    });
    this.program.rail.says = (reference) => saysOf(payouts.findIndex((payout) => payout.reference === reference));
    // However long the worker would have waited before it asks again.
    await this.program.query("UPDATE payout SET next_attempt_at = '2000-01-01'");
    await this.call(step.times, null, null, () => this.program.delivery.pollOpenPayouts());
    deliver(this.books, payouts, (payout) => saysOf(payouts.indexOf(payout)));
  }

  private async report(step: Of<'report'>): Promise<unknown> {
    const payouts = this.payouts();
    if (payouts.length === 0) return NOTHING;
    const words = step.words.map((word) => ({ ...word, of: pick(payouts, word.payout) as ModelPayout }));
    const isStatus = ({ says }: { says: string }) => says !== 'paid' && says !== 'returned';
    const lineOf = ({ of, says, wrong }: (typeof words)[number]): BankLine => ({
      reference: of.reference,
      amount: of.amount + (wrong ? 1n : 0n),
      says,
    });
    const statuses = words.filter(isStatus);
    const bookings = words.filter((word) => !isStatus(word));
    const reports = [
      ...(statuses.length > 0 ? [pain002(this.newId('status'), statuses.map(lineOf))] : []),
      ...(bookings.length > 0 ? [camt053(this.newId('statement'), bookings.map(lineOf))] : []),
    ];
    const by = this.program.staff('maker');
    for (const bytes of reports)
      await this.call(step.times, null, null, () => this.program.reports.receiveReport(by, bytes));
    // A status names no amount, so it cannot be wrong about one.
    for (const [all, times] of [statuses, bookings].map((one) => [one, step.times === 'once' ? 1 : 2] as const))
      for (let time = 1; time <= times; time += 1)
        for (const word of all) if (isStatus(word) || !word.wrong) hear(this.books, word.of, word.says);
  }

  /**
   * Makes a call once or twice. `refusal`: the code it is refused with, null when it is done. `repeat`: the code that a
   * repeat of what was done is refused with, null when that answers as the first did.
   */
  private async call(
    times: Times,
    refusal: string | null,
    repeat: string | null,
    call: () => Promise<unknown>,
  ): Promise<void> {
    const attempt = () =>
      call().then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof DomainError) return error.code as string;
          throw error;
        },
      );
    const got =
      times === 'once'
        ? [await attempt()]
        : times === 'again'
          ? [await attempt(), await attempt()]
          : await Promise.all([attempt(), attempt()]);
    const expected = [refusal ?? 'done', refusal ?? repeat ?? 'done'].slice(0, got.length);
    if ([...got].sort().join() !== [...expected].sort().join())
      throw new Error(`answered ${got.join(' and ')} instead of ${expected.join(' and ')}`);
  }

  rewards() {
    return this.orders.flatMap((order) => order.rewards);
  }

  payouts() {
    return this.batches.flatMap((batch) => batch.payouts);
  }

  private stateOf(merchant: string): string {
    return this.states.get(merchant) ?? 'active';
  }

  private newId(what: string): string {
    this.count += 1;
    return `${what}-${this.count}`;
  }
}

/** Counts round a list; negative numbers from its end. */
function pick<T>(all: readonly T[], index: number): T | undefined {
  return all.at(index < 0 ? index : index % all.length);
}
