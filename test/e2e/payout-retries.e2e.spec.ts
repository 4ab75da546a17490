import { Ledger } from '../../src/finance/ledger/ledger.js';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { camt } from '../support/bank-reports.js';
import { PayoutWorld } from '../support/payouts.js';
import type { MerchantId } from '../../src/shared/ids.js';

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

const retry = (id: string, body?: object) => w.world.maker.post(`/v1/payouts/${id}/retry`, body ?? {});
const code = ({ status, body }: { status: number; body: any }) => [status, body.code];

async function failed(cash = 500n) {
  const merchant = await w.merchant(cash);
  w.bank.behave({ account: merchant.number, does: 'reject', times: 1 });
  const { id, payouts } = await w.submitted([merchant]);
  await w.poll();
  expect(await w.states(id)).toEqual(['failed']);
  return { merchant, payout: payouts[0] };
}

/** What a person does who releases held money. */
async function release(merchantId: MerchantId, amount: bigint) {
  await w.testApp.app.get(UnitOfWork).run((tx) =>
    w.testApp.app.get(Ledger).post(tx, [{ merchantId, asset: 'CNY' }], (book) =>
      book.post({
        businessKey: `test:release:${merchantId}`,
        kind: 'release',
        description: 'A test.',
        occurredAt: new Date(),
        cause: { type: 'hold', id: 'hld_test' },
        entries: [
          { owner: merchantId, asset: 'CNY', account: 'held', amount: -amount },
          { owner: merchantId, asset: 'CNY', account: 'available', amount },
        ],
      }),
    ),
  );
}

describe('a payout that failed', () => {
  it('is tried again by a new payout that names it, with a reference of its own, once', async () => {
    const { merchant, payout } = await failed();
    await w.credit(merchant.id, 70n);
    const draft = await retry(payout.id);
    expect(draft.status).toBe(201);
    expect(draft.body).toMatchObject({ state: 'draft', payoutCount: 1, total: 500 });
    const [again] = draft.body.payouts;
    expect(again).toMatchObject({ retryOf: payout.id, amount: 500, rail: 'http-bank' });
    expect(again.reference).not.toBe(payout.reference);
    expect(code(await retry(payout.id))).toEqual([409, 'payout.already-retried']);
    for (const step of ['request-approval', 'approve', 'submit'] as const)
      expect((await w.step(draft.body.id, step)).status).toBe(200);
    await w.poll();
    await w.poll();
    expect(await w.states(draft.body.id)).toEqual(['paid']);
    expect(await w.balances(merchant.id)).toMatchObject({ available: 70 });
    expect(w.bank.payment(payout.reference)).toMatchObject({ executed: 0 });
    expect(w.bank.payment(again.reference)).toMatchObject({ executed: 1, amount: 500 });
    expect(code(await retry(again.id))).toEqual([409, 'payout.wrong-state']);
  });

  it('is tried again once by many who want it at the same time', async () => {
    const { payout } = await failed();
    const answers = await Promise.all(Array.from({ length: 8 }, () => retry(payout.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  });

  it('may leave by another rail, at the terms that are in force now', async () => {
    const { payout } = await failed();
    await w.policy({ fee: { amount: 3, chargedTo: 'merchant' } });
    const { body } = await retry(payout.id, { rail: 'csv-file', fileFormat: 'csv-generic' });
    await w.policy({});
    expect(body).toMatchObject({ rail: 'csv-file', fileFormat: 'csv-generic', controlSum: 497 });
    expect(body.payouts).toMatchObject([{ amount: 500, sentAmount: 497, rail: 'csv-file' }]);
  });

  it('is not tried again when its money is gone, or the merchant cannot be paid', async () => {
    const { merchant, payout } = await failed();
    await w.takeBack(merchant.id, 1n);
    expect(code(await retry(payout.id))).toEqual([409, 'payout.insufficient-funds']);
    await w.takeBack(merchant.id, 600n);
    expect(await retry(payout.id)).toMatchObject({
      status: 409,
      body: { code: 'payout.not-payable', detail: expect.stringContaining('owed') },
    });
    await w.credit(merchant.id, 700n);
    await w.policy({ maxAmount: 499, overMaximum: 'split' });
    expect(code(await retry(payout.id))).toEqual([409, 'payout.not-payable']);
    await w.policy({});
    await w.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [merchant.id]);
    expect(code(await retry(payout.id))).toEqual([409, 'payout.not-payable']);
    expect((await w.db.query('SELECT id FROM payout WHERE retry_of = ?', [payout.id])).length).toBe(0);
  });

  it('is bound by the approval as the one that is tried again', async () => {
    const [one, other] = [await failed(), await failed()];
    const { body } = await retry(one.payout.id);
    await w.step(body.id, 'request-approval');
    await w.db.query('UPDATE payout SET retry_of = ? WHERE batch_id = ?', [other.payout.id, body.id]);
    expect(code(await w.step(body.id, 'approve'))).toEqual([409, 'payout.approval-void']);
    await w.db.query('UPDATE payout SET retry_of = ? WHERE batch_id = ?', [one.payout.id, body.id]);
    expect((await w.step(body.id, 'approve')).status).toBe(200);
  });
});

describe('a payout that was returned', () => {
  it('is tried again only after people have released the money', async () => {
    const merchant = await w.merchant(500n);
    const { payouts } = await w.submitted([merchant]);
    await w.poll();
    await w.poll();
    const [{ id, reference }] = payouts;
    expect(code(await retry(id))).toEqual([409, 'payout.wrong-state']);
    await w.world.maker
      .with({ 'content-type': 'application/xml' })
      .post('/v1/bank-reports', Buffer.from(camt([{ reference, amount: '5.00', returned: 'AC04' }])));
    expect(await retry(id)).toMatchObject({
      status: 409,
      body: { code: 'payout.not-payable', detail: expect.stringContaining('held') },
    });
    await release(merchant.id, 500n);
    expect((await retry(id)).body.payouts).toMatchObject([{ retryOf: id, amount: 500 }]);
  });
});

describe('a payout whose outcome is not known', () => {
  it('is never tried again: “A retry after an error sends a fresh payment reference, and pays twice”', async () => {
    const merchant = await w.merchant(500n);
    w.bank.behave({ account: merchant.number, does: 'error-after' });
    w.bank.behave({ on: 'status', account: merchant.number, does: 'error-before' });
    const { id, payouts } = await w.submitted([merchant]);
    await w.poll();
    expect(await w.states(id)).toEqual(['unknown']);
    expect(code(await retry(payouts[0].id))).toEqual([409, 'payout.wrong-state']);
  });

  it('nor is one that is not there, nor by whom it does not concern', async () => {
    const { payout } = await failed();
    expect(code(await retry('pay_nothing'))).toEqual([404, 'payout.not-found']);
    for (const who of [w.world.checker, w.world.auditor, w.world.sk])
      expect((await who.post(`/v1/payouts/${payout.id}/retry`, {})).status).toBe(403);
    expect((await retry(payout.id, { rail: 'pigeon' })).status).toBe(422);
  });
});
