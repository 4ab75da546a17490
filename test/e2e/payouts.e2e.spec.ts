import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
beforeEach(() => w.bank.forget());
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
  expect(w.bank.conflicts()).toEqual([]);
});

describe('claim 12: cash is transferred to the bank account and the balance is modified by the amount transferred', () => {
  it('takes the money out of the available balance before the bank is asked, and the bank ends with the same amount', async () => {
    const merchant = await w.merchant(12_345n);
    const draft = await w.draft([merchant]);
    expect(draft.status).toBe(201);
    expect(draft.body).toMatchObject({ state: 'draft', payoutCount: 1, controlSum: 12_345, skipped: [] });
    expect(await w.balances(merchant.id)).toMatchObject({ available: 12_345, reserved: 0 });

    const { id, payouts } = draft.body;
    expect(payouts[0]).toMatchObject({
      amount: 12_345,
      beneficiary: { maskedNumber: `••••${merchant.number.slice(-4)}` },
    });
    expect(draft.text).not.toContain(merchant.number);
    await w.step(id, 'request-approval');
    await w.step(id, 'approve');
    expect(await w.balances(merchant.id)).toMatchObject({ available: 0, reserved: 12_345 });

    const submitted = await w.step(id, 'submit');
    expect(submitted.body.state).toBe('submitted');
    expect(await w.balances(merchant.id)).toMatchObject({ available: 0, reserved: 0 });
    expect(w.bank.payment(payouts[0].reference)).toBeUndefined();

    await w.delivery.submitWaitingPayouts([id]);
    expect(await w.states(id)).toEqual(['accepted']);
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect((await w.batch(id)).state).toBe('completed');
    expect(w.bank.payment(payouts[0].reference)).toMatchObject({
      amount: 12_345,
      account: merchant.number,
      executed: 1,
    });
  });

  it('gives the money back when the bank refuses, and says why', async () => {
    const [refused, closed, fine] = [await w.merchant(100n), await w.merchant(200n), await w.merchant(300n)];
    w.bank.behave({ account: refused.number, does: 'reject' });
    w.bank.behave({ account: closed.number, does: 'bad-account' });
    const { id } = await w.submitted([refused, closed, fine]);
    await w.poll();
    await w.poll();
    const byMerchant = new Map((await w.payouts(id)).map((payout) => [payout.merchant, payout]));
    expect(byMerchant.get(refused.id)).toMatchObject({ state: 'failed', reasonCode: 'AM04', reason: 'refused' });
    expect(byMerchant.get(closed.id)).toMatchObject({ state: 'failed', reasonCode: 'AC04' });
    expect(byMerchant.get(fine.id)).toMatchObject({ state: 'paid' });
    expect(await w.balances(refused.id)).toMatchObject({ available: 100, held: 0 });
    expect(await w.balances(closed.id)).toMatchObject({ available: 0, held: 200 });
    expect((await w.draft([closed])).body.skipped).toMatchObject([{ merchant: closed.id, reason: 'held' }]);
  });

  it.each([
    'time-out-before',
    'time-out-after',
    'error-before',
    'error-after',
    'break-before',
    'break-after',
    'garbage',
    'other-amount',
  ] as const)('pays once when the bank’s answer is lost: %s', async (does) => {
    const merchant = await w.merchant(500n);
    w.bank.behave({ account: merchant.number, does, times: 1 });
    const { id, payouts } = await w.submitted([merchant]);
    const send = () => w.delivery.submitWaitingPayouts([id]);
    await (does.startsWith('time-out') ? w.impatiently(send) : send());
    expect(await w.states(id)).toEqual(['unknown']);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 0, reserved: 0, held: 0 });
    for (let i = 0; i < 3; i += 1) await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    const sent = w.bank.payments().filter((payment) => payment.account === merchant.number);
    expect(sent).toMatchObject([{ reference: payouts[0].reference, executed: 1 }]);
  });

  it('leaves an unknown payout unknown for as long as the bank does not answer', async () => {
    const merchant = await w.merchant(500n);
    w.bank.behave({ account: merchant.number, does: 'error-after' });
    w.bank.behave({ on: 'status', account: merchant.number, does: 'error-before' });
    const { id, payouts } = await w.submitted([merchant]);
    for (let i = 0; i < 4; i += 1) await w.poll();
    expect(await w.states(id)).toEqual(['unknown']);
    w.bank.forget();
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect(w.bank.payment(payouts[0].reference)).toMatchObject({ executed: 1, submitted: 1 });
  });

  it('waits with the same reference when the bank wants it to', async () => {
    const merchant = await w.merchant(500n);
    w.bank.behave({ account: merchant.number, does: 'rate-limit', times: 2 });
    const { id, payouts } = await w.submitted([merchant]);
    await w.delivery.submitWaitingPayouts([id]);
    expect(await w.states(id)).toEqual(['submitting']);
    for (let i = 0; i < 4; i += 1) await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    expect(w.bank.payment(payouts[0].reference)).toMatchObject({ executed: 1 });
  });

  it('hears a refusal after the acceptance', async () => {
    const merchant = await w.merchant(500n);
    w.bank.behave({ account: merchant.number, does: 'accept-then-reject' });
    const { id } = await w.submitted([merchant]);
    for (let i = 0; i < 3; i += 1) await w.poll();
    expect(await w.states(id)).toEqual(['failed']);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 500 });
  });

  it('takes up a payout whose process died between commit and call, or between call and commit', async () => {
    const [before, after] = [await w.merchant(100n), await w.merchant(200n)];
    const { id, payouts } = await w.submitted([before, after]);
    // Died after the claim: the attempt is counted, and for one of them the bank was called.
    await w.db.query('UPDATE payout SET attempts = 1 WHERE batch_id = ?', [id]);
    const called = payouts.find((payout: any) => payout.merchant === after.id);
    const creditor = { name: '王小明', account: after.number, bankName: '工商银行', bic: null, country: 'CN' };
    await fetch(`${w.bank.url}/payments`, {
      method: 'POST',
      body: JSON.stringify({ reference: called.reference, amount: 200, currency: 'CNY', creditor }),
    });
    for (let i = 0; i < 3; i += 1) await w.poll();
    expect(await w.states(id)).toEqual(['paid', 'paid']);
    expect(payouts.map((payout: any) => w.bank.payment(payout.reference))).toMatchObject([
      { executed: 1, submitted: 1 },
      { executed: 1, submitted: 1 },
    ]);
  });

  it('is sent once by eight workers at once', async () => {
    const merchants = await Promise.all(Array.from({ length: 10 }, () => w.merchant(700n)));
    const { id, payouts } = await w.submitted(merchants);
    // Every call of the bank lasts until all eight have looked for work: a second caller would not find it done.
    let release = (): void => undefined;
    const everybody = new Promise<void>((resolve) => (release = resolve));
    w.bank.behave({ does: 'accept', first: () => everybody });
    const workers = Array.from({ length: 8 }, () => w.delivery.submitWaitingPayouts([id]));
    setTimeout(release, 1_500);
    await Promise.all(workers);
    for (const { reference } of payouts) {
      expect(w.bank.payment(reference)).toMatchObject({ executed: 1, submitted: 1 });
      // Nobody had reason to ask either.
      expect(w.bank.payment(reference)?.asked).toBe(0);
    }
    expect((await w.payouts(id)).map(({ attempts }) => attempts)).toEqual(Array(10).fill(1));
    await w.poll();
  });
});

describe('maker and checker', () => {
  it('are two people, whatever their roles', async () => {
    const merchant = await w.merchant(100n);
    const both = await w.staffMember('finance-maker', 'finance-checker');
    const { body } = await both.post('/v1/payout-batches', {
      currency: 'CNY',
      rail: 'http-bank',
      merchants: [merchant.id],
    });
    await w.step(body.id, 'request-approval');
    const own = await w.step(body.id, 'approve', both);
    expect([own.status, own.body.code]).toEqual([409, 'payout.same-person']);

    const { body: second } = await w.draft([merchant]);
    await w.step(second.id, 'request-approval', both);
    expect((await w.step(second.id, 'approve', both)).body.code).toBe('payout.same-person');
    expect((await w.step(second.id, 'approve', w.world.maker)).status).toBe(403);
    expect((await w.step(second.id, 'approve')).status).toBe(200);
    await w.step(second.id, 'cancel');
  });

  it.each([
    ['the amount', 'amount = amount + 1, sent_amount = sent_amount + 1'],
    ['the fee', 'fee = 1, sent_amount = sent_amount - 1'],
    ['the beneficiary’s account', "number_hash = REPEAT('0', 64)"],
    ['the holder', "holder = 'Somebody Else', holder_sent = 'Somebody Else'"],
    ['the bank', "bic = 'DEUTDEFF'"],
    ['the reference', "reference = CONCAT('X', reference)"],
  ])('approve what stands there: %s changed behind their back voids it', async (_, change) => {
    const merchant = await w.merchant(100n);
    const [early, late] = [await w.draft([merchant]), await w.approved([merchant])];
    await w.step(early.body.id, 'request-approval');
    const rows = await w.db.query('SELECT * FROM payout WHERE batch_id IN (?)', [[early.body.id, late.id]]);
    await w.db.query(`UPDATE payout SET ${change} WHERE batch_id IN (?)`, [[early.body.id, late.id]]);
    expect((await w.step(early.body.id, 'approve')).body.code).toBe('payout.approval-void');
    expect(await w.step(late.id, 'submit')).toMatchObject({ status: 409, body: { code: 'payout.approval-void' } });
    expect(await w.offenders()).not.toEqual([]);
    // What was reserved comes back as the ledger knows it, whatever the row says.
    expect((await w.step(late.id, 'cancel')).status).toBe(200);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 100, reserved: 0 });
    for (const row of rows)
      await w.db.query(
        'UPDATE payout SET amount = ?, sent_amount = ?, fee = ?, number_hash = ?, holder = ?, holder_sent = ?, bic = ?, reference = ? WHERE id = ?',
        [
          row.amount,
          row.sent_amount,
          row.fee,
          row.number_hash,
          row.holder,
          row.holder_sent,
          row.bic,
          row.reference,
          row.id,
        ],
      );
  });

  it('approve anew when the operator’s own account was changed in between', async () => {
    const merchant = await w.merchant(100n, {}, 'USD');
    const { id } = await w.approved([merchant], { currency: 'USD' });
    const account = {
      holder: 'Yinke Two Inc',
      number: '111122223333',
      bic: 'CHASUS33XXX',
      country: 'US',
      town: 'Boston',
    };
    const put = await w.world.admin.put('/v1/platform-accounts/USD', account);
    expect(put).toMatchObject({ status: 200, body: { currency: 'USD', maskedNumber: '••••3333' } });
    expect((await w.step(id, 'submit')).body.code).toBe('payout.approval-void');
    await w.step(id, 'cancel');
  });

  it('do not approve merchants who were stopped or changed their bank account since the draft', async () => {
    const merchant = await w.merchant(100n);
    const { body } = await w.draft([merchant]);
    await w.step(body.id, 'request-approval');
    await w.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [merchant.id]);
    expect(await w.step(body.id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'payout.stale', payouts: [{ merchant: merchant.id }] },
    });
    expect((await w.draft([merchant])).body.skipped).toMatchObject([{ reason: 'suspended' }]);
    await w.step(body.id, 'cancel');
  });

  it('leave things as they were when a batch is rejected or cancelled, and every step is taken once', async () => {
    const merchant = await w.merchant(100n);
    const { body: draft } = await w.draft([merchant]);
    expect((await w.step(draft.id, 'approve')).body.code).toBe('payout.wrong-state');
    await w.step(draft.id, 'request-approval');
    expect((await w.step(draft.id, 'request-approval')).body.code).toBe('payout.wrong-state');
    const rejected = await w.step(draft.id, 'reject', undefined, { reason: '金额不对' });
    expect(rejected.body).toMatchObject({ state: 'rejected', endReason: '金额不对' });
    const { id } = await w.approved([merchant]);
    await w.step(id, 'cancel');
    expect(await w.balances(merchant.id)).toMatchObject({ available: 100, reserved: 0 });
    for (const step of ['submit', 'cancel', 'approve'] as const)
      expect([step, (await w.step(id, step)).body.code]).toEqual([step, 'payout.wrong-state']);
  });
});

describe('known mistakes of others', () => {
  it('“Withdrawal reads the balance, then subtracts with no guard; two requests overdraw”: several drafts and approvals at once never spend the same cent', async () => {
    const merchants = await Promise.all(Array.from({ length: 5 }, () => w.merchant(1000n)));
    const drafts = await Promise.all(Array.from({ length: 6 }, () => w.draft(merchants)));
    await Promise.all(drafts.map(({ body }) => w.step(body.id, 'request-approval')));
    const approvals = await Promise.all(drafts.map(({ body }) => w.step(body.id, 'approve')));
    expect(approvals.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    const refused = approvals.find(({ status }) => status === 409)!;
    expect(refused.body.code).toBe('payout.insufficient-funds');
    expect(refused.body.payouts).toHaveLength(5);
    for (const { id } of merchants) expect(await w.balances(id)).toMatchObject({ available: 0, reserved: 1000 });
  });

  it('“Refuse, fail and succeed check no state, so a repeat credits again”, “A compare-and-set whose result nobody reads”: of submits and cancels at once one wins', async () => {
    const merchant = await w.merchant(1000n);
    const { id } = await w.approved([merchant]);
    const answers = await Promise.all(
      (['submit', 'cancel', 'submit', 'cancel', 'submit'] as const).map((step) => w.step(id, step)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    await w.poll();
    await w.poll();
    const paid = w.bank.payments().filter((payment) => payment.account === merchant.number);
    const { available, reserved } = await w.balances(merchant.id);
    expect({ available, reserved, paid: paid.length }).toEqual(
      (await w.batch(id)).state === 'cancelled'
        ? { available: 1000, reserved: 0, paid: 0 }
        : { available: 0, reserved: 0, paid: 1 },
    );
  });

  it('“A retry after an error sends a fresh payment reference, and pays twice”: a payout has one reference for ever', async () => {
    const merchant = await w.merchant(1000n);
    w.bank.behave({ account: merchant.number, does: 'time-out-after', times: 1 });
    w.bank.behave({ on: 'status', account: merchant.number, does: 'error-before', times: 2 });
    const { id, payouts } = await w.submitted([merchant]);
    await w.impatiently(() => w.poll());
    for (let i = 0; i < 4; i += 1) await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
    const sent = w.bank.payments().filter((payment) => payment.account === merchant.number);
    expect(sent.map(({ reference, executed }) => [reference, executed])).toEqual([[payouts[0].reference, 1]]);
  });

  it('“The transfer call sits inside the database transaction”: while the bank is silent nothing is locked', async () => {
    const merchant = await w.merchant(1000n);
    const { id, payouts } = await w.submitted([merchant]);
    const found: unknown[] = [];
    const lookForLocks = async () => {
      const locked = [
        ['SELECT id FROM payout WHERE id = ? FOR UPDATE NOWAIT', payouts[0].id],
        ['SELECT id FROM payout_batch WHERE id = ? FOR UPDATE NOWAIT', id],
        ['SELECT merchant_id FROM account WHERE merchant_id = ? FOR UPDATE NOWAIT', merchant.id],
      ];
      for (const [sql, key] of locked) found.push(await w.db.query(sql as string, [key]).catch(String));
    };
    w.bank.behave({ account: merchant.number, does: 'accept', first: lookForLocks });
    await w.delivery.submitWaitingPayouts([id]);
    expect(found).toEqual([[{ id: payouts[0].id }], [{ id }], [{ merchant_id: merchant.id }]]);
    await w.poll();
    expect(await w.states(id)).toEqual(['paid']);
  });

  it('“The hold bypassed by a manual pay endpoint”: what is held, owed or pending is never drafted', async () => {
    const [held, owing] = [await w.merchant(100n), await w.merchant(100n)];
    w.bank.behave({ account: held.number, does: 'bad-account' });
    await w.submitted([held, owing]);
    await w.poll();
    await w.poll();
    await w.credit(held.id, 70n);
    await w.takeBack(owing.id, 30n);
    const { body } = await w.draft([held, owing]);
    expect(body).toMatchObject({ payoutCount: 0, payouts: [] });
    expect(new Map(body.skipped.map((skip: any) => [skip.merchant, skip.reason]))).toEqual(
      new Map([
        [held.id, 'held'],
        [owing.id, 'owed'],
      ]),
    );
    expect((await w.step(body.id, 'request-approval')).body.code).toBe('payout.empty-batch');
  });
});

describe('a draft', () => {
  it('names everybody who is left out, with the reason', async () => {
    const [small, none, closed] = [await w.merchant(99n), await w.merchant(500n, null), await w.merchant(500n)];
    await w.db.query("UPDATE merchant SET state = 'closed' WHERE id = ?", [closed.id]);
    const unknown = { id: 'mer_01kaq00000000000000000000x' };
    const { body } = await w.draft([small, none, closed, unknown], { minAmount: 100 });
    expect(Object.fromEntries(body.skipped.map((skip: any) => [skip.merchant, skip.reason]))).toEqual({
      [small.id]: 'below-minimum',
      [none.id]: 'no-bank-account',
      [closed.id]: 'closed',
      [unknown.id]: 'unknown-merchant',
    });
    const listed = await w.world.auditor.get(`/v1/payout-batches/${body.id}/skipped?limit=3`);
    expect(listed.body.items).toHaveLength(3);
    expect(listed.body.nextCursor).not.toBeNull();
  });

  it('takes null for what is left out', async () => {
    const one = await w.merchant(10n);
    const { status, body } = await w.draft([one], { fileFormat: null, minAmount: null });
    expect([status, body.payoutCount]).toEqual([201, 1]);
  });

  it('is refused when it makes no sense, and nothing changes', async () => {
    const bad: [Record<string, unknown>, number, string][] = [
      [{ rail: 'wechat-pay' }, 422, 'payout.rail-not-available'],
      [{ rail: 'csv-file', fileFormat: 'pain.001.001.03' }, 422, 'request.invalid'],
      [{ rail: 'http-bank', fileFormat: 'csv-generic' }, 422, 'request.invalid'],
      [{ rail: 'pigeon' }, 422, 'request.invalid'],
      [{ currency: 'KWD' }, 409, 'payout.no-platform-account'],
      [{ currency: 'XXZ' }, 422, 'request.invalid'],
      [{ minAmount: 0 }, 422, 'request.invalid'],
      [{ minAmount: 1.5 }, 422, 'request.invalid'],
      [{ minAmount: '100' }, 422, 'request.invalid'],
      [{ merchants: [] }, 422, 'request.invalid'],
      [{ merchants: ["mer_' OR 1=1"] }, 422, 'request.invalid'],
      [{ surprise: true }, 422, 'request.invalid'],
    ];
    const [{ before }] = await w.db.query('SELECT COUNT(*) `before` FROM payout_batch');
    for (const [change, status, code] of bad) {
      const answer = await w.draft([], { merchants: undefined, ...change });
      expect([change, answer.status, answer.body.code]).toEqual([change, status, code]);
    }
    const [{ after }] = await w.db.query('SELECT COUNT(*) `after` FROM payout_batch');
    expect(after).toBe(before);
    expect((await w.world.sk.post('/v1/payout-batches', { currency: 'CNY', rail: 'http-bank' })).status).toBe(403);
    expect((await w.world.checker.post('/v1/payout-batches', { currency: 'CNY', rail: 'http-bank' })).status).toBe(403);
    expect((await w.step('pba_nothing', 'approve')).status).toBe(404);
  });

  it('pages through batches and payouts', async () => {
    const merchants = await Promise.all([1n, 2n, 3n].map((cash) => w.merchant(cash)));
    const { body } = await w.draft(merchants);
    const first = await w.world.auditor.get(`/v1/payout-batches/${body.id}/payouts?limit=2`);
    const second = await w.world.auditor.get(
      `/v1/payout-batches/${body.id}/payouts?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect([...first.body.items, ...second.body.items].map((payout: any) => payout.id)).toEqual(
      body.payouts.map((payout: any) => payout.id),
    );
    expect(second.body.nextCursor).toBeNull();
    expect((await w.world.auditor.get('/v1/payout-batches?limit=1')).body.items[0].id).toBe(body.id);
  });
});
