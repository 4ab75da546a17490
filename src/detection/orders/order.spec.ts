import {
  cancelled,
  completed,
  ContentConflict,
  orderTotal,
  refunded,
  type Completion,
  type OrderRecord,
  type RefundRecord,
} from './order.js';
import { isTold } from './order-revision.js';

const AT = new Date('2026-05-01T00:00:00Z');

/** Two teas for 60.00 and a cup for 40.00, shipping 5.00 and tax 3.00: 108.00 in all. */
function placedOrder(over: Partial<OrderRecord> = {}): OrderRecord {
  return {
    id: 'ord_1',
    storefrontId: 'sto_1',
    orderId: 'A-1',
    state: 'placed',
    revision: 1,
    placedHash: 'placing',
    contentHash: 'placing',
    currency: 'CNY',
    lines: [
      { sku: 'tea', category: null, quantity: 1, unitPrice: 3_000n, lineTotal: 3_000n },
      { sku: 'cup', category: null, quantity: 1, unitPrice: 4_000n, lineTotal: 4_000n },
      { sku: 'tea', category: 'gifts', quantity: 1, unitPrice: 3_000n, lineTotal: 3_000n },
    ],
    linesTotal: 10_000n,
    shipping: 500n,
    tax: 300n,
    shopperRef: null,
    visitId: null,
    quoteId: null,
    attribution: null,
    placedAt: AT,
    amountPaid: null,
    completedAt: null,
    completionHash: null,
    merchantAtCompletion: null,
    cancelledAt: null,
    refunds: [],
    newEvents: [],
    newRevisions: [],
    ...over,
  };
}

const completion = (amountPaid: bigint, hash = 'completion'): Completion => ({
  event: { id: 'evt_1', requestId: 'req_1' },
  amountPaid,
  completedAt: AT,
  hash,
});
const paid = (amountPaid: bigint, of = placedOrder()) => completed(of, completion(amountPaid), undefined);

function refund(amount: bigint, over: Partial<RefundRecord> = {}): RefundRecord {
  return {
    id: 'rfd_1',
    refundId: 'R-1',
    orderPk: 'ord_1',
    refundedAt: AT,
    contentHash: 'refund',
    amount,
    lines: null,
    shipping: null,
    tax: null,
    ...over,
  };
}
const giveBack = (of: OrderRecord, ...refunds: RefundRecord[]) =>
  refunds.reduce((order, one) => refunded(order, one, { id: `evt_${one.refundId}`, requestId: null }, undefined), of);

function conflictOf(act: () => unknown): ContentConflict {
  try {
    act();
  } catch (error) {
    if (error instanceof ContentConflict) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('an order that is told again', () => {
  it('is the same when its content is, and a conflict that names both contents when it is not', () => {
    expect(isTold(placedOrder(), 1, 'placing')).toBe(true);
    const { code, detail, conflict } = conflictOf(() => isTold(placedOrder(), 1, 'other'));
    expect([code, detail]).toEqual(['order.conflict', 'Order A-1 was placed with other content.']);
    expect(conflict).toEqual({ type: 'order.placed', refundId: '', knownHash: 'placing', otherHash: 'other' });
  });

  it('asks the shopper for its lines, shipping and tax', () => {
    expect(orderTotal(placedOrder())).toBe(10_800n);
  });
});

describe('a completion', () => {
  it('fixes what was paid, when, and the merchant as it stands then; the money hears of it once', () => {
    const merchant = { id: 'mer_1', state: 'suspended', group: 'gold', wechatId: 'LiWei_01' } as never;
    const earlier = refund(100n);
    const order = completed(giveBack(placedOrder(), earlier), completion(10_800n), merchant);
    expect(order).toMatchObject({
      state: 'completed',
      amountPaid: 10_800n,
      completedAt: AT,
      completionHash: 'completion',
      merchantAtCompletion: { state: 'suspended', group: 'gold', wechatId: 'LiWei_01' },
    });
    expect(order.merchantAtCompletion).toEqual({ state: 'suspended', group: 'gold', wechatId: 'LiWei_01' });
    expect(order.newEvents).toEqual([
      {
        id: 'evt_R-1',
        requestId: null,
        type: 'order.refunded',
        refundPk: 'rfd_1',
        state: 'kept',
        payloadHash: 'refund',
      },
      {
        id: 'evt_1',
        requestId: 'req_1',
        type: 'order.completed',
        refundPk: '',
        state: 'waiting',
        payloadHash: 'completion',
      },
    ]);
    expect(paid(10_800n).merchantAtCompletion).toBeNull();
  });

  it('told twice changes nothing; told with other content it is a conflict', () => {
    const order = paid(10_800n);
    expect(completed(order, completion(10_800n), undefined)).toBe(order);
    const { code, detail, conflict } = conflictOf(() => completed(order, completion(1n, 'other'), undefined));
    expect([code, detail]).toEqual(['order.conflict', 'Order A-1 was completed with other content.']);
    expect(conflict).toEqual({ type: 'order.completed', refundId: '', knownHash: 'completion', otherHash: 'other' });
  });

  it('may be for all that was asked and not for one unit more, and for less than shipping and tax', () => {
    expect(paid(10_800n).amountPaid).toBe(10_800n);
    expect(() => paid(10_801n)).toThrow('order.paid-more-than-lines: Without shipping and tax more was paid');
    expect(paid(0n).amountPaid).toBe(0n);
  });

  it('may be for all that was refunded before it, and not for one unit less', () => {
    const order = giveBack(placedOrder(), refund(2_000n), refund(500n, { refundId: 'R-2' }));
    expect(paid(2_500n, order).state).toBe('completed');
    expect(() => paid(2_499n, order)).toThrow('refund.more-than-paid: More was refunded already than was paid now.');
  });

  it('does not follow a cancellation', () => {
    expect(() => paid(1n, cancelled(placedOrder(), AT))).toThrow('order.wrong-state');
  });
});

describe('a refund', () => {
  it('is told to the money at once after the completion, and kept for it before', () => {
    expect(giveBack(paid(10_800n), refund(1n)).newEvents.at(-1)).toEqual({
      id: 'evt_R-1',
      requestId: null,
      type: 'order.refunded',
      refundPk: 'rfd_1',
      state: 'waiting',
      payloadHash: 'refund',
    });
    const early = giveBack(placedOrder(), refund(1n));
    expect(early.newEvents.map(({ state }) => state)).toEqual(['kept']);
    expect(early.refunds).toEqual([refund(1n)]);
  });

  it('told twice changes nothing; told with other content it is a conflict', () => {
    const order = giveBack(paid(10_800n), refund(100n));
    expect(refunded(order, refund(100n), { id: 'evt_x', requestId: null }, refund(100n))).toBe(order);
    const other = refund(200n, { contentHash: 'other' });
    const { code, detail, conflict } = conflictOf(() =>
      refunded(order, other, { id: 'evt_x', requestId: null }, refund(100n)),
    );
    expect([code, detail]).toEqual(['refund.conflict', 'Refund R-1 was recorded with other content.']);
    expect(conflict).toEqual({ type: 'order.refunded', refundId: 'R-1', knownHash: 'refund', otherHash: 'other' });
  });

  it('together with those before it gives back all that was paid, and not one unit more', () => {
    const order = giveBack(paid(8_000n), refund(5_000n));
    expect(giveBack(order, refund(3_000n)).refunds).toHaveLength(2);
    expect(() => giveBack(order, refund(3_001n))).toThrow(
      'refund.more-than-paid: All refunds together would be more than was paid.',
    );
  });

  it('before the completion gives back what was asked for at most', () => {
    expect(giveBack(placedOrder(), refund(10_800n)).refunds).toHaveLength(1);
    expect(() => giveBack(placedOrder(), refund(10_801n))).toThrow('refund.more-than-paid');
  });

  it('of a cancelled order is refused: nothing was paid', () => {
    expect(() => giveBack(cancelled(placedOrder(), AT), refund(1n))).toThrow(
      'order.wrong-state: The order is cancelled: nothing was paid.',
    );
  });

  it('names products of the order; each other one is pointed at', () => {
    const lines = ['tea', 'pot', 'cup', 'jar'].map((sku) => ({ sku, amount: 1n }));
    expect(() => giveBack(paid(10_800n), refund(4n, { lines }))).toThrow(
      expect.objectContaining({
        code: 'request.invalid',
        errors: [
          { pointer: '/lines/1/sku', detail: 'is not in the order' },
          { pointer: '/lines/3/sku', detail: 'is not in the order' },
        ],
      }),
    );
  });

  it('takes of a product what all its lines came to, over all refunds, and not one unit more', () => {
    const teas = (amount: bigint) => refund(amount, { lines: [{ sku: 'tea', amount }] });
    const order = giveBack(paid(10_800n), teas(2_500n), refund(4_000n, { lines: [{ sku: 'cup', amount: 4_000n }] }));
    expect(giveBack(order, teas(3_500n)).refunds).toHaveLength(3);
    expect(() => giveBack(order, teas(3_501n))).toThrow(
      'refund.more-than-left: Refunds of tea would be more than its lines came to.',
    );
    const twice = [
      { sku: 'cup', amount: 2_000n },
      { sku: 'cup', amount: 2_001n },
    ];
    expect(() => giveBack(paid(10_800n), refund(4_001n, { lines: twice }))).toThrow('Refunds of cup');
  });

  it.each([
    ['shipping', 500n],
    ['tax', 300n],
  ] as const)('takes of %s what the order has, over all refunds, and not one unit more', (part, all) => {
    const order = giveBack(paid(10_800n), refund(200n, { [part]: 200n }), refund(100n));
    expect(giveBack(order, refund(all - 200n, { [part]: all - 200n })).refunds).toHaveLength(3);
    expect(() => giveBack(order, refund(all, { [part]: all - 199n }))).toThrow(
      `refund.more-than-left: Refunds of ${part} would be more than the order has.`,
    );
  });
});

describe('a cancellation', () => {
  it('says when, and again changes nothing', () => {
    const order = cancelled(placedOrder(), AT);
    expect(order).toMatchObject({ state: 'cancelled', cancelledAt: AT });
    expect(cancelled(order, new Date(0))).toBe(order);
  });

  it('does not follow a completion', () => {
    expect(() => cancelled(paid(1n), AT)).toThrow('order.already-completed');
  });
});
