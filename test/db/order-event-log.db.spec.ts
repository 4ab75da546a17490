import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { OrderEventLog } from '../../src/detection/orders/order-event-log.js';
import { OrderReader } from '../../src/detection/orders/order-reader.js';
import { openShop, orderBody, type Shop } from '../support/shop.js';
import type { OrderEventId } from '../../src/shared/ids.js';

let shop: Shop;
let log: OrderEventLog;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  shop = await openShop();
  log = shop.testApp.app.get(OrderEventLog);
  unitOfWork = shop.testApp.app.get(UnitOfWork);
});
afterAll(() => shop.testApp.close());
beforeEach(() => shop.db.query("UPDATE order_event SET state = 'posted', outcome = 'nothing' WHERE state <> 'posted'"));

/** An order with a completion and refunds; `early` ones come before it. */
async function order({
  early = [],
  complete = true,
  late = [],
}: {
  early?: number[];
  complete?: boolean;
  late?: number[];
}) {
  const body = orderBody();
  await shop.sk.post('/v1/orders', body);
  const refund = async (amount: number, index: number, when: string) =>
    shop.sk.post(`/v1/orders/${body.orderId}/refunds`, { refundId: `${body.orderId}-${when}-${index}`, amount });
  for (const [index, amount] of early.entries()) await refund(amount, index, 'early');
  if (complete) await shop.sk.post(`/v1/orders/${body.orderId}/complete`, { amountPaid: 1000 });
  for (const [index, amount] of late.entries()) await refund(amount, index, 'late');
  const view = (await shop.testApp.app.get(OrderReader).findByOrderId(body.orderId, shop.storefront.id))[0]!;
  return { ...view, orderId: body.orderId, ids: view.events.map(({ id }) => id) };
}

const claim = (ids: readonly OrderEventId[]) => unitOfWork.run((tx) => log.claim(tx, ids));
const nothing = (eventId: OrderEventId) =>
  ({ eventId, state: 'posted', outcome: 'nothing', reason: 'a test' }) as const;
const stateOf = async (id: string) => (await shop.db.query('SELECT * FROM order_event WHERE id = ?', [id]))[0];

describe('the order events that wait for their money', () => {
  it('come with their order; a completion brings the refunds that were kept for it', async () => {
    const { ids, order: snapshot } = await order({ early: [10, 20], late: [30] });
    const [claimed] = await claim([ids[0]!]);
    expect(claimed).toMatchObject({
      order: { id: snapshot.id, amountPaid: 1000n },
      completionSettled: false,
      settledRefunds: [],
    });
    expect(claimed!.events.map((event) => ('amount' in event ? event.amount : event.type))).toEqual([
      'order.completed',
      10n,
      20n,
    ]);
    expect((await claim(ids))[0]!.events.map(({ id }) => id)).toEqual(ids);
  });

  it('are settled once, and later refunds see what was settled before', async () => {
    const { ids } = await order({ early: [10], late: [30] });
    const [completion, early, late] = ids as [OrderEventId, OrderEventId, OrderEventId];
    await unitOfWork.run(async (tx) => {
      await log.claim(tx, [completion]);
      await log.settle(tx, [
        { eventId: completion, state: 'posted', outcome: 'journal', journalId: 'jnl_1' },
        nothing(early),
      ]);
    });
    expect(await stateOf(completion)).toMatchObject({
      state: 'posted',
      outcome: 'journal',
      journal_id: 'jnl_1',
      attempts: 1,
    });
    expect(await claim([completion])).toEqual([]);
    await expect(unitOfWork.run((tx) => log.settle(tx, [nothing(completion)]))).rejects.toThrow('still open');
    const [claimed] = await claim([late]);
    expect(claimed).toMatchObject({ completionSettled: true, settledRefunds: [{ amount: 10n, lines: null }] });
  });

  it('a refund claimed before its completion is settled is kept, and comes again with the completion', async () => {
    const { ids } = await order({ late: [30] });
    const [completion, late] = ids as [OrderEventId, OrderEventId];
    await unitOfWork.run(async (tx) => {
      expect((await log.claim(tx, [late]))[0]).toMatchObject({ completionSettled: false });
      await log.settle(tx, [{ eventId: late, state: 'kept' }]);
    });
    expect(await claim([late])).toEqual([]);
    expect((await claim([completion]))[0]!.events.map(({ id }) => id)).toEqual([completion, late]);
  });

  it('that somebody else holds are skipped', async () => {
    const [one, two] = [await order({}), await order({})];
    await unitOfWork.run(async (tx) => {
      expect((await log.claim(tx, one.ids)).length).toBe(1);
      expect((await claim([...one.ids, ...two.ids])).map((claimed) => claimed.order.id)).toEqual([two.order.id]);
    });
  });

  it('are set aside with their error, one alone', async () => {
    const [one, two] = [await order({}), await order({})];
    await unitOfWork.run((tx) => log.park(tx, one.ids[0]!, 'x'.repeat(5000)));
    expect(await stateOf(one.ids[0]!)).toMatchObject({ state: 'parked', attempts: 1, error: 'x'.repeat(1000) });
    expect(await log.findWaiting(0, 10)).toEqual(two.ids);
  });

  it('are found by their age on the database’s clock', async () => {
    expect([await log.findWaiting(0, 10), await log.oldestWaitingSeconds()]).toEqual([[], 0]);
    const { ids } = await order({});
    await shop.db.query('UPDATE order_event SET created_at = created_at - INTERVAL 90 SECOND WHERE id = ?', [ids[0]]);
    const younger = await order({});
    expect(await log.findWaiting(60_000, 10)).toEqual(ids);
    expect(await log.findWaiting(0, 10)).toEqual([...ids, ...younger.ids]);
    expect(await log.oldestWaitingSeconds()).toBeGreaterThanOrEqual(90);
  });

  it('two hundred of them take a handful of statements to claim and to settle', async () => {
    const body = Array.from({ length: 200 }, () =>
      JSON.stringify({ order: orderBody(), complete: { amountPaid: 900 }, refunds: [] }),
    ).join('\n');
    await shop.sk.with({ 'content-type': 'application/x-ndjson' }).post('/v1/orders/bulk', body);
    const waiting = await log.findWaiting(0, 500);
    expect(waiting).toHaveLength(200);
    let statements = 0;
    await unitOfWork.run(async (tx) => {
      const counted = new Proxy(tx, {
        get: (target, name, receiver) => {
          if (name === 'query') statements += 1;
          const value: unknown = Reflect.get(target, name, receiver);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const claimed = await log.claim(counted, waiting);
      expect(claimed).toHaveLength(200);
      await log.settle(
        counted,
        claimed.flatMap(({ events }) => events.map(({ id }) => nothing(id))),
      );
    });
    expect(statements).toBeLessThanOrEqual(6);
    expect(await log.findWaiting(0, 500)).toEqual([]);
  });
});
