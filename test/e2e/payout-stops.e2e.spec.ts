import { camt } from '../support/bank-reports.js';
import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
});

type Merchant = Awaited<ReturnType<PayoutWorld['merchant']>>;
const WHY = { reason: 'A complaint.' };
const done = <T extends { status: number; text: string }>(answer: T): T => {
  if (answer.status >= 300) throw new Error(answer.text);
  return answer;
};

/** Everything that can stop a merchant after the approval, and what it is called. */
const STOPS: Record<string, (merchant: Merchant) => Promise<unknown>> = {
  suspended: async ({ id }) => done(await w.world.reviewer.post(`/v1/merchants/${id}/suspend`, WHY)),
  closed: async ({ id }) => done(await w.world.reviewer.post(`/v1/merchants/${id}/close`, WHY)),
  held: async ({ id }) => {
    await w.credit(id, 70n);
    done(await w.world.maker.post('/v1/holds', { merchant: id, asset: 'CNY', amount: 70, reason: 'Look.' }));
  },
  'account-changed': async ({ id }) => {
    const path = `/v1/merchants/${id}/bank-account-changes`;
    const account = { holder: '王小明', bankName: '工商银行', country: 'CN', number: '6222020000000000987' };
    const { body } = done(await w.world.admin.post(path, account));
    done(await w.world.reviewer.post(`${path}/${body.id}/approve`));
  },
};
const RAILS = ['http-bank', 'iso20022-file', 'csv-file'];
const latin = (at: number) => ({ holderLatin: `Wang Xiaoming ${'ABCD'[at] ?? ''}` });

describe.each(RAILS)('a merchant who is stopped between approval and submission (%s)', (rail) => {
  it.each(Object.keys(STOPS))('is not paid: %s', async (cause) => {
    const [paid, stopped] = [await w.merchant(500n, latin(0)), await w.merchant(300n, latin(1))];
    const draft = await w.approved([paid, stopped], { rail });
    await STOPS[cause]?.(stopped);
    const { status, body } = await w.step(draft.id, 'submit');
    expect([status, body.takenOut]).toEqual([
      200,
      [{ id: expect.any(String), merchant: stopped.id, reason: cause, amount: 300 }],
    ]);
    // What was approved stays bound; what is sent is said beside it.
    expect(body).toMatchObject({
      state: 'submitted',
      payoutCount: 2,
      controlSum: 800,
      approvalHash: draft.contentHash,
      contentHash: draft.contentHash,
      takenOutCount: 1,
      takenOutAmount: 300,
    });
    const held = cause === 'held' ? 70 : 0;
    expect(await w.balances(stopped.id)).toMatchObject({ available: 300, reserved: 0, held });
    const payouts = await w.payouts(draft.id);
    const what = (one: any) => [one.merchant, one.state, one.stopReason];
    expect(payouts.map(what).sort()).toEqual(
      [
        [paid.id, 'submitting', null],
        [stopped.id, 'cancelled', cause],
      ].sort(),
    );
    const log = await w.world.auditor.get(`/v1/audit-log?subject=${draft.id}`);
    const submitted = log.body.items.find((one: any) => one.action === 'payout-batch.submitted');
    expect(submitted.detail.takenOut).toEqual([{ payout: body.takenOut[0].id, reason: cause }]);

    if (rail === 'http-bank') {
      await w.poll();
      await w.poll();
      expect(w.bank.payments().filter(({ account }) => account === stopped.number)).toEqual([]);
      expect((await w.states(draft.id)).sort()).toEqual(['cancelled', 'paid']);
      expect(await w.batch(draft.id)).toMatchObject({ state: 'completed' });
    } else {
      const batch = await w.batch(draft.id);
      expect(batch.file).toMatchObject({ payments: 1, controlSum: 500 });
      const { text } = await w.world.maker.get(`/v1/payout-batches/${draft.id}/file`);
      const [mine, theirs] = [paid, stopped].map(({ id }) => payouts.find((one) => one.merchant === id).reference);
      expect([text.includes(mine), text.includes(theirs)]).toEqual([true, false]);
      if (rail === 'iso20022-file') expect(text).toContain('<CtrlSum>5.00</CtrlSum>');
    }
    await w.rest();
  });
});

describe('a batch of which all merchants were stopped', () => {
  it('is not submitted, says why, and is cancelled', async () => {
    const merchants = [await w.merchant(500n), await w.merchant(300n)];
    const draft = await w.approved(merchants);
    for (const merchant of merchants) await STOPS.suspended?.(merchant);
    const { status, body } = await w.step(draft.id, 'submit');
    expect([status, body.code]).toEqual([409, 'payout.empty-batch']);
    expect(body.payouts.map((one: any) => one.reason)).toEqual(['suspended', 'suspended']);
    expect(await w.batch(draft.id)).toMatchObject({ state: 'approved', takenOutCount: 0 });
    expect((await w.step(draft.id, 'cancel')).body.state).toBe('cancelled');
    expect(await w.balances(merchants[0]?.id ?? 'mer_none')).toMatchObject({ available: 500, reserved: 0 });
  });
});

describe('the batch after one of which a payout was taken out', () => {
  it('is compared with what was sent of it', async () => {
    const currency = 'USD';
    const account = { holder: 'Yinke', number: '1001244319000000017', bic: 'ICBKCNBJ', country: 'CN', town: 'Beijing' };
    done(await w.world.admin.put(`/v1/platform-accounts/${currency}`, account));
    const [paid, stopped] = [await w.merchant(500n, {}, currency), await w.merchant(300n, {}, currency)];
    const first = await w.approved([paid, stopped], { currency });
    await STOPS.suspended?.(stopped);
    done(await w.step(first.id, 'submit'));
    done(await w.world.reviewer.post(`/v1/merchants/${stopped.id}/reactivate`));
    const { body: next } = await w.draft([stopped], { currency });
    const { body } = await w.world.auditor.get(`/v1/payout-batches/${next.id}/differences`);
    expect(body.last).toMatchObject({ id: first.id, payoutCount: 1, controlSum: 500 });
    expect(body.newPayees.items.map((one: any) => one.merchant)).toEqual([stopped.id]);
    expect(body.missing.items.map((one: any) => one.merchant)).toEqual([paid.id]);
    await w.rest();
  });
});

describe('a merchant who is stopped after the submission and before the bank is called', () => {
  it.each(Object.keys(STOPS))('is not paid, and has the money again: %s', async (cause) => {
    const [paid, stopped] = [await w.merchant(500n), await w.merchant(300n)];
    const draft = await w.submitted([paid, stopped]);
    await STOPS[cause]?.(stopped);
    await w.poll();
    await w.poll();
    expect(w.bank.payments().filter(({ account }) => account === stopped.number)).toEqual([]);
    const payouts = await w.payouts(draft.id);
    const [one, other] = [paid, stopped].map(({ id }) => payouts.find(({ merchant }) => merchant === id));
    expect(one).toMatchObject({ state: 'paid', stopReason: null });
    expect(other).toMatchObject({ state: 'withdrawn', stopReason: cause, attempts: 0 });
    expect(await w.batch(draft.id)).toMatchObject({ state: 'completed', takenOutCount: 1, takenOutAmount: 300 });
    expect(await w.balances(stopped.id)).toMatchObject({ available: 300, held: cause === 'held' ? 70 : 0 });
    const log = await w.world.auditor.get(`/v1/audit-log?subject=${other.id}`);
    expect(log.body.items[0]).toMatchObject({
      action: 'payout.taken-out',
      detail: { batch: draft.id, reason: cause },
    });
  });

  it('is only asked about when the bank was called already, and sent again once the stop is over', async () => {
    const merchant = await w.merchant(300n);
    const { id, payouts } = await w.submitted([merchant]);
    const [{ reference }] = payouts;
    w.bank.behave({ does: 'error-before', reference, times: 1 });
    await w.poll();
    expect(await w.states(id)).toEqual(['unknown']);
    await STOPS.suspended?.(merchant);
    await w.poll();
    await w.poll();
    expect(w.bank.payment(reference)).toBeUndefined();
    expect((await w.payouts(id))[0]).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('it is not sent again: suspended'),
    });
    expect(await w.balances(merchant.id)).toMatchObject({ available: 0 });
    done(await w.world.reviewer.post(`/v1/merchants/${merchant.id}/reactivate`));
    await w.poll();
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect(w.bank.payment(reference)).toMatchObject({ executed: 1 });
  });

  it('is paid nothing more once one of two payouts has come back for a bad account', async () => {
    await w.policy({ maxAmount: 100, overMaximum: 'split' });
    const merchant = await w.merchant(200n);
    const { id, payouts } = await w.submitted([merchant]);
    await w.policy({});
    w.bank.behave({ does: 'bad-account', account: merchant.number });
    await w.db.query('UPDATE payout SET next_attempt_at = NOW(6) + INTERVAL 2 HOUR WHERE id = ?', [payouts[1].id]);
    await w.delivery.pollOpenPayouts();
    expect(await w.balances(merchant.id)).toMatchObject({ held: 100 });
    await w.db.query('UPDATE payout SET next_attempt_at = NOW(6) - INTERVAL 1 SECOND WHERE id = ?', [payouts[1].id]);
    await w.delivery.pollOpenPayouts();
    expect((await w.payouts(id)).map((one) => [one.state, one.stopReason])).toEqual([
      ['failed', null],
      ['withdrawn', 'held'],
    ]);
  });
});

const FILE = { rail: 'iso20022-file' };

/** As a process leaves a batch that died right after the submit. */
async function forgetFile(batchId: string): Promise<void> {
  await w.db.query('DELETE FROM payout_file WHERE batch_id = ?', [batchId]);
  await w.db.query('UPDATE payout_batch SET file_sha256 = NULL, file_bytes = NULL WHERE id = ?', [batchId]);
}

describe('a merchant who is stopped after the submission, while the file waits to be written', () => {
  it.each(Object.keys(STOPS))('is not in the file, and has the money again: %s', async (cause) => {
    const [paid, stopped] = [await w.merchant(500n, latin(0)), await w.merchant(300n, latin(1))];
    const batch = await w.submitted([paid, stopped], FILE);
    await forgetFile(batch.id);
    await STOPS[cause]?.(stopped);
    await w.delivery.submitWaitingPayouts();
    expect(await w.batch(batch.id)).toMatchObject({
      state: 'submitted',
      file: { payments: 1, controlSum: 500 },
      takenOutCount: 1,
      takenOutAmount: 300,
    });
    const payouts = await w.payouts(batch.id);
    const [one, other] = [paid, stopped].map(({ id }) => payouts.find(({ merchant }) => merchant === id));
    expect(one).toMatchObject({ state: 'submitting', stopReason: null });
    expect(other).toMatchObject({ state: 'withdrawn', stopReason: cause });
    const { text } = await w.world.maker.get(`/v1/payout-batches/${batch.id}/file`);
    expect([text.includes(one.reference), text.includes(other.reference)]).toEqual([true, false]);
    expect(await w.balances(stopped.id)).toMatchObject({ available: 300, held: cause === 'held' ? 70 : 0 });
    const log = await w.world.auditor.get(`/v1/audit-log?subject=${other.id}`);
    expect(log.body.items[0]).toMatchObject({ action: 'payout.taken-out', detail: { batch: batch.id, reason: cause } });
    await w.rest();
  });

  it('leaves a batch without a file, and done, when nobody else is in it', async () => {
    const merchant = await w.merchant(500n, latin(0));
    const batch = await w.submitted([merchant], FILE);
    await forgetFile(batch.id);
    await STOPS.suspended?.(merchant);
    for (let sweep = 0; sweep < 2; sweep += 1) await w.delivery.submitWaitingPayouts();
    expect(await w.batch(batch.id)).toMatchObject({ state: 'completed', file: null, takenOutCount: 1 });
    expect(await w.balances(merchant.id)).toMatchObject({ available: 500 });
    const log = await w.world.auditor.get(`/v1/audit-log?subject=${batch.payouts[0].id}`);
    expect(log.body.items.filter(({ action }: any) => action === 'payout.taken-out')).toHaveLength(1);
  });
});

describe('a file of which payouts were taken out', () => {
  it('is withdrawn without them', async () => {
    const [paid, stopped] = [await w.merchant(500n, latin(0)), await w.merchant(300n, latin(1))];
    const draft = await w.approved([paid, stopped], FILE);
    await STOPS.suspended?.(stopped);
    done(await w.step(draft.id, 'submit'));
    const path = `/v1/payout-batches/${draft.id}`;
    const asked = done(await w.world.maker.post(`${path}/withdraw`, { reason: 'Refused.' }));
    done(await w.world.checker.post(`${path}/requests/${asked.body.id}/approve`));
    expect((await w.states(draft.id)).sort()).toEqual(['cancelled', 'withdrawn']);
    expect(await w.balances(paid.id)).toMatchObject({ available: 500 });
    expect(await w.balances(stopped.id)).toMatchObject({ available: 300 });
  });

  it('is booked as one sum of what was in it', async () => {
    const [paid, other, stopped] = [
      await w.merchant(500n, latin(0)),
      await w.merchant(200n, latin(1)),
      await w.merchant(300n, latin(2)),
    ];
    const draft = await w.approved([paid, other, stopped], FILE);
    await STOPS.suspended?.(stopped);
    done(await w.step(draft.id, 'submit'));
    const [{ message_id: messageId }] = await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [
      draft.id,
    ]);
    const client = w.world.maker.with({ 'content-type': 'application/xml' });
    const { body } = done(
      await client.post('/v1/bank-reports', Buffer.from(camt([{ amount: '7.00', batch: { messageId } }], 'CNY'))),
    );
    expect(body.results).toMatchObject({ applied: 2 });
    expect((await w.states(draft.id)).sort()).toEqual(['cancelled', 'paid', 'paid']);
    const { items } = (await w.world.auditor.get('/v1/finance/reconciliation?currency=CNY')).body;
    expect(items.find((one: any) => one.id === draft.id).total).toMatchObject({
      count: 2,
      amount: 700,
    });
  });

  it('has no other file that would pay a merchant who was stopped since', async () => {
    const [paid, stopped] = [await w.merchant(500n, latin(0)), await w.merchant(300n, latin(1))];
    const draft = await w.submitted([paid, stopped], FILE);
    const path = `/v1/payout-batches/${draft.id}`;
    const { executionDate } = await w.batch(draft.id);
    const asked = done(await w.world.maker.post(`${path}/new-file`, { reason: 'Refused.', executionDate }));
    await STOPS.suspended?.(stopped);
    const refused = await w.world.checker.post(`${path}/requests/${asked.body.id}/approve`);
    expect(refused.body).toMatchObject({
      code: 'payout.stale',
      payouts: [{ merchant: stopped.id, reason: 'suspended' }],
    });
    expect((await w.batch(draft.id)).file.version).toBe(1);
  });
});
