// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bookingNotice, paymentsOf } from './bank-answer.mjs';
import { Surprise } from './replay.mjs';

/** @typedef {import('./world.mjs').Staff} Staff */
/** @typedef {import('./rules.mjs').Merchant} Merchant */

/** How long the bank may take to settle before the demo gives up. */
const PATIENCE_MS = 60_000;

/**
 * One person drafts a batch and asks for approval, another approves, the first sends it to the bank.
 * @param {Staff} staff
 * @param {{ currency: string, rail: string, minAmount?: number, merchants?: string[] }} wanted
 */
async function payOut({ clients: { maker, checker } }, wanted) {
  const draft = await maker.post('/v1/payout-batches', wanted);
  const path = `/v1/payout-batches/${draft.id}`;
  await maker.post(`${path}/request-approval`);
  await checker.post(`${path}/approve`);
  await maker.post(`${path}/submit`);
  return draft;
}

/**
 * Waits until the bank has decided about every payout of a batch.
 * @param {Staff} staff
 * @param {string} batchId
 * @param {AbortSignal} signal
 * @returns {Promise<any[]>} the payouts
 */
async function untilDecided({ clients: { maker } }, batchId, signal) {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(200, undefined, { signal })) {
    const payouts = await maker.all(`/v1/payout-batches/${batchId}/payouts`);
    if (payouts.every(({ state }) => state === 'paid' || state === 'failed')) return payouts;
    if (Date.now() > end) throw new Error(`the bank has not decided about every payout of ${batchId}`);
  }
}

/**
 * Downloads the payment file, as somebody would who takes it to the bank, and files what the bank tells of it.
 * @param {Staff} staff
 * @param {string} batchId
 * @param {string} folder
 * @returns {Promise<string>} where the payment file is
 */
async function takeToBank({ clients: { maker } }, batchId, folder) {
  const payments = await maker.download(`/v1/payout-batches/${batchId}/file`);
  const notice = bookingNotice(payments, paymentsOf(payments).slice(0, -BOOKED_LATER));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${batchId}.xml`);
  writeFileSync(file, payments, { mode: 0o600 });
  writeFileSync(join(folder, `${batchId}-booked.xml`), notice, { mode: 0o600 });
  const { results } = await maker.upload('/v1/bank-reports', notice);
  if (results.unmatched + results.contradicting > 0) throw new Surprise('the bank’s notice does not match the payouts');
  return file;
}

/**
 * A batch as it stands when the demo is done with it.
 * @typedef {object} Payment
 * @property {string} rail
 * @property {any[]} payouts
 * @property {{ merchant: string, reason: string }[]} skipped
 * @property {string} [file] the payment file
 */

/** Less than this is not worth a bank transfer; minor units. */
const MIN_AMOUNT = 1000;

/** Payments at the end of the file that the bank has not booked when the merchants are paid. */
export const BOOKED_LATER = 3;

/** Which merchants, by place, are paid through the bank that answers; it refuses the second of them. */
const AT_HTTP_BANK = [5, 6, 8];

/** Merchants, by place, whose payout is left for people to draft and to approve. */
const LEFT_FOR_PEOPLE = [12, 18, 10, 14, 15, 25];

/** @param {readonly Merchant[]} merchants */
export const leftForPeople = (merchants) => LEFT_FOR_PEOPLE.flatMap((place) => merchants[place] ?? []);

/**
 * Most merchants are paid by a file that a person takes to the bank, some through a bank that answers. That one refuses
 * a payment, whose money comes back.
 * @param {Staff} staff
 * @param {object} given
 * @param {string} given.currency
 * @param {readonly Merchant[]} given.merchants
 * @param {{ behave: (rule: { does: 'reject', account: string }) => void }} given.bank the simulator
 * @param {string} given.folder
 * @param {AbortSignal} given.signal
 * @returns {Promise<Payment[]>}
 */
export async function payMerchants(staff, { currency, merchants, bank, folder, signal }) {
  const atBank = AT_HTTP_BANK.flatMap((place) => merchants[place] ?? []);
  const later = leftForPeople(merchants);
  const others = merchants.filter((merchant) => !atBank.includes(merchant) && !later.includes(merchant));
  const batch = (/** @type {string} */ rail, /** @type {readonly Merchant[]} */ some) =>
    payOut(staff, { currency, rail, minAmount: MIN_AMOUNT, merchants: some.map(({ id }) => id) });

  bank.behave({ does: 'reject', account: atBank[1]?.accountNumber ?? '' });
  const online = await batch('http-bank', atBank);
  const byFile = await batch('iso20022-file', others);
  const file = await takeToBank(staff, byFile.id, folder);
  const decided = await untilDecided(staff, online.id, signal);
  const sent = await staff.clients.maker.all(`/v1/payout-batches/${byFile.id}/payouts`);
  return [
    { rail: 'iso20022-file', payouts: sent, skipped: byFile.skipped, file },
    { rail: 'http-bank', payouts: decided, skipped: online.skipped },
  ];
}
