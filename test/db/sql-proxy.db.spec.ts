import { createDataSource } from '../../src/core/data-source.js';
import type { DataSource } from 'typeorm';
import { startSqlProxy } from '../faults/suite/sql-proxy.mjs';
import { compare } from '../faults/suite/compare.mjs';
import { Model } from '../faults/suite/model.mjs';
import { createTestDatabase } from '../support/test-database.js';

/** That the fault suite does what it says, and sees what is wrong. */

let proxy: Awaited<ReturnType<typeof startSqlProxy>>;
let through: DataSource;
let direct: DataSource;

beforeAll(async () => {
  const url = new URL(await createTestDatabase());
  direct = await createDataSource({ url: url.href, poolSize: 2, entities: [] }).initialize();
  proxy = await startSqlProxy(Number(url.port));
  url.port = String(proxy.port);
  through = await createDataSource({ url: url.href, poolSize: 2, entities: [] }).initialize();
});
afterAll(async () => {
  await through.destroy().catch(() => undefined);
  await direct.destroy();
  await proxy.close();
});

const write = (job: string) =>
  through.transaction((tx) => tx.query('INSERT INTO job_run (job, last_run_at) VALUES (?, NOW(6))', [job]));
const isThere = async (job: string) =>
  (await direct.query<unknown[]>('SELECT 1 FROM job_run WHERE job = ?', [job])).length === 1;

describe('the proxy before the database', () => {
  it('lets a COMMIT be carried out and loses its answer', async () => {
    proxy.arm({ statement: /^COMMIT/, when: 'after', cut: true, times: 1 });
    await expect(write('after')).rejects.toThrow();
    expect(await isThere('after')).toBe(true);
  });

  it('cuts before a COMMIT, so that nothing is there', async () => {
    proxy.arm({ statement: /^COMMIT/, when: 'before', cut: true, times: 1 });
    await expect(write('before')).rejects.toThrow();
    expect(await isThere('before')).toBe(false);
  });

  it.each([
    [1213, 'ER_LOCK_DEADLOCK'],
    [1205, 'ER_LOCK_WAIT_TIMEOUT'],
  ] as const)('answers %i as the server would, once', async (error, code) => {
    proxy.arm({ statement: /^INSERT INTO job_run/, when: 'before', error, inTransaction: true, times: 1 });
    await expect(write(code)).rejects.toMatchObject({ code });
    expect(await isThere(code)).toBe(false);
    await write(code);
    expect(await isThere(code)).toBe(true);
  });
});

describe('the comparison', () => {
  const bank = { payment: () => undefined, payments: () => [], conflicts: () => [] };
  const worldOf = (model: Model, merchants: { id: string; code: string }[] = []) =>
    ({
      stores: { query: (sql: string, values?: unknown[]) => direct.query(sql, values) },
      storefront: 'sto_here',
      couponAsset: 'COUPON:tea',
      merchants,
      model,
      bank,
    }) as never;
  const order = (known: object) => ({
    merchant: null,
    paid: 1_000,
    placed: 'done' as const,
    completed: 'unsent' as const,
    cancelled: 'unsent' as const,
    refunds: new Map(),
    ...known,
  });

  it('misses what was acknowledged', async () => {
    const model = new Model();
    model.orders.set('gone', order({ completed: 'done' }));
    model.orders.set('never answered', order({ placed: 'maybe', completed: 'maybe' }));
    model.redemptions.set('gone', { merchant: 'mer_x', asset: 'POINTS', amount: 3, known: 'done' });
    model.visits.add('vis_gone');
    model.drafts.set('key', { known: 'done', id: 'pba_gone' });
    const wrong = await compare(worldOf(model));
    expect(wrong.filter((one) => one.startsWith('lost'))).toHaveLength(5);
    expect(wrong.join()).not.toContain('never answered');
  });

  it('sees what nobody asked for, and money that nobody earned', async () => {
    await direct.query(
      `INSERT INTO shop_order (id, storefront_id, order_id, state, content_hash, currency, order_lines, lines_total, shipping, tax, placed_at)
       VALUES ('ord_x', 'sto_here', 'extra', 'placed', 'h', 'CNY', '[]', 0, 0, 0, NOW(6))`,
    );
    await direct.query("INSERT INTO account (merchant_id, asset, available) VALUES ('mer_rich', 'CNY', 7)");
    const wrong = await compare(worldOf(new Model(), [{ id: 'mer_rich', code: '' }]));
    expect(wrong).toEqual(['order extra is there, and nobody placed it', 'mer_rich has 7 CNY and not 0']);
  });
});
