// @ts-check
/** What the demo leaves for people to do in the browser. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bookingNotice, paymentsOf } from './bank-answer.mjs';
import { BOOKED_LATER, leftForPeople } from './payout.mjs';
import { bankAccountOf, emailOf } from './people.mjs';
import { Surprise } from './replay.mjs';

/** @typedef {import('./rules.mjs').Merchant} Merchant */
/** @typedef {import('./world.mjs').Staff} Staff */

/** Who applies when nobody reviews; the second is the busiest merchant under another name. */
const NEWCOMERS = [
  { wechatId: 'zhouxiaoyu_tea', displayName: '周小鱼', bank: 'CN', serial: 60 },
  { wechatId: 'linxiaomei_shop', displayName: '林晓梅的店', bank: 'CN', serial: 0 },
  { wechatId: 'emma_wagner', displayName: 'Emma Wagner', bank: 'DE', serial: 61 },
];

/**
 * Applications to review, a batch to approve, merchants whom nobody has drafted a payout for, lines of a bank report that
 * match nothing, a hold and an adjustment to decide, a bank report to file, and a schedule of payouts.
 * @param {Staff} staff
 * @param {object} given
 * @param {import('./client.mjs').Client} given.website
 * @param {readonly Merchant[]} given.merchants
 * @param {readonly import('./payout.mjs').Payment[]} given.payments
 * @param {string} given.currency
 * @returns {Promise<{ held: Merchant | undefined, bankReport: string }>} who has something on hold, and the report's file
 */
export async function leaveWork(staff, { website, merchants, payments, currency }) {
  const { maker } = staff.clients;
  for (const { serial, ...applicant } of NEWCOMERS) {
    const { wechatId, displayName } = applicant;
    const bankAccount = bankAccountOf(applicant, serial);
    const application = { wechatId, displayName, email: emailOf(applicant), bankAccount, consent: true };
    await website.post('/v1/merchant-applications', application);
  }

  const [held, adjusted, ...others] = leftForPeople(merchants);
  const toApprove = others.map(({ id }) => id);
  const draft = await maker.post('/v1/payout-batches', { currency, rail: 'iso20022-file', merchants: toApprove });
  if (draft.payoutCount > 0) await maker.post(`/v1/payout-batches/${draft.id}/request-approval`);

  const available = held ? await availableOf(staff, held, currency) : 0;
  if (held && available > 0) {
    const reason = 'Many orders came from one address within an hour.';
    await maker.post('/v1/holds', { merchant: held.id, asset: currency, amount: Math.min(available, 10_000), reason });
  }
  if (adjusted) {
    const reason = 'An order of last week was not told to us.';
    await maker.post(`/v1/merchants/${adjusted.id}/adjustments`, { asset: currency, amount: 1_500, reason });
  }
  // Days away, so that it drafts nothing while somebody looks round.
  const monthDays = [new Date().getDate() < 15 ? 25 : 10];
  const monthly = { timeZone: 'Asia/Shanghai', time: '09:00', monthDays, shift: 'next' };
  await maker.post('/v1/payout-schedules', { currency, rail: 'iso20022-file', ...monthly });
  return { held, bankReport: await hearBank(staff, payments) };
}

/** @param {Staff} staff @param {Merchant} merchant @param {string} currency @returns {Promise<number>} */
async function availableOf({ clients: { maker } }, merchant, currency) {
  const { items } = await maker.get(`/v1/merchants/${merchant.id}/balances`);
  return items.find((/** @type {any} */ { asset }) => asset === currency)?.available ?? 0;
}

/**
 * The bank tells one payment with a reference that it has cut short, and a charge of its own: both match nothing. What it
 * has booked since then is in a file that waits to be dropped.
 * @param {Staff} staff
 * @param {readonly import('./payout.mjs').Payment[]} payments
 */
async function hearBank({ clients: { maker } }, payments) {
  const sent = payments.find(({ file }) => file !== undefined)?.file;
  if (!sent) throw new Surprise('no payment file was sent');
  const paymentFile = readFileSync(sent);
  const [unclear, ...booked] = paymentsOf(paymentFile).slice(-BOOKED_LATER);
  if (!unclear) throw new Surprise('the payment file is empty');
  const cut = { ...unclear, reference: unclear.reference.slice(0, 8) };
  const charge = { amount: { .../** @type {object} */ (unclear.amount), '#text': '25.00' }, reference: 'NOTPROVIDED' };
  const { results } = await maker.upload('/v1/bank-reports', bookingNotice(paymentFile, [cut, charge], '2'));
  if (results.unmatched !== 2) throw new Surprise('the bank’s unclear lines match something');

  const bankReport = join(dirname(sent), 'next-bank-report.xml');
  writeFileSync(bankReport, bookingNotice(paymentFile, booked, '3'), { mode: 0o600 });
  return bankReport;
}
