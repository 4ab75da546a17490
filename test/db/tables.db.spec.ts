import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/core/data-source.js';
import { jsonColumn, minorColumn } from '../../src/core/columns.js';
import { Table, type RowOf } from '../../src/core/table.js';
import { entities } from '../../src/entities.js';
import { CouponTemplateEntity } from '../../src/finance/assets/coupons/coupon.entity.js';
import { createTestDatabase } from '../support/test-database.js';

let dataSource: DataSource;
beforeAll(async () => {
  dataSource = await createDataSource({ url: await createTestDatabase(), poolSize: 2, entities }).initialize();
});
afterAll(() => dataSource.destroy());

const template = (name: string, more: Partial<CouponTemplateEntity> = {}): RowOf<CouponTemplateEntity> => ({
  name,
  title: null,
  storefrontId: null,
  currency: 'CNY',
  kind: 'amount-off',
  amount: 9_007_199_254_740_993n,
  rateBps: null,
  maxAmount: null,
  minimumSpend: null,
  categories: ['茶', "it's", '🍵'],
  excludedCategories: [],
  validDays: 30,
  createdAt: new Date('2026-11-27T16:04:05.123Z'),
  endedAt: null,
  ...more,
});

describe('a table', () => {
  it.each(entities.map((entity) => ({ name: entity.name, entity })))(
    'has the columns that TypeORM reads from $name',
    ({ entity }) => {
      const { columns, tableName } = dataSource.getMetadata(entity);
      const table = new Table(entity);
      expect(table.name).toBe(tableName);
      expect(table.list().split(', ').sort()).toEqual(columns.map(({ databaseName }) => databaseName).sort());
      expect([...table.properties].sort()).toEqual(columns.map(({ propertyName }) => propertyName).sort());
    },
  );

  it('has a primary key and is of InnoDB, without which a Galera cluster does not replicate it', async () => {
    const tables = await dataSource.query<{ name: string; engine: string; keyed: string }[]>(
      `SELECT t.table_name name, t.engine engine, COUNT(c.constraint_name) keyed FROM information_schema.tables t
         LEFT JOIN information_schema.table_constraints c
           ON c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'
        WHERE t.table_schema = DATABASE() GROUP BY t.table_name, t.engine`,
    );
    expect(tables.length).toBeGreaterThan(entities.length - 1);
    expect(tables.filter(({ engine, keyed }) => engine !== 'InnoDB' || Number(keyed) !== 1)).toEqual([]);
  });

  it('reads what it wrote, amounts beyond doubles and texts in JSON too, as TypeORM does', async () => {
    const table = new Table(CouponTemplateEntity);
    const written = [template('A'), template('B', { title: 'Tea', endedAt: new Date('2026-12-01T00:00:00Z') })];
    await table.insert(dataSource.manager, written);
    expect(await table.find(dataSource.manager, 'WHERE name IN (?) ORDER BY name', [['A', 'B']])).toEqual(written);
    expect(await dataSource.manager.findOneBy(CouponTemplateEntity, { name: 'B' })).toEqual(written[1]);
  });

  it('writes more rows than one statement holds, and of those that are there the columns that may change', async () => {
    const table = new Table(CouponTemplateEntity);
    const rows = Array.from({ length: 2_001 }, (_, n) => template(`many-${n}`));
    await table.insert(dataSource.manager, rows);
    await table.upsert(
      dataSource.manager,
      rows.map((row) => ({ ...row, title: 'changed', amount: 1n })),
      ['title'],
    );
    const found = await table.find(dataSource.manager, "WHERE title = 'changed'");
    expect(found).toHaveLength(2_001);
    expect(found.every(({ amount }) => amount === 9_007_199_254_740_993n)).toBe(true);
  });

  it('refuses rows that have not the same columns, and writes none of them', async () => {
    const table = new Table(CouponTemplateEntity);
    const { amount: _, ...without } = template('D');
    for (const rows of [
      [template('E'), without],
      [without, template('E')],
    ])
      await expect(table.insert(dataSource.manager, rows)).rejects.toThrow('rows for coupon_template differ in amount');
    expect(await table.find(dataSource.manager, "WHERE name IN ('D', 'E')")).toEqual([]);
  });

  it('reads a part of the columns, and assigns some', async () => {
    const table = new Table(CouponTemplateEntity);
    await table.insert(dataSource.manager, [template('C')]);
    const { sql, parameters } = table.assign({ categories: [], maxAmount: 5n });
    await dataSource.manager.query(`UPDATE coupon_template SET ${sql} WHERE name = 'C'`, parameters);
    const [row] = await dataSource.manager.query(
      `SELECT ${table.list(['categories', 'maxAmount'], 't')} FROM coupon_template t WHERE t.name = 'C'`,
    );
    expect(table.rowOf(row)).toEqual({ categories: [], maxAmount: 5n });
  });

  it('changes many rows in one statement, each by its key, and says once what is alike for all of them', async () => {
    const table = new Table(CouponTemplateEntity);
    await table.insert(dataSource.manager, [template('F'), template('G'), template('H')]);
    const { sql, parameters } = table.assignEach('name', [
      { name: 'F', title: 'Tea', amount: 9_007_199_254_740_995n, endedAt: null, categories: ['茶'] },
      { name: 'G', title: 'Tea', amount: 2n, endedAt: new Date('2026-12-01T00:00:00.5Z'), categories: [] },
    ]);
    expect(sql.match(/title = (\S+)/)?.[1]).toBe('?,');
    await dataSource.manager.query(`UPDATE coupon_template SET ${sql} WHERE name IN ('F', 'G')`, parameters);
    expect(await table.find(dataSource.manager, "WHERE name IN ('F', 'G', 'H') ORDER BY name")).toEqual([
      template('F', { title: 'Tea', amount: 9_007_199_254_740_995n, categories: ['茶'] }),
      template('G', { title: 'Tea', amount: 2n, endedAt: new Date('2026-12-01T00:00:00.5Z'), categories: [] }),
      template('H'),
    ]);
  });

  it('is refused for what is no entity, and for a column that there is not', () => {
    expect(() => new Table(class Nothing {})).toThrow('Nothing is not an entity');
    expect(() => new Table(CouponTemplateEntity).nameOf('nothing' as 'name')).toThrow('coupon_template has no nothing');
  });
});

it('a value that is null stays null in a row of JSON or of an amount', () => {
  for (const column of [jsonColumn, minorColumn]) {
    expect(column.to(null)).toBeNull();
    expect(column.from(null)).toBeNull();
  }
});
