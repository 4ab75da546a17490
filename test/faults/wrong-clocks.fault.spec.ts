import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../scripts/lib/ports.mjs';
import { newId } from '../../src/shared/ids.js';
import { insertEvents, insertRule } from '../support/order-events.js';
import { PayoutWorld } from '../support/payouts.js';
import { testEnvironment } from '../support/test-config.js';

/** All processes but the database have a clock that is wrong by this much. */
const HOURS = { 'three hours behind': -3, 'three hours ahead': 3 };

let w: PayoutWorld;
let processes: ChildProcess[] = [];
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => {
  const running = processes.filter(({ exitCode }) => exitCode === null);
  for (const one of running) one.kill('SIGTERM');
  await Promise.all(running.map((one) => once(one, 'exit')));
  processes = [];
});

/** A process of the build whose clock is wrong. */
function start(program: 'worker' | 'main', hours: number, port = 0): void {
  const preload = new URL('../support/shifted-clock.mjs', import.meta.url).href;
  const settings = { YINKE_HTTP_BANK_URL: w.bank.url, YINKE_EMBEDDED: '1', PORT: String(port) };
  const env = {
    ...process.env,
    ...testEnvironment(w.testApp.databaseUrl, settings),
    TEST_CLOCK_SHIFT_MS: String(hours * 3_600_000),
  };
  const args = ['--import', preload, `dist/${program}.js`];
  processes.push(spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }));
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: waited in vain`);
}

const value = async (sql: string, ...values: unknown[]): Promise<string> =>
  String(Object.values((await w.db.query(sql, values))[0] ?? {})[0]);

describe.each(Object.entries(HOURS))('a worker whose clock is %s', (_name, hours) => {
  it('pays, rewards, matures and drafts what is due by the database’s clock, and nothing else', async () => {
    const earner = newId('merchant');
    await insertRule(w.db, [{ asset: 'CNY', kind: 'percent', rateBps: 1000 }], { merchant: earner }, 1);
    await insertEvents(w.db, [
      { merchantId: earner, amountPaid: 1_000 },
      { merchantId: earner, amountPaid: 2_000 },
    ]);
    const { id: batch } = await w.submitted([await w.merchant(500n)]);
    const daily = { currency: 'CNY', rail: 'http-bank', timeZone: 'Asia/Shanghai', time: '09:00' };
    const week = { ...daily, weekdays: [1, 2, 3, 4, 5, 6, 7] };
    const { body: schedule } = await w.world.maker.post('/v1/payout-schedules', week);
    const dueAt = () => value('SELECT next_due_at > NOW(6) FROM payout_schedule WHERE id = ?', schedule.id);
    await w.db.query('UPDATE payout_schedule SET next_due_at = NOW(6) - INTERVAL 1 SECOND WHERE id = ?', [schedule.id]);

    start('worker', hours);
    const rewards = () => value('SELECT COUNT(*) FROM reward WHERE merchant_id = ?', earner);
    await until('the rewards', async () => (await rewards()) === '2');
    await until('the payout', async () => (await w.states(batch))[0] === 'paid');
    await until('the schedule', async () => (await dueAt()) === '1');

    // An hour from now is due for neither clock but the one that is three hours ahead; a second ago is, but for the one behind.
    await w.db.query(
      `UPDATE reward SET mature_at = IF(pending = 100, NOW(6) - INTERVAL 1 SECOND, NOW(6) + INTERVAL 1 HOUR)
       WHERE merchant_id = ?`,
      [earner],
    );
    const states = () => value('SELECT GROUP_CONCAT(state ORDER BY granted) FROM reward WHERE merchant_id = ?', earner);
    await until('the maturity', async () => (await states()).startsWith('matured'));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await states()).toBe('matured,pending');

    // What it writes down is the time that everybody has.
    const off = (table: string, column: string, where: string, id: string) =>
      value(`SELECT MAX(ABS(TIMESTAMPDIFF(SECOND, ${column}, NOW(6)))) < 120 FROM ${table} WHERE ${where} = ?`, id);
    expect(await off('reward', 'created_at', 'merchant_id', earner)).toBe('1');
    expect(await off('payout', 'state_at', 'batch_id', batch)).toBe('1');
    expect(
      await off('journal', 'occurred_at', "kind = 'payout-paid' AND cause_id", (await w.payouts(batch))[0].id),
    ).toBe('1');
  });
});

describe.each(Object.entries(HOURS))('an API whose clock is %s', (_name, hours) => {
  it('takes everybody’s sessions, and its payouts are sent at once', async () => {
    const port = await freePort();
    start('main', hours, port);
    const there = `http://127.0.0.1:${port}`;
    await until(
      'the API',
      async () => (await w.world.maker.at(there).get('/v1/payout-batches?limit=1')).status === 200,
    );
    const merchant = await w.merchant(300n);
    const { body: draft } = await w.draft([merchant]);
    const steps = { 'request-approval': w.world.maker, approve: w.world.checker, submit: w.world.maker };
    for (const [step, by] of Object.entries(steps)) {
      const answer = await by.at(there).post(`/v1/payout-batches/${draft.id}/${step}`);
      expect([step, answer.status, answer.text]).toEqual([step, 200, answer.text]);
    }
    await w.delivery.pollOpenPayouts();
    expect(w.bank.payments().filter(({ account }) => account === merchant.number)).toHaveLength(1);
    const { submittedAt } = await w.batch(draft.id);
    expect(Math.abs(Date.parse(submittedAt) - Date.now())).toBeLessThan(120_000);
  });
});
