import type { DataSource } from 'typeorm';
import { budgetWords } from '../../src/finance/rewards/counted-words.js';
import { newId, type MerchantId, type OrderEventId } from '../../src/shared/ids.js';
import { insertEvents, insertRule, insertStorefront, waitingEvents, type TestEvent } from '../support/order-events.js';
import { Poster } from '../support/poster.js';
import { createTestDatabase } from '../support/test-database.js';

let dataSource: DataSource;
/** Eight worker processes, each with a pool of its own. */
let posters: Poster[];
let poster: Poster;

/** Eight workers at once, each with every event, in pieces and in an order of its own. */
async function postByEight(ids: readonly OrderEventId[]): Promise<void> {
  await Promise.all(
    posters.map(async ({ posting }, worker) => {
      const mine = worker % 2 === 0 ? [...ids] : [...ids].reverse();
      for (let from = 0; from < mine.length; from += 7) await posting.postOrderEvents(mine.slice(from, from + 7));
    }),
  );
  // Whatever was locked by another worker at that moment is found by the sweep.
  await poster.posting.postOrderEvents(await waitingEvents(dataSource));
}

const granted = (ruleId: string) =>
  dataSource.query<{ merchant_id: MerchantId; sum: string }[]>(
    'SELECT merchant_id, SUM(granted) sum FROM reward WHERE rule_id = ? GROUP BY 1 ORDER BY 1',
    [ruleId],
  );

beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  posters = await Promise.all(Array.from({ length: 8 }, () => Poster.start(databaseUrl, 3)));
  poster = posters[0]!;
  dataSource = poster.dataSource;
  await insertStorefront(dataSource);
  await insertStorefront(dataSource, { id: 'sto_berlin', timeZone: 'Europe/Berlin' });
});
afterAll(async () => {
  for (const one of posters) await one.close();
});

describe('budgets of reward rules', () => {
  it('grants exactly the budget, to the cent, when eight workers post more than it at once', async () => {
    const merchants = [newId('merchant'), newId('merchant'), newId('merchant')];
    const percent = { asset: 'CNY', kind: 'percent', rateBps: 1000 } as const;
    const forAll = await insertRule(dataSource, [{ ...percent, budgets: { perRule: 10_007 } }], { category: 'none' });
    const ofRule = await insertRule(dataSource, [{ ...percent, budgets: { perRule: 10_007 } }]);
    const ofMonth = await insertRule(
      dataSource,
      [{ asset: 'POINTS', kind: 'fixed', amount: 30, budgets: { perMerchantMonth: 1_000, perRule: 2_500 } }],
      {},
      7,
    );
    const ids = await insertEvents(
      dataSource,
      Array.from({ length: 240 }, (_, i): TestEvent => ({ merchantId: merchants[i % 3]!, amountPaid: 1_000 + i })),
    );
    await postByEight(ids);

    const sum = (rows: { sum: string }[]) => rows.reduce((total, row) => total + Number(row.sum), 0);
    expect(await granted(forAll)).toEqual([]);
    expect(sum(await granted(ofRule))).toBe(10_007);
    const points = await granted(ofMonth);
    expect(sum(points)).toBe(2_500);
    for (const row of points) expect(Number(row.sum)).toBeLessThanOrEqual(1_000);
    const clamped: { explanation: string }[] = await dataSource.query(
      `SELECT explanation FROM reward WHERE rule_id = ? AND JSON_EXTRACT(explanation, '$.arithmetic.clampedBy.budget') = 10007`,
      [ofRule],
    );
    expect(clamped).toHaveLength(1);
    expect(budgetWords(JSON.parse(clamped[0]!.explanation), 'en').join()).toContain(
      'of the rule’s budget of 100.07 CNY only',
    );
    const [nothing] = await dataSource.query(
      "SELECT COUNT(*) count FROM order_event WHERE reason LIKE 'The budget of the rules%'",
    );
    expect(Number(nothing.count)).toBeGreaterThan(0);
    expect(await poster.offenders()).toEqual([]);
  }, 120_000);

  it('a refund gives nothing back to a budget', async () => {
    const merchantId = newId('merchant');
    const rule = await insertRule(
      dataSource,
      [{ asset: 'CNY', kind: 'fixed', amount: 100, budgets: { perMerchantMonth: 150 } }],
      { merchant: merchantId },
    );
    const one = { merchantId, amountPaid: 1_000 };
    const { posting } = poster;
    await posting.postOrderEvents(await insertEvents(dataSource, [{ ...one, refunds: [1_000] }]));
    await posting.postOrderEvents(await waitingEvents(dataSource));
    await posting.postOrderEvents(await insertEvents(dataSource, [one, one]));
    expect(await granted(rule)).toEqual([{ merchant_id: merchantId, sum: '150' }]);
    const [account] = await dataSource.query('SELECT available FROM account WHERE merchant_id = ? AND asset = ?', [
      merchantId,
      'CNY',
    ]);
    expect(account.available).toBe('50');
    expect(await poster.offenders()).toEqual([]);
  });
});

describe('first orders', () => {
  it('exactly one order of each shopper is the first, however many are posted at once', async () => {
    const merchantId = newId('merchant');
    const rule = await insertRule(
      dataSource,
      [{ asset: 'CNY', kind: 'fixed', amount: 500 }],
      { merchant: merchantId },
      undefined,
      { firstOrder: true, bonus: true },
    );
    const ids = await insertEvents(
      dataSource,
      Array.from({ length: 120 }, (_, i): TestEvent => {
        return { merchantId, amountPaid: 1_000, shopperRef: `shopper-${i % 12}` };
      }),
    );
    await postByEight(ids);
    expect(await granted(rule)).toEqual([{ merchant_id: merchantId, sum: '6000' }]);
    // Nobody brought this shopper the first time; it was their first order all the same.
    const unattributed = await insertEvents(dataSource, [{ merchantId: null, amountPaid: 1_000, shopperRef: 'alone' }]);
    const { posting } = poster;
    await posting.postOrderEvents(unattributed);
    const later = await insertEvents(dataSource, [
      { merchantId, amountPaid: 1_000, shopperRef: 'alone' },
      { merchantId, amountPaid: 1_000 },
    ]);
    await posting.postOrderEvents(later);
    expect(await granted(rule)).toEqual([{ merchant_id: merchantId, sum: '6000' }]);
    expect(await poster.offenders()).toEqual([]);
  }, 120_000);
});

describe('volume tiers', () => {
  const tiers = [
    { from: 0, rateBps: 100 },
    { from: 10_000, rateBps: 1000 },
  ];

  it('count each month by the clocks of the storefront, also where they have just been put back', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'tiered', mode: 'whole', tiers }], { merchant: merchantId });
    const { posting } = poster;
    const one = { merchantId, amountPaid: 6_000, storefrontId: 'sto_berlin' as const };
    // Berlin put its clocks back on 25 October 2026: October ends at 23:00 UTC, an hour later than in summer.
    const moments = ['2026-10-10T10:00:00Z', '2026-10-31T22:30:00Z', '2026-10-31T23:00:00Z', '2026-10-31T23:30:00Z'];
    for (const moment of moments) {
      const completedAt = new Date(moment);
      await posting.postOrderEvents(await insertEvents(dataSource, [{ ...one, completedAt }]));
    }
    const rewards = await dataSource.query('SELECT granted FROM reward WHERE merchant_id = ? ORDER BY id', [
      merchantId,
    ]);
    // 1 % of 60.00; then 10 % of 120.00, less what was earned; and the same again in November.
    expect(rewards.map((row: { granted: string }) => row.granted)).toEqual(['60', '1140', '60', '1140']);
    const volumes = await dataSource.query('SELECT month, volume FROM reward_volume WHERE merchant_id = ? ORDER BY 1', [
      merchantId,
    ]);
    expect(volumes).toEqual([
      { month: '2026-10', volume: '12000' },
      { month: '2026-11', volume: '12000' },
    ]);
    expect(await poster.offenders()).toEqual([]);
  });

  it('count what is left after refunds: an order keeps its rate, and the next one sees the net volume', async () => {
    const merchantId = newId('merchant');
    await insertRule(dataSource, [{ asset: 'CNY', kind: 'tiered', mode: 'whole', tiers }], { merchant: merchantId });
    const { posting } = poster;
    const buy = async (amountPaid: number, refunds: number[] = []) => {
      await posting.postOrderEvents(await insertEvents(dataSource, [{ merchantId, amountPaid, refunds }]));
      // Twice: what was posted is not taken out again.
      const refunded = await waitingEvents(dataSource);
      await posting.postOrderEvents(refunded);
      await posting.postOrderEvents(refunded);
    };
    await buy(12_000, [12_000]);
    await buy(6_000);
    await buy(6_000, [2_000, 1_000]);
    await buy(500);
    await buy(1_000);
    const rewards: { granted: string; left: string }[] = await dataSource.query(
      'SELECT granted, granted - voided - clawed_back `left` FROM reward WHERE merchant_id = ? ORDER BY id',
      [merchantId],
    );
    expect(rewards.map(({ granted, left }) => [granted, left])).toEqual([
      ['1200', '0'],
      ['60', '60'],
      ['1140', '570'],
      ['5', '5'],
      ['955', '955'],
    ]);
    const [{ volume }] = await dataSource.query('SELECT volume FROM reward_volume WHERE merchant_id = ?', [merchantId]);
    expect(volume).toBe('10500');
    expect(await poster.offenders()).toEqual([]);
  });

  it('are exact when eight workers post orders and their refunds at once', async () => {
    const merchantId = newId('merchant');
    const marginal = { asset: 'CNY', kind: 'tiered', mode: 'marginal', tiers } as const;
    await insertRule(dataSource, [marginal], { merchant: merchantId });
    await insertEvents(
      dataSource,
      Array.from({ length: 60 }, (_, i): TestEvent => {
        const amountPaid = 500 * (1 + (i % 4));
        return { merchantId, amountPaid, refunds: i % 3 === 0 ? [200, amountPaid - 200] : i % 3 === 1 ? [123] : [] };
      }),
    );
    await postByEight(await waitingEvents(dataSource));
    await poster.posting.postOrderEvents(await waitingEvents(dataSource));
    const [{ volume, net }] = await dataSource.query(
      `SELECT v.volume, (SELECT SUM(o.amount_paid) FROM shop_order o WHERE o.merchant_id = v.merchant_id)
         - (SELECT SUM(r.amount) FROM refund r JOIN shop_order o ON o.id = r.order_pk WHERE o.merchant_id = v.merchant_id) net
       FROM reward_volume v WHERE v.merchant_id = ?`,
      [merchantId],
    );
    expect(volume).toBe(net);
    expect(await poster.offenders()).toEqual([]);
  }, 120_000);

  it('come to the same in whatever order eight workers post the orders of a month', async () => {
    const merchantId = newId('merchant');
    const marginal = { asset: 'CNY', kind: 'tiered', mode: 'marginal', tiers } as const;
    const rule = await insertRule(dataSource, [marginal], { merchant: merchantId });
    const ids = await insertEvents(
      dataSource,
      Array.from({ length: 100 }, (_, i): TestEvent => ({ merchantId, amountPaid: 500 * (1 + (i % 4)) })),
    );
    await postByEight(ids);
    // 125,000 were paid: 1 % of 10,000 and 10 % of the rest; every order’s amount is whole.
    expect(await granted(rule)).toEqual([{ merchant_id: merchantId, sum: '11600' }]);
    expect(await poster.offenders()).toEqual([]);
  }, 120_000);
});
