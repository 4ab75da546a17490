import { startWechatPaySimulator } from '../../simulators/wechat-pay.mjs';
import { ScheduledAudit } from '../../src/finance/audit/scheduled-audit.js';
import { ScheduledDraftService } from '../../src/finance/payouts/batches/scheduled-draft.service.js';
import { PayoutWorld } from '../support/payouts.js';
import { evaluate, scrape, type Scrape } from '../support/prometheus.js';

let wechat: Awaited<ReturnType<typeof startWechatPaySimulator>>;
let w: PayoutWorld;
let before: Scrape;

beforeAll(async () => {
  wechat = await startWechatPaySimulator();
  w = await PayoutWorld.start({
    ...wechat.settings,
    YINKE_WECHAT_PAY_TIMEOUT_MS: '300',
    YINKE_HTTP_BANK_TIMEOUT_MS: '1000',
  });
});
afterAll(async () => {
  await w.close();
  await wechat.close();
});
beforeEach(async () => {
  before = await look();
});

const look = () => scrape({ 'yinke-api': w.testApp.baseUrl });

/** The alert was silent before, and the real metrics raise it now. */
async function raised(alert: string): Promise<void> {
  const { before: then, after: now } = await evaluate(before, await look());
  expect(then).not.toContain(alert);
  expect(now).toContain(alert);
}

describe('somebody is called', () => {
  it('when a rail gives no clear answers, and when nobody has known for long whether a payout was paid', async () => {
    const payees = await Promise.all(Array.from({ length: 6 }, () => w.merchant(100n)));
    w.bank.behave({ does: 'time-out-before' });
    w.bank.behave({ does: 'time-out-before', on: 'status' });
    const { id } = await w.submitted(payees);
    await w.poll();
    expect(await w.states(id)).toEqual(Array(6).fill('unknown'));
    await raised('YinkeRailFailing');
    await w.db.query("UPDATE payout SET state_at = NOW(6) - INTERVAL 2 HOUR WHERE state = 'unknown'");
    await raised('YinkePayoutUnknown');
    w.bank.forget();
  });

  it('when a payout waits for its bank for days', async () => {
    w.bank.behave({ does: 'accept' });
    w.bank.behave({ does: 'time-out-before', on: 'status' });
    const { id } = await w.submitted([await w.merchant(100n)]);
    await w.poll();
    expect(await w.states(id)).toEqual(['accepted']);
    await w.db.query('UPDATE payout SET state_at = NOW(6) - INTERVAL 6 DAY WHERE batch_id = ?', [id]);
    await raised('YinkePayoutsStuck');
    w.bank.forget();
  });

  it('when a bank says of a payout what the books say not', async () => {
    w.bank.behave({ does: 'reject' });
    const { id } = await w.submitted([await w.merchant(100n)]);
    for (let tries = 0; tries < 5; tries += 1) await w.poll();
    expect(await w.states(id)).toEqual(['failed']);
    w.bank.forget();
    w.bank.behave({ does: 'settled', on: 'status' });
    await w.db.query(
      `INSERT INTO payout_failure_statement (id, payout_id, evidence, reason, reason_code, state, made_by, made_at, decided_by, decided_at)
       SELECT 'pfs_x', id, 'A letter.', 'They say so.', 'AM04', 'approved', 'stf_a', NOW(6), 'stf_b', NOW(6) FROM payout WHERE batch_id = ?`,
      [id],
    );
    await w.db.query('UPDATE payout SET next_attempt_at = NOW(6) WHERE batch_id = ?', [id]);
    await w.poll();
    await raised('YinkePayoutContradiction');
    w.bank.forget();
  });

  it('when the operator’s account at a rail lacks money', async () => {
    wechat.behave('not-enough', 'submit', 999);
    const { id: merchantId } = await w.merchant(100n, null);
    const reviewer = await w.staffMember('reviewer');
    await reviewer.put(`/v1/merchants/${merchantId}/wechat-payee`, {
      openid: 'o-MYE42l80oelYMDE34n00000001',
      holder: '王小明',
    });
    await w.submitted([{ id: merchantId }], { rail: 'wechat-pay' });
    await w.poll();
    await raised('YinkePayoutBatchPaused');
    wechat.forget();
  });

  it('when the file of a batch cannot be written', async () => {
    const { body: batch } = await w.draft([await w.merchant(100n)], { rail: 'iso20022-file' });
    await w.step(batch.id, 'request-approval', w.world.maker);
    await w.step(batch.id, 'approve', w.world.checker);
    expect((await w.step(batch.id, 'submit', w.world.maker)).status).toBeLessThan(300);
    await w.db.query("UPDATE payout_batch SET debtor_hash = 'another', file_sha256 = NULL WHERE id = ?", [batch.id]);
    await w.delivery.submitWaitingPayouts([batch.id]);
    await raised('YinkePayoutFileUnwritten');
  });

  it('when a schedule is due and there is no account to pay from', async () => {
    const { body } = await w.world.maker.post('/v1/payout-schedules', {
      currency: 'CNY',
      rail: 'http-bank',
      timeZone: 'Asia/Shanghai',
      time: '09:00',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
    });
    await w.db.query('UPDATE payout_schedule SET next_due_at = NOW(6) - INTERVAL 1 DAY WHERE id = ?', [body.id]);
    const account = await w.db.query<object[]>("SELECT * FROM platform_account WHERE currency = 'CNY'");
    expect(account).toHaveLength(1);
    await w.db.query("UPDATE platform_account SET currency = 'XXX' WHERE currency = 'CNY'");
    await w.merchant(100n);
    await w.testApp.app.get(ScheduledDraftService).draftDueBatches();
    await raised('YinkePayoutDraftFailed');
    await w.db.query("UPDATE platform_account SET currency = 'CNY' WHERE currency = 'XXX'");
  });

  it('when merchants wait too long for their money', async () => {
    const { id } = await w.merchant(100n);
    await w.db.query('UPDATE account SET available_since = NOW(6) - INTERVAL 40 DAY WHERE merchant_id = ?', [id]);
    await raised('YinkeMerchantsWaiting');
  });

  it('when the audit finds that somebody has altered a balance', async () => {
    const audit = w.testApp.app.get(ScheduledAudit);
    await w.db.query('UPDATE account SET available = available + 1 WHERE available > 0 LIMIT 1');
    await audit.runAndKeep();
    await raised('YinkeAuditFindings');
  });
});
