import type { Books } from './books.js';
import type { Parcel } from './payout-terms.js';
import type { BatchAction, Said, Who } from './steps.js';
import type { MerchantId, PayoutBatchId, PayoutBatchRequestId, PayoutId } from '../../../src/shared/ids.js';

export interface ModelPayout extends Parcel {
  id: PayoutId;
  reference: string;
  merchant: MerchantId;
  rail: string;
  state: string;
  /** Whether a report has said anything of it, true or not. */
  reported: boolean;
  attempts: number;
  /** The payout that it tries again. */
  retryOf: ModelPayout | null;
}

export interface ModelBatch {
  id: PayoutBatchId;
  rail: string;
  state: string;
  requestedBy: Who | null;
  /** Above this total it takes two checkers; null: one is enough. */
  secondAbove: number | null;
  firstApprovedBy: Who | null;
  /** Who asked that it be withdrawn, while nobody has decided. */
  withdrawalBy: Who | null;
  withdrawalId: PayoutBatchRequestId;
  payouts: ModelPayout[];
}

const OPEN = ['submitting', 'unknown', 'accepted'];

/** What people do with a batch: the code of the refusal, or null when it is done. */
export function act(
  books: Books,
  batch: ModelBatch,
  action: BatchAction,
  who: Who,
  stateOf: (merchant: MerchantId) => string,
): string | null {
  const go = (to: string, payouts: string): null => {
    batch.state = to;
    for (const payout of batch.payouts) payout.state = payouts;
    return null;
  };
  const involved = who === 'maker' || who === batch.requestedBy;
  if (action === 'request-approval') {
    if (batch.payouts.length === 0) return 'payout.empty-batch';
    if (batch.state !== 'draft') return 'payout.wrong-state';
    batch.requestedBy = who;
    return go('awaiting-approval', 'awaiting-approval');
  }
  const wanted = (one: string) => total(batch.payouts.filter(({ merchant }) => merchant === one));
  const isGone = ({ merchant }: ModelPayout) => stateOf(merchant) !== 'active';
  const isShort = ({ merchant }: ModelPayout) => books.of(merchant, 'CNY', 'available') < wanted(merchant);
  if (action === 'refresh') {
    if (!['draft', 'awaiting-approval'].includes(batch.state)) return 'payout.wrong-state';
    const rest = batch.payouts.filter((payout) => !isGone(payout) && !isShort(payout));
    if (rest.length === batch.payouts.length) return null;
    batch.payouts = rest;
    batch.requestedBy = null;
    batch.firstApprovedBy = null;
    return go('draft', 'draft');
  }
  if (['ask-withdrawal', 'withdraw', 'keep'].includes(action)) return withdraw(books, batch, action, who);
  if (action === 'approve') {
    if (involved) return 'payout.same-person';
    if (batch.state !== 'awaiting-approval') return 'payout.wrong-state';
    if (batch.firstApprovedBy === who) return 'payout.same-person';
    if (batch.payouts.some(isGone)) return 'payout.stale';
    if (batch.payouts.some(isShort)) return 'payout.insufficient-funds';
    if (batch.firstApprovedBy === null && batch.secondAbove !== null && total(batch.payouts) > batch.secondAbove) {
      batch.firstApprovedBy = who;
      return null;
    }
    for (const { merchant, amount } of batch.payouts)
      books.move('CNY', amount, [merchant, 'available'], [merchant, 'reserved']);
    return go('approved', 'approved');
  }
  if (action === 'reject') {
    if (involved) return 'payout.same-person';
    return batch.state === 'awaiting-approval' ? go('rejected', 'rejected') : 'payout.wrong-state';
  }
  if (action === 'cancel') {
    if (!['draft', 'awaiting-approval', 'approved'].includes(batch.state)) return 'payout.wrong-state';
    if (batch.state === 'approved')
      for (const { merchant, amount } of batch.payouts) books.credit(merchant, 'CNY', amount, [merchant, 'reserved']);
    return go('cancelled', 'cancelled');
  }
  if (batch.state !== 'approved') return 'payout.wrong-state';
  const stopped = new Set(batch.payouts.filter(({ merchant }) => isStopped(books, merchant, stateOf)));
  if (stopped.size === batch.payouts.length) return 'payout.empty-batch';
  go('submitted', 'submitting');
  for (const payout of batch.payouts) {
    const { merchant, amount, rail } = payout;
    if (stopped.has(payout)) {
      payout.state = 'cancelled';
      books.credit(merchant, 'CNY', amount, [merchant, 'reserved']);
    } else books.move('CNY', amount, [merchant, 'reserved'], [`rail:${rail}`, 'in-transit']);
  }
  return null;
}

/** Whether a merchant must not be paid, whatever was approved. */
function isStopped(books: Books, merchant: MerchantId, stateOf: (merchant: MerchantId) => string): boolean {
  return stateOf(merchant) !== 'active' || books.of(merchant, 'CNY', 'held') !== 0n;
}

/** What two people do with a submitted batch that the bank never took. */
function withdraw(books: Books, batch: ModelBatch, action: BatchAction, who: Who): string | null {
  if (action !== 'ask-withdrawal' && batch.withdrawalBy === null) return 'payout.request-not-found';
  if (action !== 'ask-withdrawal' && batch.withdrawalBy === who) return 'payout.same-person';
  if (action === 'keep') {
    batch.withdrawalBy = null;
    return null;
  }
  if (batch.state !== 'submitted') return 'payout.wrong-state';
  if (batch.rail !== 'iso20022-file') return 'payout.not-a-file';
  const isSent = ({ state }: ModelPayout) => state !== 'cancelled';
  if (batch.payouts.some((one) => one.reported || (isSent(one) && one.state !== 'submitting')))
    return 'payout.reported';
  if (action === 'ask-withdrawal') {
    if (batch.withdrawalBy !== null) return 'payout.request-pending';
    batch.withdrawalBy = who;
    return null;
  }
  batch.withdrawalBy = null;
  batch.state = 'withdrawn';
  for (const payout of batch.payouts.filter(isSent)) {
    payout.state = 'withdrawn';
    books.credit(payout.merchant, 'CNY', payout.amount, [`rail:${payout.rail}`, 'in-transit']);
  }
  return null;
}

const total = (payouts: readonly ModelPayout[]): bigint => payouts.reduce((sum, { amount }) => sum + amount, 0n);

/** A bank's word about a payout. What cannot be, and what is known already, changes nothing. */
export function hear(books: Books, payout: ModelPayout, word: string): void {
  const { merchant, amount, sent, fee, payer, rail, state } = payout;
  const says = word === 'bad-account' ? 'failed' : word;
  const open = OPEN.includes(state);
  const inTransit: [string, string] = [`rail:${rail}`, 'in-transit'];
  const bank: [string, string] = ['bank:CNY', 'bank'];
  const counts =
    says === 'returned'
      ? open || state === 'paid'
      : says === 'unknown'
        ? state === 'submitting'
        : open && state !== says;
  if (!counts) return;
  payout.state = says;
  const fees: [string, string] = ['platform', 'fees'];
  if (says === 'paid' || (says === 'returned' && open)) {
    books.move('CNY', sent, inTransit, bank);
    books.move('CNY', fee, payer === 'merchant' ? inTransit : fees, payer === 'merchant' ? fees : bank);
  }
  if (says === 'returned') {
    books.move('CNY', sent, bank, [merchant, 'held']);
    if (payer === 'merchant') books.move('CNY', fee, fees, [merchant, 'held']);
  }
  if (word === 'bad-account') books.move('CNY', amount, inTransit, [merchant, 'held']);
  if (says === 'returned' || word === 'bad-account')
    books.holds.open({
      merchant,
      asset: 'CNY',
      cause: says === 'returned' ? 'returned-payout' : 'bad-account',
      amount,
      payout,
    });
  if (word === 'failed') books.credit(merchant, 'CNY', amount, inTransit);
}

/**
 * The worker's turn: what was submitted is sent once and asked about ever after; then what is open is asked about. Nothing is
 * sent to merchants who were stopped before: what never was is withdrawn. Several payouts are under way at once, so that
 * one may or may not be sent while another comes back for a bad account: `wasSent` tells it.
 */
export function deliver(
  books: Books,
  payouts: readonly ModelPayout[],
  saysOf: (payout: ModelPayout) => { submit: Said; status: Said },
  stateOf: (merchant: MerchantId) => string,
  wasSent: (payout: ModelPayout) => boolean,
): void {
  const open = payouts.filter(({ rail, state }) => rail === 'http-bank' && OPEN.includes(state));
  const merchants = [...new Set(open.map(({ merchant }) => merchant))];
  const stopped = new Set(merchants.filter((merchant) => isStopped(books, merchant, stateOf)));
  const mayBeStopped = new Set<MerchantId>();
  for (const payout of open)
    if (Object.values(saysOf(payout)).includes('bad-account')) mayBeStopped.add(payout.merchant);
  for (const payout of open) {
    const { submit, status } = saysOf(payout);
    const stops = stopped.has(payout.merchant) || (mayBeStopped.has(payout.merchant) && !wasSent(payout));
    if (payout.state === 'submitting' && payout.attempts === 0 && stops) {
      payout.state = 'withdrawn';
      books.credit(payout.merchant, 'CNY', payout.amount, [`rail:${payout.rail}`, 'in-transit']);
      continue;
    }
    payout.attempts += 1;
    const first = payout.state === 'submitting' && payout.attempts === 1;
    const unseen = status === 'not-found' && payout.state !== 'accepted';
    const answer = first || (unseen && !stops) ? sent(submit, status) : unseen ? 'unknown' : status;
    if (!['not-found', 'try-later', 'throws'].includes(answer)) hear(books, payout, answer);
  }
}

/** A refusal proves nothing by itself: it is what the bank says when it is asked, and nobody knows when it says nothing. */
function sent(submit: Said, status: Said): Said {
  if (submit === 'not-found') return 'unknown';
  if (submit !== 'failed' && submit !== 'bad-account') return submit;
  if (['accepted', 'paid', 'failed', 'bad-account', 'throws'].includes(status)) return status;
  return 'unknown';
}
