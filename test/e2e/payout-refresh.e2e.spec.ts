import { PayoutWorld } from '../support/payouts.js';

let w: PayoutWorld;
beforeAll(async () => {
  w = await PayoutWorld.start();
});
afterAll(() => w.close());
beforeEach(() => w.policy({}));
afterEach(async () => {
  expect(await w.offenders()).toEqual([]);
});

const refresh = (id: string, by = w.world.maker) => by.post(`/v1/payout-batches/${id}/refresh`);
const suspend = (id: string) => w.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [id]);

describe('a draft of which some merchants cannot be paid any more', () => {
  it('is refused with who and why, refreshed by the maker, and approved anew without them', async () => {
    const merchants = [];
    for (const cash of [100n, 200n, 300n, 400n, 500n]) merchants.push(await w.merchant(cash));
    const [stays, takenBack, stopped, gone] = merchants;
    const { body: draft } = await w.draft(merchants);
    await w.step(draft.id, 'request-approval');
    await w.takeBack(takenBack?.id ?? 'mer_none', 50n);
    await w.world.maker.post('/v1/holds', { merchant: stopped?.id, asset: 'CNY', amount: 300, reason: 'Look.' });
    await suspend(gone?.id ?? '');

    const refused = await w.step(draft.id, 'approve');
    expect([refused.status, refused.body.code]).toEqual([409, 'payout.stale']);
    const why = Object.fromEntries(refused.body.payouts.map((one: any) => [one.merchant, one.reason]));
    expect(why).toEqual({
      [takenBack?.id ?? '']: 'less-available',
      [stopped?.id ?? '']: 'held',
      [gone?.id ?? '']: 'suspended',
    });
    expect(refused.body.without).toEqual({ payoutCount: 2, total: 600 });

    const { status, body } = await refresh(draft.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'draft',
      payoutCount: 2,
      total: 600,
      controlSum: 600,
      skippedCount: 3,
      droppedCount: 3,
      previousContentHash: draft.contentHash,
    });
    expect(body.contentHash).not.toBe(draft.contentHash);
    expect(Object.fromEntries(body.dropped.map((one: any) => [one.merchant, one.reason]))).toEqual(why);
    const { items } = (await w.world.auditor.get(`/v1/payout-batches/${draft.id}/skipped`)).body;
    expect(Object.fromEntries(items.map((one: any) => [one.merchant, one.reason]))).toEqual(why);

    expect((await w.step(draft.id, 'approve')).body.code).toBe('payout.wrong-state');
    await w.step(draft.id, 'request-approval');
    const approval = (contentHash: string) => w.step(draft.id, 'approve', w.world.checker, { contentHash });
    expect((await approval(draft.contentHash)).body.code).toBe('payout.approval-void');
    const approved = await approval(body.contentHash);
    expect(approved.body).toMatchObject({ state: 'approved', approvalHash: body.contentHash });
    expect(await w.balances(stays?.id ?? 'mer_none')).toMatchObject({ reserved: 100 });
    expect(await w.balances(takenBack?.id ?? 'mer_none')).toMatchObject({ available: 150, reserved: 0 });
    await w.step(draft.id, 'submit');
    await w.poll();
    await w.poll();
    expect(await w.states(draft.id)).toEqual(['paid', 'paid']);
  });

  it('names a bank account that changed', async () => {
    const merchant = await w.merchant(100n);
    const { body: draft } = await w.draft([merchant]);
    await w.step(draft.id, 'request-approval');
    await w.db.query("UPDATE bank_account SET number_hash = REPEAT('0', 64) WHERE owner_id = ?", [merchant.id]);
    const refused = await w.step(draft.id, 'approve');
    expect(refused.body).toMatchObject({ code: 'payout.stale', payouts: [{ reason: 'account-changed' }] });
    const { body } = await refresh(draft.id);
    expect(body).toMatchObject({ payoutCount: 0, total: 0, contentHash: null, droppedCount: 1 });
    expect((await w.step(draft.id, 'request-approval')).body.code).toBe('payout.empty-batch');
    expect((await w.step(draft.id, 'cancel')).body.state).toBe('cancelled');
  });

  it('names a bank account whose holder, bank, Latin name or town changed, as far as the rail says it', async () => {
    const person = {
      holder: '李娜',
      holderLatin: 'Li Na',
      country: 'DE',
      number: 'DE89370400440532013000',
      town: 'Berlin',
    };
    const file = { rail: 'iso20022-file' };
    const changes: [object, Record<string, unknown>, string][] = [
      [{ holder: '李娜娜' }, {}, 'account-changed'],
      [{ bankName: 'Other Bank' }, {}, 'account-changed'],
      [{ bic: 'COBADEFFXXX' }, {}, 'account-changed'],
      [{ holderLatin: 'Lina Li' }, file, 'account-changed'],
      [{ town: 'Hamburg' }, file, 'account-changed'],
      [{ holderLatin: 'Lina Li' }, {}, 'as it was'],
    ];
    const seen = [];
    for (const [change, rail] of changes) {
      const merchant = await w.merchant(100n, person);
      const { body: draft } = await w.draft([merchant], rail);
      await w.step(draft.id, 'request-approval');
      const account = { ...person, bankName: '工商银行', ...change };
      const path = `/v1/merchants/${merchant.id}/bank-account-changes`;
      const filed = await w.world.admin.post(path, account);
      expect([filed.status, filed.text]).toEqual([201, filed.text]);
      expect((await w.world.reviewer.post(`${path}/${filed.body.id}/approve`)).status).toBe(200);
      const { body } = await w.step(draft.id, 'approve');
      seen.push(body.payouts?.[0].reason ?? (body.state === 'approved' ? 'as it was' : body));
    }
    expect(seen).toEqual(changes.map(([, , expected]) => expected));
  });

  it('loses all parts of a merchant, and the first of two approvals', async () => {
    await w.policy({ maxAmount: 100, overMaximum: 'split', secondApproverAbove: 300 });
    const [split, fine] = [await w.merchant(250n), await w.merchant(400n)];
    const { body: draft } = await w.draft([split, fine]);
    expect(draft.payoutCount).toBe(7);
    await w.step(draft.id, 'request-approval');
    expect((await w.step(draft.id, 'approve')).body.firstApprovedBy).not.toBeNull();
    await w.takeBack(split.id, 1n);
    const second = await w.staffMember('finance-checker');
    const refused = await w.step(draft.id, 'approve', second);
    expect([refused.body.code, refused.body.payouts.length]).toEqual(['payout.insufficient-funds', 3]);
    const { body } = await refresh(draft.id);
    expect(body).toMatchObject({ state: 'draft', payoutCount: 4, total: 400, firstApprovedBy: null, droppedCount: 3 });
    await w.step(draft.id, 'request-approval');
    await w.step(draft.id, 'approve');
    expect((await w.step(draft.id, 'approve', second)).body.state).toBe('approved');
    await w.step(draft.id, 'cancel');
  });

  it('is refused to the first of two checkers too, before anything stands', async () => {
    await w.policy({ secondApproverAbove: 300 });
    const merchant = await w.merchant(400n);
    const { body: draft } = await w.draft([merchant]);
    await w.step(draft.id, 'request-approval');
    await w.takeBack(merchant.id, 1n);
    expect((await w.step(draft.id, 'approve')).body.code).toBe('payout.insufficient-funds');
    expect((await w.batch(draft.id)).firstApprovedBy).toBeNull();
  });

  it('stays as it is when nothing has to be dropped, twice and at once, and is no draft for ever', async () => {
    const [one, other] = [await w.merchant(100n), await w.merchant(200n)];
    const { body: draft } = await w.draft([one, other]);
    await w.step(draft.id, 'request-approval');
    expect((await refresh(draft.id)).body).toMatchObject({ state: 'awaiting-approval', droppedCount: 0 });
    await w.takeBack(other.id, 200n);
    const twice = await Promise.all([refresh(draft.id), refresh(draft.id)]);
    expect(twice.map(({ body }) => body.droppedCount).sort()).toEqual([0, 1]);
    expect((await w.batch(draft.id)).skippedCount).toBe(1);
    expect((await refresh(draft.id, w.world.checker)).status).toBe(403);
    await w.step(draft.id, 'cancel');
    expect((await refresh(draft.id)).body.code).toBe('payout.wrong-state');
  });

  it('does not take over what somebody changed by hand', async () => {
    const [one, other] = [await w.merchant(100n), await w.merchant(200n)];
    const { body: draft } = await w.draft([one, other]);
    await w.takeBack(other.id, 200n);
    await w.db.query("UPDATE payout SET holder_sent = 'Me' WHERE batch_id = ? AND merchant_id = ?", [draft.id, one.id]);
    expect((await refresh(draft.id)).body.code).toBe('payout.approval-void');
  });
});
