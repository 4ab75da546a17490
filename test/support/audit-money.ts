import { ScheduledDraftService } from '../../src/finance/payouts/batches/scheduled-draft.service.js';
import { CouponUseService } from '../../src/finance/assets/redemptions/coupon-use.service.js';
import { camt, pain002, type Booking } from './bank-reports.js';
import type { Answer } from './http-client.js';
import { IBANS, PayoutWorld } from './payouts.js';

const FILE = { rail: 'iso20022-file' };
const CSV = { rail: 'csv-file' };
const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/**
 * Payouts that have come to every end, and bank lines with every result. What they are is made through the API alone; what
 * keeps the tables from being wrong is gone.
 */
export async function payoutBooks(): Promise<PayoutWorld> {
  const w = await PayoutWorld.start();
  await callABank(w);
  await askForOtherFiles(w);
  await hearOfFiles(w);
  await stopMerchants(w);
  await leaveOpen(w);
  for (const key of ['payout DROP INDEX uq_payout_reference', 'payout DROP INDEX uq_payout_retry_of'])
    await w.db.query(`ALTER TABLE ${key}`);
  return w;
}

const done = <T extends { status: number; text: string }>(answer: T): T => {
  if (answer.status >= 300) throw new Error(answer.text);
  return answer;
};

const feeOf = (chargedTo: 'merchant' | 'platform') => ({ fee: { amount: 5, chargedTo } });

/** Over http: paid with fees of both kinds and by two approvals, refused and tried again, stated to have failed. */
async function callABank(w: PayoutWorld): Promise<void> {
  await w.policy({ ...feeOf('merchant'), secondApproverAbove: 1_000 });
  const { body: large } = await w.draft(await Promise.all([700n, 900n].map((cash) => w.merchant(cash))));
  done(await w.step(large.id, 'request-approval', await w.staffMember('finance-maker')));
  done(await w.step(large.id, 'approve'));
  done(await w.step(large.id, 'approve', await w.staffMember('finance-checker')));
  done(await w.step(large.id, 'submit'));
  await w.policy(feeOf('platform'));
  await w.submitted([await w.merchant(300n)]);

  const refused = await w.merchant(500n);
  w.bank.behave({ account: refused.number, does: 'reject', times: 1 });
  const { payouts } = await w.submitted([refused]);
  const unheard = await w.submitted([await w.merchant(700n), await w.merchant(710n)]);
  for (const { reference } of unheard.payouts) {
    w.bank.behave({ does: 'error-before', reference });
    w.bank.behave({ does: 'error-before', on: 'status', reference });
  }
  await w.poll();
  await w.poll();
  const { body: again } = done(await w.world.maker.post(`/v1/payouts/${payouts[0].id}/retry`, {}));
  for (const step of ['request-approval', 'approve', 'submit'] as const) done(await w.step(again.id, step));
  await w.poll();
  await w.poll();
  const [failed, unknown] = unheard.payouts;
  await decide(w, await state(w, failed.id), 'approve');
  await decide(w, await state(w, unknown.id), 'reject');
  await state(w, unknown.id);
}

const state = async (w: PayoutWorld, payout: string) =>
  done(
    await w.world.maker.post(`/v1/payouts/${payout}/failure-statements`, { evidence: 'Case 331.', reason: 'Lost.' }),
  );

async function decide(w: PayoutWorld, { body }: Answer, decision: 'approve' | 'reject'): Promise<void> {
  const url = `/v1/payouts/${body.payout}/failure-statements/${body.id}/${decision}`;
  done(await w.world.checker.post(url, decision === 'reject' ? { reason: 'No proof.' } : undefined));
}

/** Two batches that were withdrawn, one that has another file, and requests that were refused or wait. */
async function askForOtherFiles(w: PayoutWorld): Promise<void> {
  await w.policy(feeOf('merchant'));
  const ask = async (id: string, what: string, body: object) =>
    done(await w.world.maker.post(`/v1/payout-batches/${id}/${what}`, { reason: 'Refused.', ...body })).body;
  const answer = async ({ id, batch }: { id: string; batch: string }, decision: 'approve' | 'reject') =>
    done(
      await w.world.checker.post(
        `/v1/payout-batches/${batch}/requests/${id}/${decision}`,
        decision === 'reject' ? { reason: 'It is there.' } : undefined,
      ),
    );
  for (const rail of [FILE, CSV]) {
    const { id } = await w.submitted([await w.merchant(600n)], rail);
    await answer(await ask(id, 'withdraw', {}), 'approve');
  }
  const { id } = await w.submitted([await w.merchant(610n)], FILE);
  await answer(await ask(id, 'withdraw', {}), 'reject');
  await ask(id, 'withdraw', {});
  await w.policy({});
}

/** By file: all that a bank can say of a payment, and all that people can decide about a line. */
async function hearOfFiles(w: PayoutWorld): Promise<void> {
  const report = async (xml: string) => {
    const client = w.world.maker.with({ 'content-type': 'application/xml' });
    return done(await client.post('/v1/bank-reports', Buffer.from(xml))).body.lines;
  };
  let statements = 0;
  const tell = (bookings: Booking[], kind: '053' | '054' = '053') => {
    const messageId = `STMT-${String((statements += 1))}`;
    return report(
      camt(
        bookings.map((one) => ({ day: dayAfter(0), ...one })),
        'CNY',
        kind,
        { messageId },
      ),
    );
  };
  const act = async (line: { id: string }, step: string, body?: object, by = w.world.maker) =>
    done(await by.post(`/v1/bank-report-lines/${line.id}/${step}`, body));
  const sent = async (cash: bigint, rail = FILE) => (await w.submitted([await w.merchant(cash)], rail)).payouts[0];
  const reason = 'The correspondent bank took its share.';
  const agree = async (line: { id: string }, payout: string) => {
    await act(line, 'match', { payout, reason });
    await act(line, 'match/approve', undefined, w.world.checker);
  };

  await w.policy(feeOf('platform'));
  const back = await sent(600n);
  await w.policy({});
  await tell([{ reference: back.reference, amount: '6.50', instructed: '6.00', charges: '0.50' }]);
  await tell([{ reference: back.reference, amount: '5.80', returned: 'AC04' }]);
  const { body: holds } = await w.world.checker.get(`/v1/holds?merchant=${back.merchant}`);
  done(await w.world.checker.post(`/v1/holds/${holds.items[0].id}/release`, { reason }));
  const { body: again } = done(await w.world.maker.post(`/v1/payouts/${back.id}/retry`, {}));
  for (const step of ['request-approval', 'approve', 'submit'] as const) done(await w.step(again.id, step));
  await tell([{ reference: again.payouts[0].reference, amount: '6.00' }]);

  // Told twice, and only the second time what it cost; and once more by a booking that nobody knows.
  const later = await sent(1_000n);
  const booked = { reference: later.reference, amount: '10.00' };
  await tell([booked], '054');
  await tell([{ ...booked, amount: '11.50', instructed: '10.00', charges: '1.50' }]);
  await tell([booked], '054');
  const [second] = await tell([{ ...booked, day: dayAfter(3) }]);

  const byHand = await sent(1_100n, CSV);
  const [found] = await tell([{ reference: 'UNKNOWN', amount: '11.00' }]);
  await act(found, 'match', { payout: byHand.id });
  const [less, more] = [await sent(1_200n), await sent(1_300n)];
  const [short] = await tell([{ reference: 'LESS', amount: '11.50' }]);
  await agree(short, less.id);
  await tell([{ reference: more.reference, amount: '13.00' }]);
  const [plus] = await tell([{ reference: 'MORE', amount: '13.50', returned: 'AC04' }]);
  await agree(plus, more.id);

  const file = async (batch: string) =>
    (await w.db.query('SELECT message_id FROM payout_batch WHERE id = ?', [batch]))[0].message_id;
  const refused = await w.submitted([await w.merchant(1_400n)], FILE);
  const words = [{ reference: refused.payouts[0].reference, status: 'ACSP' }];
  await report(pain002({ original: await file(refused.id), payments: words }));
  const no = [{ reference: refused.payouts[0].reference, status: 'RJCT', reason: 'AM04' }];
  await report(pain002({ original: await file(refused.id), payments: no }));

  // Proposals that wait, of every kind of line that can have one.
  const open = await sent(1_500n);
  const [contradicting] = await tell([{ reference: open.reference, amount: '14.00' }]);
  const [unmatched] = await tell([{ reference: 'NOBODY', amount: '14.10' }]);
  for (const line of [contradicting, unmatched, second]) await act(line, 'match', { payout: open.id, reason });
  const [rent] = await tell([{ reference: 'RENT', amount: '99.00' }]);
  await act(rent, 'dismiss', { reason: 'Rent of the office.' });
  await tell([{ reference: open.reference, amount: '15.00', pending: true }]);
  await tell([{ reference: 'STRANGER', amount: '77.00' }]);
}

/** Merchants who are suspended when their payouts are approved, or submitted; one of their batches is withdrawn besides. */
async function stopMerchants(w: PayoutWorld): Promise<void> {
  const suspend = async ({ id }: { id: string }) =>
    done(await w.world.reviewer.post(`/v1/merchants/${id}/suspend`, { reason: 'A complaint.' }));
  for (const rail of [FILE, { rail: 'http-bank' }]) {
    const [stopped, late] = [await w.merchant(330n), await w.merchant(340n)];
    const { id } = await w.approved([stopped, late], rail);
    await suspend(stopped);
    done(await w.step(id, 'submit'));
    if (rail === FILE) {
      const { body } = done(await w.world.maker.post(`/v1/payout-batches/${id}/withdraw`, { reason: 'Refused.' }));
      done(await w.world.checker.post(`/v1/payout-batches/${id}/requests/${body.id}/approve`));
    } else await suspend(late);
  }
  await w.poll();
  done(await w.step((await w.approved([await w.merchant(350n)])).id, 'cancel'));
}

/** What waits for people or for the bank; nothing is asked of the bank after this. */
async function leaveOpen(w: PayoutWorld): Promise<void> {
  await w.submitted([await w.merchant(310n)]);
  await w.poll();
  await w.submitted([await w.merchant(400n)]);
  await w.policy({ secondApproverAbove: 100 });
  const abroad = { number: IBANS[0], country: 'DE', holder: 'Erika Mustermann', town: 'Berlin' };
  const { body: half } = await w.draft([await w.merchant(510n, abroad)], FILE);
  done(await w.step(half.id, 'request-approval'));
  done(await w.step(half.id, 'approve'));
  await w.policy({});
  await w.approved([await w.merchant(500n)]);
  await w.draft([await w.merchant(520n)]);
  const merchant = await w.merchant(0n);
  const daily = { currency: 'CNY', rail: 'http-bank', timeZone: 'Asia/Shanghai', time: '09:00' };
  const everyDay = { ...daily, weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const { body: schedule } = done(await w.world.maker.post('/v1/payout-schedules', everyDay));
  await w.db.query('UPDATE payout_schedule SET next_due_at = NOW(6) - INTERVAL 1 DAY WHERE id = ?', [schedule.id]);
  await w.testApp.app.get(ScheduledDraftService).draftDueBatches();

  const template = { name: 'TEA', title: 'Tea', currency: 'CNY', kind: 'amount-off', amount: 500, validDays: 30 };
  done(await w.world.admin.post('/v1/coupon-templates', template));
  await w.credit(merchant.id, 1n, 'COUPON:TEA');
  const [{ code }] = await w.db.query('SELECT code FROM coupon');
  const lines = [{ sku: 'tea', quantity: 1, unitPrice: 900, lineTotal: 900 }];
  const order = { orderId: 'order-1', currency: 'CNY', lines };
  await w.testApp.app.get(CouponUseService, { strict: false }).reserve('sto_a', code, order);
}
