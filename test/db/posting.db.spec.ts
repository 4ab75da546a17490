import type { DataSource } from 'typeorm';
import { operatorEntry } from '../../src/finance/ledger/book.js';
import { shardOf } from '../../src/finance/rewards/posting-turns.js';
import { newId, type MerchantId } from '../../src/shared/ids.js';
import { insertEvents, insertRule, insertStorefront, waitingEvents, type TestEvent } from '../support/order-events.js';
import { Poster } from '../support/poster.js';
import { createTestDatabase } from '../support/test-database.js';

let databaseUrl: string;
let dataSource: DataSource;
/** Eight worker processes, each with a pool of its own. */
let posters: Poster[];

const accountOf = async (merchantId: MerchantId) =>
  (await dataSource.query('SELECT * FROM account WHERE merchant_id = ?', [merchantId]))[0];

beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  posters = await Promise.all(Array.from({ length: 8 }, () => Poster.start(databaseUrl, 3)));
  dataSource = posters[0]!.dataSource;
  await insertStorefront(dataSource);
});
afterAll(async () => {
  for (const poster of posters) await poster.close();
});

describe('posting order events', () => {
  it('“Credits to one promoter at the same time lose money”: eight workers post 10,000 events, and balance, ledger and expectation are the same', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 290 }], { merchant: merchantId });
    const events = Array.from({ length: 10_000 }, (_, i): TestEvent => ({ merchantId, amountPaid: 500 + (i % 97) }));
    const ids = await insertEvents(dataSource, events);
    const expected = events.reduce(
      (sum, { amountPaid }) => sum + (BigInt(amountPaid) * 290n * 2n + 10_000n) / 20_000n,
      0n,
    );

    const posted = await Promise.all(
      posters.map(async ({ posting }, worker) => {
        let sum = 0;
        // Every event is announced twice, to two workers.
        for (let from = 0; from < ids.length; from += 200) {
          const batch = (from / 200) % 8;
          if (batch === worker || batch === (worker + 1) % 8)
            sum += await posting.postOrderEvents(ids.slice(from, from + 200));
        }
        return sum;
      }),
    );
    expect(posted.reduce((a, b) => a + b, 0)).toBe(10_000);
    const account = await accountOf(merchantId);
    const [ledger] = await dataSource.query(
      "SELECT SUM(amount) sum, COUNT(*) count FROM entry WHERE owner = ? AND account = 'available'",
      [merchantId],
    );
    expect([account.available, ledger.sum, ledger.count]).toEqual([expected.toString(), expected.toString(), '10000']);
    expect(await posters[0]!.offenders()).toEqual([]);
  }, 120_000);

  it('known mistake: the same completion announced fifty times at once pays once', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
    const [id] = await insertEvents(dataSource, [{ merchantId, amountPaid: 10_000 }]);
    const posted = await Promise.all(
      Array.from({ length: 50 }, (_, i) => posters[i % 5]!.posting.postOrderEvents([id!, id!])),
    );
    expect(posted.reduce((a, b) => a + b, 0)).toBe(1);
    expect((await accountOf(merchantId)).available).toBe('1000');
  });

  it('“Order state commits before the reward; when crediting throws, the order is complete and never rewarded”: it waits', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
    const [first, second] = await insertEvents(dataSource, [
      { merchantId, amountPaid: 1_000 },
      { merchantId, amountPaid: 2_000 },
    ]);
    const { posting } = posters[1]!;
    await posting.postOrderEvents([first!]);

    // Somebody holds the account while the second is credited, and then the poster loses its connection.
    const holder = dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT * FROM account WHERE merchant_id = ? FOR UPDATE', [merchantId]);
    const crediting = posting.postOrderEvents([second!]).then(
      () => 'posted',
      () => 'thrown',
    );
    for (let waiting; waiting === undefined;) {
      [waiting] = await dataSource.query(
        "SELECT trx_mysql_thread_id id FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'",
      );
      if (waiting) await dataSource.query(`KILL ${waiting.id}`);
      // The server refreshes this table only when nobody has read it for 100 ms.
      else await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(await crediting).toBe('thrown');
    await holder.rollbackTransaction();
    await holder.release();
    expect((await accountOf(merchantId)).available).toBe('100');

    expect(await waitingEvents(dataSource)).toContain(second);
    expect(await posting.postOrderEvents(await waitingEvents(dataSource))).toBe(1);
    expect((await accountOf(merchantId)).available).toBe('300');
  });

  it('sets one bad event aside with its error, and posts all others of the batch', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId });
    const ids = await insertEvents(
      dataSource,
      Array.from({ length: 20 }, () => ({ merchantId, amountPaid: 1_000 })),
    );
    await dataSource.query(
      `INSERT INTO journal (id, business_key, kind, description, cause_type, cause_id, occurred_at)
       VALUES ('jnl_squatter', ?, 'reward', 'In the way.', 'order-event', 'x', NOW(6))`,
      [`order.completed:${ids[7]!}`],
    );
    const poster = await Poster.start(databaseUrl);
    const { posting, metrics } = poster;
    const counted = async () =>
      (await Promise.all([metrics.posted.get(), metrics.parked.get()])).map(({ values }) => values[0]?.value);
    expect(await counted()).toEqual([0, 0]);
    expect(await posting.postOrderEvents(ids)).toBe(19);
    expect(await counted()).toEqual([19, 1]);
    expect((await accountOf(merchantId)).available).toBe('1900');
    const parked = await dataSource.query("SELECT id, error FROM order_event WHERE state = 'parked'");
    expect(parked).toEqual([{ id: ids[7], error: expect.stringContaining('Duplicate entry') }]);
    expect(await posting.postOrderEvents(ids)).toBe(0);
    await dataSource.query("DELETE FROM journal WHERE id = 'jnl_squatter'");
    await dataSource.query("UPDATE order_event SET state = 'waiting' WHERE state = 'parked'");
    expect(await posting.postOrderEvents(ids)).toBe(1);
    expect(await counted()).toEqual([20, 1]);
    await poster.close();
  });

  it('nets a debt once when one order rewards the same asset by two rules', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'fixed', amount: 60 }], { merchant: merchantId, product: 'a' });
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'fixed', amount: 70 }], { merchant: merchantId, product: 'b' });
    const { posting, ledger } = posters[0]!;
    const lines = [
      { sku: 'a', lineTotal: 1_000 },
      { sku: 'b', lineTotal: 1_000 },
    ];
    const [first] = await insertEvents(dataSource, [{ merchantId, amountPaid: 2_000, lines, refunds: [2_000] }]);
    await posting.postOrderEvents([first!]);
    // The money has been paid out before the refund is posted.
    const out = { businessKey: 'spent', kind: 'adjustment' as const, description: 'Spent.', occurredAt: new Date() };
    await ledger.post(dataSource.manager, [{ merchantId, asset: 'CNY' }], (book) =>
      book.post({
        ...out,
        cause: { type: 'adjustment', id: 'adj_spent' },
        entries: [
          { owner: merchantId, asset: 'CNY', account: 'available', amount: -100n },
          operatorEntry('adjustment', { asset: 'CNY', amount: 100n }),
        ],
      }),
    );
    await posting.postOrderEvents(await waitingEvents(dataSource));
    expect(await accountOf(merchantId)).toMatchObject({ owed: '-100', available: '0' });
    const [second] = await insertEvents(dataSource, [{ merchantId, amountPaid: 2_000, lines }]);
    expect(await posting.postOrderEvents([second!])).toBe(1);
    expect(await accountOf(merchantId)).toMatchObject({ owed: '0', available: '30' });
  });

  it('matures what is due once, however many workers mature at once, and pays off what is owed first', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: merchantId }, 0);
    const ids = await insertEvents(
      dataSource,
      Array.from({ length: 1_200 }, () => ({ merchantId, amountPaid: 1_000 })),
    );
    const workers = posters.slice(0, 4);
    await workers[0]!.posting.postOrderEvents(ids);
    expect(await accountOf(merchantId)).toMatchObject({ pending: '120000', available: '0' });
    const matured = await Promise.all(workers.map(({ maturity }) => maturity.matureRewards()));
    expect(matured.reduce((a, b) => a + b, 0)).toBe(1_200);
    expect(await accountOf(merchantId)).toMatchObject({ pending: '0', available: '120000' });
    expect(await workers[0]!.maturity.matureRewards()).toBe(0);
  });

  it('waits for whoever posts for a merchant of the same shard, and for nobody else', async () => {
    const of = (shard: number) => {
      for (;;) {
        const id = newId('merchant');
        if (shardOf(id) === shard) return id;
      }
    };
    const [busy, free] = [of(3), of(4)];
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: busy });
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: free });
    const [first, second] = await insertEvents(dataSource, [
      { merchantId: busy, amountPaid: 1_000 },
      { merchantId: free, amountPaid: 2_000 },
    ]);
    const holder = dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT id FROM posting_shard WHERE id = 3 FOR UPDATE');
    const { posting } = posters[1]!;
    const waiting = posting.postOrderEvents([first!]);
    expect(await posting.postOrderEvents([second!])).toBe(1);
    expect(await accountOf(busy)).toBeUndefined();
    await holder.rollbackTransaction();
    await holder.release();
    expect(await waiting).toBe(1);
    expect((await accountOf(busy)).available).toBe('100');
  });
});
