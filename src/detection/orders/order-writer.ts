import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Storefront, MerchantRegistry, type MerchantCard } from '../../database/index.js';
import { Config } from '../../core/config.js';
import { isDuplicate } from '../../core/driver-error.js';
import { noteUndone, UnitOfWork } from '../../core/unit-of-work.js';
import { Clock } from '../../core/clock.js';
import { contentHash } from '../../shared/content-hash.js';
import { DomainError, invalidFields } from '../../shared/domain-error.js';
import {
  newId,
  type ApiKeyId,
  type MerchantId,
  type OrderEventId,
  type OrderPk,
  type StorefrontId,
  type VisitId,
} from '../../shared/ids.js';
import { minorFromWire } from '../../shared/money.js';
import type { TokenSigner } from '../../shared/signed-token.js';
import { WakeUp } from '../../core/wake-up.js';
import type { OrderErrorCode } from './errors.js';
import type { CompleteOrderDto, PlaceOrderDto, RefundOrderDto } from './order.dto.js';
import { assertNotBefore, instantOrNull, momentOf, type ClockReading } from './order-moments.js';
import { assertOneVisit, placed, placingHash } from './order-placing.js';
import { cancelled, completed, ContentConflict, refunded, type OrderRecord, type RefundRecord } from './order.js';
import { assertNextRevision, edited, isTold } from './order-revision.js';
import { OrderRepository } from './order.repository.js';
import { quoteSigner, type QuoteClaims } from '../../pricing/index.js';
import { type NewVisit, OrderVisits, type StoredVisit, type Visit, VisitTokens } from '../visits/index.js';

/** What a storefront says of one order: all of it happens, or nothing. */
export interface Instruction {
  orderId: string;
  place?: PlaceOrderDto;
  complete?: CompleteOrderDto;
  refunds?: readonly RefundOrderDto[];
  cancel?: true;
}

/** The order as the instruction left it, or why nothing happened. */
export type Outcome = { order: OrderRecord } | { error: DomainError };

export interface OrderCaller {
  storefront: Storefront;
  keyId: ApiKeyId | '';
}

/** Two callers who make the same row at once: the later one looks again, and finds it. */
const MAX_RUNS = 5;

/** The orders and refunds that a batch of instructions has come to. */
interface Working {
  orders: Map<string, OrderRecord>;
  refunds: Map<string, RefundRecord>;
  merchants: Map<MerchantId, MerchantCard>;
}

/** What orders of a batch are drafted with. */
interface DraftContext {
  storefront: Storefront;
  clock: ClockReading;
  /** Those that orders name by id. */
  visits: ReadonlyMap<VisitId, StoredVisit>;
  /** Those that orders told, by the order (ord_…). */
  told: Map<OrderPk, NewVisit>;
}

/** Carries out what storefronts say of their orders: one transaction for a batch, a refusal for each that is wrong. */
@Injectable()
export class OrderWriter {
  private readonly quotes: TokenSigner<QuoteClaims>;
  private readonly skewMs: number;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderRepository,
    private readonly registry: MerchantRegistry,
    private readonly visits: VisitTokens,
    private readonly orderVisits: OrderVisits,
    private readonly clock: Clock,
    private readonly wakeUp: WakeUp,
    @Inject(Config) config: Config,
  ) {
    this.skewMs = config.clockSkewSeconds * 1000;
    this.quotes = quoteSigner(config.tokenKeys);
  }

  /**
   * One outcome for each instruction, in order. Throws only what is not the caller's doing. What comes in `bulk` is
   * posted after what does not.
   */
  async apply(
    caller: OrderCaller,
    instructions: readonly Instruction[],
    origin: 'live' | 'bulk' = 'live',
  ): Promise<Outcome[]> {
    for (let run = 1; ; run += 1) {
      try {
        const { outcomes, waiting } = await this.unitOfWork.run((tx) => this.applyIn(tx, caller, instructions));
        if (waiting.length > 0) this.wakeUp.announce('rewards.post', waiting, origin);
        return outcomes;
      } catch (error) {
        if (run >= MAX_RUNS || !isDuplicate(error)) throw error;
      }
    }
  }

  private async applyIn(
    tx: EntityManager,
    caller: OrderCaller,
    instructions: readonly Instruction[],
  ): Promise<{ outcomes: Outcome[]; waiting: OrderEventId[] }> {
    const { storefront } = caller;
    const clock: ClockReading = { now: this.clock.now(), skewMs: this.skewMs };
    const refundIds = instructions.flatMap(({ refunds }) => refunds?.map((refund) => refund.refundId) ?? []);
    const known = await this.orders.lockMany(
      tx,
      storefront.id,
      [...new Set(instructions.map((i) => i.orderId))].sort(),
      {
        lines: instructions.some(({ place, refunds }) => isEdit(place) || refunds?.some((refund) => refund.lines)),
      },
    );
    const named = instructions.flatMap(({ place }) => (place?.visitId == null ? [] : [place.visitId]));
    const context: DraftContext = {
      storefront,
      clock,
      visits: await this.orderVisits.findMany(tx, [...new Set(named)]),
      told: new Map(),
    };
    const drafts = instructions.map(({ place }) =>
      place && (isEdit(place) || !known.has(place.orderId)) ? attempt(() => this.draft(place, context)) : undefined,
    );
    const working: Working = {
      orders: new Map(known),
      refunds: await this.orders.findRefunds(tx, storefront.id, refundIds),
      merchants: await this.merchantsToReward(tx, instructions, known, drafts),
    };
    const conflicts: { orderId: string; conflict: ContentConflict['conflict'] }[] = [];
    const outcomes = instructions.map((instruction, index): Outcome => {
      const outcome = attempt(() => carryOut(instruction, drafts[index], working, clock));
      if ('order' in outcome) {
        working.orders.set(instruction.orderId, outcome.order);
        for (const refund of outcome.order.refunds) working.refunds.set(refund.refundId, refund);
      } else if (outcome.error instanceof ContentConflict)
        conflicts.push({ orderId: instruction.orderId, conflict: outcome.error.conflict });
      return outcome;
    });
    const waiting = await this.save(tx, storefront.id, known, working, context.told);
    await this.orders.recordConflicts(tx, { storefrontId: storefront.id, keyId: caller.keyId }, conflicts);
    if (outcomes.every((outcome) => 'error' in outcome)) noteUndone(tx);
    return { outcomes, waiting };
  }

  /** The order as it would be placed. Its tokens are judged now: a repeat of an order that exists never comes here. */
  private draft(request: PlaceOrderDto, context: DraftContext): { order: OrderRecord } {
    const { storefront, clock } = context;
    assertOneVisit(request);
    const quote = request.quote == null ? null : this.quotes.read(request.quote, clock.now, storefront.id);
    const { visit, row } = this.visitOf(request, context);
    const order = placed(request, storefront, clock, { visit, quote });
    if (row) context.told.set(order.id, row);
    return { order };
  }

  /** The visit that brought the shopper, in whichever way it is named; `row` is one that is told with the order. */
  private visitOf(
    { visit: token, visitId, attribution, shopperRef, placedAt, history }: PlaceOrderDto,
    { storefront, clock, visits }: DraftContext,
  ): { visit: Visit | null; row?: NewVisit } {
    if (token != null) return { visit: this.visits.read(token, storefront, clock.now) };
    if (visitId != null) return { visit: this.orderVisits.read(visits.get(visitId), storefront, clock.now) };
    if (attribution == null) return { visit: null };
    const at = momentOf(attribution.at, clock, '/attribution/at');
    // An order of the past counts by the window as it was then.
    const orderedAt = history === true ? momentOf(placedAt, clock, '/placedAt') : clock.now;
    const told = { merchantCode: attribution.merchantCode, at, shopperRef: shopperRef ?? null };
    return this.orderVisits.tell(told, storefront, orderedAt);
  }

  /** The merchants of the orders that are completed here, as they stand in this transaction. */
  private async merchantsToReward(
    tx: EntityManager,
    instructions: readonly Instruction[],
    known: ReadonlyMap<string, OrderRecord>,
    drafts: readonly (Outcome | undefined)[],
  ): Promise<Map<MerchantId, MerchantCard>> {
    const completing = new Set(instructions.flatMap(({ orderId, complete }) => (complete ? [orderId] : [])));
    const drafted = drafts.flatMap((draft) => (draft && 'order' in draft ? [draft.order] : []));
    const ids = [...known.values(), ...drafted].flatMap(({ orderId, attribution }) =>
      attribution && completing.has(orderId) ? [attribution.merchantId] : [],
    );
    return ids.length === 0 ? new Map() : this.registry.findMany(tx, [...new Set(ids)]);
  }

  /** Writes what has changed. Returns the events that now wait to be posted. */
  private async save(
    tx: EntityManager,
    storefrontId: StorefrontId,
    known: ReadonlyMap<string, OrderRecord>,
    working: Working,
    told: ReadonlyMap<OrderPk, NewVisit>,
  ): Promise<OrderEventId[]> {
    const changed = [...working.orders.values()].filter((order) => order !== known.get(order.orderId));
    changed.sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    await this.orders.insertOrders(
      tx,
      changed.filter((order) => !known.has(order.orderId)),
    );
    await this.orderVisits.record(
      tx,
      changed.flatMap(({ orderId, id }) => (known.has(orderId) ? [] : (told.get(id) ?? []))),
    );
    for (const order of changed) {
      const before = known.get(order.orderId);
      if (before && before.revision !== order.revision) await this.orders.updateContent(tx, order);
      if (before && before.state !== order.state) await this.orders.updateOrder(tx, order);
    }
    await this.orders.insertRevisions(tx, changed);
    const newRefunds = changed.flatMap((order) => order.refunds.slice(known.get(order.orderId)?.refunds.length ?? 0));
    await this.orders.insertRefunds(tx, storefrontId, newRefunds);
    await this.orders.insertEvents(tx, changed);
    return changed.flatMap(({ newEvents }) => newEvents.filter((e) => e.state === 'waiting').map((e) => e.id));
  }
}

/** What neither a completion nor a refund may come before. */
const PLACED = (pointer: string) => ({ pointer, what: 'the order was placed' });

/** The steps of one instruction, on records only. Throws the refusal of the first step that is wrong. */
function carryOut(
  instruction: Instruction,
  draft: Outcome | undefined,
  working: Working,
  clock: ClockReading,
): { order: OrderRecord } {
  const { orderId, place, complete, refunds, cancel } = instruction;
  const found = working.orders.get(orderId);
  let order = place ? placedOrEdited(found, place, draft, clock) : found;
  if (!order) throw new DomainError<OrderErrorCode>('order.not-found', 'This storefront has no such order.');
  if (complete) {
    const hash = contentHash([complete.amountPaid, instantOrNull(complete.completedAt)]);
    const completion = {
      eventId: newId('orderEvent'),
      amountPaid: minorFromWire(complete.amountPaid),
      completedAt: momentOf(complete.completedAt, clock, '/completedAt'),
      hash,
    };
    assertNotBefore(completion.completedAt, order.placedAt, clock, PLACED('/completedAt'));
    const merchant = order.attribution ? working.merchants.get(order.attribution.merchantId) : undefined;
    order = completed(order, completion, merchant);
  }
  const seen = new Map<string, RefundRecord>();
  for (const request of refunds ?? []) {
    const refund = refundRecord(order.id, request, clock);
    assertNotBefore(refund.refundedAt, order.placedAt, clock, PLACED('/refundedAt'));
    order = refunded(
      order,
      refund,
      newId('orderEvent'),
      seen.get(refund.refundId) ?? working.refunds.get(refund.refundId),
    );
    seen.set(refund.refundId, refund);
  }
  if (cancel) order = cancelled(order, clock.now);
  return { order };
}

/** The order after a placing or an edit; undefined when there is none to edit. A repeat changes nothing. */
function placedOrEdited(
  found: OrderRecord | undefined,
  place: PlaceOrderDto,
  draft: Outcome | undefined,
  clock: ClockReading,
): OrderRecord | undefined {
  const revision = place.revision ?? 1;
  if (!found && revision > 1) return undefined;
  if (found) {
    if (isTold(found, revision, placingHash(place))) return found;
    assertNextRevision(found, revision);
  }
  if (!draft) throw new Error(`order ${place.orderId} was not drafted`);
  if ('error' in draft) throw draft.error;
  if (!found) return draft.order;
  const hasToken = place.visit != null || place.visitId != null || place.quote != null;
  const saysPlacedAt = place.placedAt != null;
  return edited(found, { draft: draft.order, hasToken, saysPlacedAt, isHistory: place.history === true }, clock);
}

function isEdit(place: PlaceOrderDto | undefined): boolean {
  return (place?.revision ?? 1) > 1;
}

function refundRecord(orderPk: OrderPk, request: RefundOrderDto, clock: ClockReading): RefundRecord {
  const lines = request.lines?.map((line) => ({ sku: line.sku, amount: minorFromWire(line.amount) })) ?? null;
  const amount = minorFromWire(request.amount);
  const [shipping, tax] = [request.shipping, request.tax].map((part) => (part == null ? null : minorFromWire(part)));
  const named = (lines ?? []).reduce((sum, line) => sum + line.amount, 0n);
  if (named > amount) throw invalidFields([{ pointer: '/lines', detail: 'add up to more than the amount' }]);
  if (named + (shipping ?? 0n) + (tax ?? 0n) > amount)
    throw invalidFields([{ pointer: '/amount', detail: 'is less than the lines, shipping and tax that it names' }]);
  return {
    id: newId('refund'),
    refundId: request.refundId,
    orderPk,
    amount,
    lines,
    shipping: shipping ?? null,
    tax: tax ?? null,
    refundedAt: momentOf(request.refundedAt, clock, '/refundedAt'),
    contentHash: contentHash([
      orderPk,
      amount,
      lines?.map((line) => [line.sku, line.amount]) ?? null,
      instantOrNull(request.refundedAt),
      shipping ?? null,
      tax ?? null,
    ]),
  };
}

function attempt(step: () => OrderRecord | { order: OrderRecord }): Outcome {
  try {
    const result = step();
    return 'order' in result ? result : { order: result };
  } catch (error) {
    if (error instanceof DomainError) return { error: error as DomainError };
    throw error;
  }
}
