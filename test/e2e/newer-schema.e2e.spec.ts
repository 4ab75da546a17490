import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { breaksOf, DESCRIBE_COLUMNS, shapeOf, type SchemaShape } from '../../src/core/schema-compatibility.js';
import { offenders } from '../support/poster.js';
import { insertRule } from '../support/order-events.js';
import { addMerchant, openShop, orderBody, type Shop } from '../support/shop.js';
import { settled, startTestWorker } from '../support/worker.js';

/** The release before goes on working while, and after, the next one has changed the schema. */

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await shop.testApp.close();
});

const schema = async (db: DataSource): Promise<SchemaShape> => shapeOf(await db.query(DESCRIBE_COLUMNS));

it('a visit, an order, its reward and its refund go through on a schema that has more than this program knows', async () => {
  const ann = await addMerchant(shop, 'ann_tea');
  await insertRule(shop.db, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: ann.id });
  const tables = Object.keys(await schema(shop.db));
  // First in each table, where a row that is read or written by position would fall over it.
  for (const table of tables)
    await shop.db.query(
      `ALTER TABLE \`${table}\` ADD COLUMN of_the_next_release VARCHAR(20) NULL FIRST,
         ADD COLUMN with_a_default INT NOT NULL DEFAULT 7 FIRST, ADD KEY ix_of_the_next_release (of_the_next_release)`,
    );
  await shop.db.query('CREATE TABLE table_of_the_next_release (id INT NOT NULL PRIMARY KEY)');
  await shop.db.query(
    "INSERT INTO schema_migration (timestamp, name) VALUES (9999999999999, 'OfTheNextRelease9999999999999')",
  );

  expect((await shop.testApp.http.get('/readyz')).status).toBe(200);
  const worker = await startTestWorker(shop.testApp);
  const { visit } = (await shop.pk.post('/v1/visits', { merchantCode: ann.code })).body;
  const order = orderBody({ visit });
  expect((await shop.sk.post('/v1/orders', order)).status).toBe(201);
  expect((await shop.sk.post(`/v1/orders/${order.orderId}/complete`, { amountPaid: 1000 })).status).toBe(202);
  await settled(shop.testApp);
  const reward = () =>
    shop.db.query<{ available: string }[]>('SELECT available FROM account WHERE merchant_id = ?', [ann.id]);
  expect(await reward()).toEqual([{ available: '100' }]);
  const refund = { refundId: 'refund-1', amount: 500 };
  expect((await shop.sk.post(`/v1/orders/${order.orderId}/refunds`, refund)).status).toBe(202);
  await settled(shop.testApp);
  expect(await reward()).toEqual([{ available: '50' }]);
  expect(await offenders(shop.testApp.app)).toEqual([]);
  await worker.close();
}, 120_000);

it('the schema keeps what the last release works with', async () => {
  const file = new URL('../../src/core/migrations/released-schema.json', import.meta.url);
  const released = JSON.parse(readFileSync(file, 'utf8')) as SchemaShape;
  expect(breaksOf(released, await schema(shop.db))).toEqual([]);
});

it.each([
  ['ALTER TABLE merchant DROP COLUMN with_a_default', 'merchant.with_a_default is gone or has another name'],
  [
    'ALTER TABLE merchant RENAME COLUMN display_name TO shown_name',
    'merchant.display_name is gone or has another name',
  ],
  ['DROP TABLE table_of_the_next_release', 'table_of_the_next_release is gone or has another name'],
  [
    'ALTER TABLE journal MODIFY description VARCHAR(400) NOT NULL',
    'journal.description was varchar(500) and is varchar(400)',
  ],
  ['ALTER TABLE account MODIFY version INT NOT NULL DEFAULT 0', /^account\.version was bigint.* and is int/],
  [
    'ALTER TABLE redemption MODIFY of_the_next_release VARCHAR(20) NOT NULL',
    'redemption.of_the_next_release must have a value now',
  ],
  ['ALTER TABLE account ALTER COLUMN pending DROP DEFAULT', 'account.pending has no default any more'],
  ['ALTER TABLE refund ADD COLUMN needed INT NOT NULL', 'refund.needed is new and must have a value'],
])('a release that says %s is noticed', async (change, said) => {
  const before = await schema(shop.db);
  await shop.db.query(change);
  const breaks = breaksOf(before, await schema(shop.db));
  expect(breaks).toContainEqual(typeof said === 'string' ? said : expect.stringMatching(said));
});

it.each([
  'ALTER TABLE journal MODIFY description VARCHAR(900) NOT NULL',
  'ALTER TABLE seal_head MODIFY id BIGINT NOT NULL',
  'ALTER TABLE hold ADD COLUMN more TEXT NULL',
  'CREATE TABLE another (id INT NOT NULL PRIMARY KEY)',
])('a release that says %s breaks nothing', async (change) => {
  const before = await schema(shop.db);
  await shop.db.query(change);
  expect(breaksOf(before, await schema(shop.db))).toEqual([]);
});
