import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Storefront, MerchantRegistry, type MerchantCard } from '../../database/index.js';
import { Config } from '../../core/config.js';
import { isDuplicate } from '../../core/driver-error.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { withContext, type WorkContext } from '../../core/work-context.js';
import { Clock } from '../../core/clock.js';
import type { DomainError } from '../../shared/domain-error.js';
import type { ApiKeyId, MerchantId, OrderEventId, OrderPk, StorefrontId, VisitId } from '../../shared/ids.js';
import type { TokenSigner } from '../../shared/signed-token.js';
import { WakeUp } from '../../core/wake-up.js';
import { attempt, carryOut, isEdit, type Attempt, type Instruction, type Working } from './order-instruction.js';
import type { PlaceOrderDto } from './order.dto.js';
import { momentOf, type ClockReading } from './order-moments.js';
import { assertOneVisit, placed } from './order-placing.js';
import { ContentConflict, type OrderRecord } from './order.js';
import { OrderRepository } from './order.repository.js';
import { quoteSigner, type QuoteClaims } from '../../pricing/index.js';
import { type NewVisit, OrderVisits, type StoredVisit, type Visit, VisitTokens } from '../visits/index.js';

/** An instruction as a storefront gives it. */
export interface Call {
  instruction: Instruction;
  /** The storefront's key that it came with. */
  keyId: ApiKeyId | '';
  /** The request that it came with: events say so, and it may have something to note when it is carried out. */
  context: WorkContext;
}

/** The order as the call left it, with the events that now wait to be posted; or why nothing happened. */
export type Outcome = { order: OrderRecord; waiting: OrderEventId[] } | { error: DomainError };

export interface OrderCaller {
  storefront: Storefront;
  keyId: ApiKeyId | '';
}

/** Two callers who make the same row at once: the later one looks again, and finds it. */
const MAX_RUNS = 5;
/** Of a transaction that others wait for. */
const MAX_RUNS_OF_GROUP = 2;

/** What orders of a batch are drafted with. */
interface DraftContext {
  storefront: Storefront;
  clock: ClockReading;
  /** Those that orders name by id. */
  visits: ReadonlyMap<VisitId, StoredVisit>;
  /** Those that orders told, by the order (ord_…). */
  told: Map<OrderPk, NewVisit>;
}

type Conflict = Parameters<OrderRepository['recordConflicts']>[2][number];

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
   * One outcome for each call, in order, in one transaction. Throws only what is not the callers' doing. `isGroup`: others
   * wait for it, so that it waits for no locks of orders, and is seldom tried again.
   */
  async apply(storefront: Storefront, calls: readonly Call[], isGroup = false): Promise<Outcome[]> {
    const mostRuns = isGroup ? MAX_RUNS_OF_GROUP : undefined;
    for (let run = 1; ; run += 1) {
      try {
        // Each call notes for itself what is to be noted.
        return await withContext({}, () =>
          this.unitOfWork.run((tx) => this.applyIn(tx, storefront, calls, isGroup), mostRuns),
        );
      } catch (error) {
        if (run >= MAX_RUNS || !isDuplicate(error)) throw error;
      }
    }
  }

  /** Says which events wait, once they are committed. What comes in `bulk` is posted after what does not. */
  announce(outcomes: readonly Outcome[], origin: 'live' | 'bulk' = 'live'): void {
    const waiting = outcomes.flatMap((outcome) => ('error' in outcome ? [] : outcome.waiting));
    if (waiting.length > 0) this.wakeUp.announce('rewards.post', waiting, origin);
  }

  private async applyIn(
    tx: EntityManager,
    storefront: Storefront,
    calls: readonly Call[],
    isGroup: boolean,
  ): Promise<Outcome[]> {
    const instructions = calls.map(({ instruction }) => instruction);
    const clock: ClockReading = { now: this.clock.now(), skewMs: this.skewMs };
    const refundIds = instructions.flatMap(({ refunds }) => refunds?.map((refund) => refund.refundId) ?? []);
    const known = await this.orders.lockMany(
      tx,
      storefront.id,
      [...new Set(instructions.map((i) => i.orderId))].sort(),
      {
        lines: instructions.some(({ place, refunds }) => isEdit(place) || refunds?.some((refund) => refund.lines)),
        waits: !isGroup,
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
    const conflicts: Conflict[] = [];
    const outcomes = calls.map((call, index): Outcome => {
      const { instruction, keyId } = call;
      const { orderId } = instruction;
      const requestId = call.context.requestId ?? null;
      const outcome = attempt(() => carryOut(instruction, drafts[index], working, { clock, requestId }));
      if ('error' in outcome) {
        const { error } = outcome;
        if (error instanceof ContentConflict) conflicts.push({ orderId, keyId, conflict: error.conflict });
        return outcome;
      }
      const { order } = outcome;
      const events = order.newEvents.slice(working.orders.get(orderId)?.newEvents.length ?? 0);
      working.orders.set(orderId, order);
      for (const refund of order.refunds) working.refunds.set(refund.refundId, refund);
      return { order, waiting: events.filter(({ state }) => state === 'waiting').map(({ id }) => id) };
    });
    await this.save(tx, storefront.id, known, working, context.told);
    await this.orders.recordConflicts(tx, storefront.id, conflicts);
    for (const [index, outcome] of outcomes.entries())
      if (!('error' in outcome)) await calls[index]?.context.beforeCommit?.(tx);
    return outcomes;
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
    drafts: readonly (Attempt | undefined)[],
  ): Promise<Map<MerchantId, MerchantCard>> {
    const completing = new Set(instructions.flatMap(({ orderId, complete }) => (complete ? [orderId] : [])));
    const drafted = drafts.flatMap((draft) => (draft && 'order' in draft ? [draft.order] : []));
    const ids = [...known.values(), ...drafted].flatMap(({ orderId, attribution }) =>
      attribution && completing.has(orderId) ? [attribution.merchantId] : [],
    );
    return ids.length === 0 ? new Map() : this.registry.findMany(tx, [...new Set(ids)]);
  }

  /** Writes what has changed. */
  private async save(
    tx: EntityManager,
    storefrontId: StorefrontId,
    known: ReadonlyMap<string, OrderRecord>,
    working: Working,
    told: ReadonlyMap<OrderPk, NewVisit>,
  ): Promise<void> {
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
    }
    await this.orders.updateOrders(
      tx,
      changed.filter((order) => known.has(order.orderId) && known.get(order.orderId)?.state !== order.state),
    );
    await this.orders.insertRevisions(tx, changed);
    const newRefunds = changed.flatMap((order) => order.refunds.slice(known.get(order.orderId)?.refunds.length ?? 0));
    await this.orders.insertRefunds(tx, storefrontId, newRefunds);
    await this.orders.insertEvents(tx, changed);
  }
}
