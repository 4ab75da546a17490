// @ts-check
/** Batches of payouts in every state, what people ask of them, transfers over WeChat Pay, and lines of the bank. */
import { bookingNotice } from '../../../demo/bank-answer.mjs';

/** @typedef {import('./garden.mjs').Garden} Garden */

const WANTED = 4;
const FILE = 'iso20022-file';
const reason = 'Asked for by the merchant.';

/** @param {Garden} garden */
export async function growPayouts(garden) {
  const { currency, stock } = garden;
  // Whatever was accepted about the terms of payouts meanwhile.
  await garden.do('setPayoutPolicy', { path: { currency }, json: {} });
  const { draft, asked, approved, submitted } = steps(garden);

  stock.items.delete('draftPayoutBatch');
  const { id: someone } = await garden.merchant();
  await garden.pay(someone, 1_000);
  stock.give('draftPayoutBatch', { json: { currency, rail: FILE, merchants: [someone] } }, Infinity);
  const at = (/** @type {{ id: string }} */ { id }) => ({ path: { id } });
  for (const id of ['requestPayoutBatchApproval', 'cancelPayoutBatch'])
    await garden.fill(id, WANTED, async () => at(await draft()));
  await garden.fill('refreshPayoutBatch', WANTED, async () => at(await draft()), 4);
  await garden.fill('approvePayoutBatch', WANTED, async () => {
    const { id, contentHash } = await asked();
    return { path: { id }, json: { contentHash } };
  });
  await garden.fill('rejectPayoutBatch', WANTED, async () => ({ ...at(await asked()), json: { reason } }));
  await garden.fill('submitPayoutBatch', WANTED, async () => ({ ...at(await approved()), json: {} }));
  await garden.fill('requestPayoutBatchWithdrawal', WANTED, async () => ({
    ...at(await submitted()),
    json: { reason },
  }));
  for (const id of ['approvePayoutRequest', 'rejectPayoutRequest'])
    await garden.fill(id, WANTED, async () => {
      const batch = await submitted();
      const { id: request } = await garden.do('requestPayoutBatchWithdrawal', { ...at(batch), json: { reason } });
      return { path: { id: batch.id, request }, ...(id.startsWith('reject') && { json: { reason } }) };
    });
  await garden.fill('requestNewPayoutFile', WANTED, async () => ({
    ...at(await withFile(garden)),
    json: { reason, executionDate: bankingDay() },
  }));
  stock.items.delete('downloadPayoutFile');
  stock.give('downloadPayoutFile', at(await withFile(garden)), Infinity);
}

/** A submitted batch with what the bank is given. @param {Garden} garden */
async function withFile(garden) {
  const { id } = await steps(garden).submitted();
  const file = await garden.until('a payment file', () =>
    garden.do('downloadPayoutFile', { path: { id } }).catch(() => undefined),
  );
  return { id, file: Buffer.from(file) };
}

/** @param {Garden} garden */
function steps(garden) {
  const draft = async (rail = FILE, merchant = '') => {
    const id = merchant || (await garden.merchant()).id;
    await garden.pay(id, 1_000);
    const batch = await garden.do('draftPayoutBatch', { json: { currency: garden.currency, rail, merchants: [id] } });
    if (batch.payoutCount !== 1) throw new Error(`nobody is paid: ${JSON.stringify(batch.skipped)}`);
    return { id: String(batch.id), contentHash: String(batch.contentHash), payouts: batch.payouts };
  };
  const asked = async (/** @type {string} */ rail = FILE, merchant = '') => {
    const batch = await draft(rail, merchant);
    await garden.do('requestPayoutBatchApproval', { path: { id: batch.id } });
    return batch;
  };
  const approved = async (/** @type {string} */ rail = FILE, merchant = '') => {
    const batch = await asked(rail, merchant);
    await garden.do('approvePayoutBatch', { path: { id: batch.id }, json: {} });
    return batch;
  };
  const submitted = async (/** @type {string} */ rail = FILE, merchant = '') => {
    const batch = await approved(rail, merchant);
    await garden.do('submitPayoutBatch', { path: { id: batch.id }, json: {} });
    return batch;
  };
  return { draft, asked, approved, submitted };
}

/** A day on which banks work wherever: a Wednesday that is no holiday of theirs. */
function bankingDay() {
  const day = new Date(Date.now() + 7 * 86_400_000);
  while (day.getUTCDay() !== 3 || /-(01-0[1-9]|05-0\d|10-0\d|12-2\d)$/.test(day.toISOString().slice(0, 10)))
    day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** Lines that match nothing, of another amount than the payout. @param {Garden} garden */
export async function growBankLines(garden) {
  const { stock } = garden;
  const ids = ['matchBankReportLine', 'dismissBankReportLine', 'approveMatch', 'rejectMatch'];
  const missing = ids.map((id) => Math.max(0, WANTED - stock.count(id)));
  const bookings = Array.from({ length: missing.reduce((sum, one) => sum + one, 0) }, () => ({
    amount: { '#text': '9.50', '@Ccy': garden.currency },
    reference: garden.name().toUpperCase(),
  }));
  if (bookings.length === 0) return;
  const { lines } = await garden.do('receiveBankReport', {
    headers: [['content-type', 'application/xml']],
    body: bookingNotice((await withFile(garden)).file, bookings),
  });
  for (const [at, id] of ids.entries()) {
    for (const { id: line } of lines.splice(0, missing[at])) {
      const match = { path: { id: line }, json: { payout: (await steps(garden).submitted()).payouts[0].id, reason } };
      if (id === 'approveMatch' || id === 'rejectMatch') await garden.do('matchBankReportLine', match);
      if (id === 'matchBankReportLine') stock.give(id, match);
      else stock.give(id, { path: match.path, ...(id !== 'approveMatch' && { json: { reason } }) });
    }
  }
}

/** @param {Garden} garden */
export async function growTransfers(garden) {
  const { stock } = garden;
  const { wechatPay } = garden.given;
  const { submitted } = steps(garden);
  const payee = async () => {
    const { id } = await garden.merchant();
    await garden.do('setWechatPayee', { path: { id }, json: { openid: `o-${garden.name()}`, holder: '王小明' } });
    return id;
  };
  /** A transfer that WeChat Pay has and does not end. */
  const sent = async (begin = 'ACCEPTED') => {
    wechatPay.begin(begin);
    const { id: batch } = await submitted('wechat-pay', await payee());
    const { items } = await garden.do('listPayouts', { path: { id: batch } });
    const { id, reference } = items[0];
    await garden.until(`a transfer ${reference}`, async () => {
      const payout = await garden.do('readPayout', { path: { id } });
      return payout.state === 'accepted' ? payout : undefined;
    });
    return { id: String(id), reference: String(reference), batch };
  };
  const stated = async () => {
    const { id, reference } = await sent();
    const json = { evidence: 'Case 331: the bank executed nothing.', reason: 'The bank lost it.' };
    const { id: statement } = await garden.do('statePayoutFailure', { path: { id }, json });
    return { id, reference, statement: String(statement), json };
  };
  const failed = async () => {
    const { id, reference, statement } = await stated();
    await garden.do('approvePayoutFailureStatement', { path: { id, statement } });
    return { id, reference };
  };
  await garden.fill('cancelTransfer', WANTED, async () => ({
    path: { id: (await sent('WAIT_USER_CONFIRM')).id },
    json: { reason },
  }));
  await garden.fill('statePayoutFailure', WANTED, async () => ({
    path: { id: (await sent()).id },
    json: { evidence: 'Case 331: the bank executed nothing.', reason: 'The bank lost it.' },
  }));
  for (const id of ['approvePayoutFailureStatement', 'rejectPayoutFailureStatement'])
    await garden.fill(id, WANTED, async () => {
      const { id: payout, statement } = await stated();
      return { path: { id: payout, statement }, ...(id.startsWith('reject') && { json: { reason } }) };
    });
  await garden.fill('retryPayout', WANTED, async () => ({ path: { id: (await failed()).id }, json: { rail: FILE } }));
  await garden.fill('settlePayoutContradiction', WANTED, async () => {
    const { id, reference } = await failed();
    wechatPay.move(reference, 'SUCCESS');
    await garden.do('receiveWechatPayNotification', notification(wechatPay, reference));
    const { items } = await garden.do('listPayoutContradictions', {
      query: [
        ['state', 'open'],
        ['limit', '200'],
      ],
    });
    const found = items.find((/** @type {any} */ { payout }) => payout === id);
    if (!found) throw new Error('a late success of a payout that failed is no contradiction');
    return { path: { id: found.id }, json: { reason } };
  });
  stock.items.delete('receiveWechatPayNotification');
  const told = await sent();
  wechatPay.move(told.reference, 'SUCCESS');
  stock.give('receiveWechatPayNotification', () => notification(wechatPay, told.reference), Infinity);

  await garden.fill('resumePayoutBatch', WANTED, async () => {
    wechatPay.behave('not-enough');
    const { id } = await submitted('wechat-pay', await payee());
    await garden.until(`a pause of ${id}`, async () => {
      const batch = await garden.do('readPayoutBatch', { path: { id } });
      return batch.paused ?? undefined;
    });
    return { path: { id } };
  });
  wechatPay.forget();
}

/** @param {Garden['given']['wechatPay']} wechatPay @param {string} reference */
function notification(wechatPay, reference) {
  const { headers, body } = wechatPay.notification(reference);
  return { headers: /** @type {[string, string][]} */ (Object.entries(headers)), body };
}
