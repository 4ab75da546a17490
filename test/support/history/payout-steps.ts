import { handIn } from '../bank-reports.js';
import { camt053, pain002, type BankLine } from './bank-xml.js';
import { NOTHING, pick, type History, type Of } from './history.js';
import { act, deliver, hear, type ModelBatch, type ModelPayout } from './payout-model.js';
import { parcels, TERMS } from './payout-terms.js';
import type { Who } from './steps.js';
import type { MerchantId, PayoutBatchId, PayoutBatchRequestId, PayoutId } from '../../../src/shared/ids.js';

/** What becomes of money on its way to a bank. */
export const payoutSteps = {
  terms: setTerms,
  draft,
  retry,
  batch,
  deliver: deliverAll,
  report,
};

async function setTerms(history: History, { terms }: Of<'terms'>): Promise<void> {
  history.terms = TERMS[terms] ?? {};
  await history.program.policies.putPolicy(history.program.staff('other'), 'CNY', history.terms);
}

async function draft(history: History, { rail, minAmount, only }: Of<'draft'>): Promise<void> {
  const merchants = only?.map((one) => history.program.merchants[one] ?? 'mer_none');
  const request = { currency: 'CNY', rail, minAmount: BigInt(minAmount), ...(merchants && { merchants }) };
  const id = await history.program.drafts.draftBatch(history.program.staff('maker'), request);
  const payouts = (merchants ?? history.program.merchants)
    .filter((merchant) => mayBePaid(history, merchant) && available(history, merchant) >= BigInt(minAmount))
    .flatMap((merchant) =>
      parcels(available(history, merchant), history.terms, rail).map((one) => ({ merchant, ...one })),
    );
  await drafted(history, { id, rail }, payouts, null);
}

async function retry(history: History, step: Of<'retry'>): Promise<unknown> {
  const old = pick(history.payouts(), step.payout);
  if (!old) return NOTHING;
  const { merchant, amount, rail } = old;
  const there = available(history, merchant) < amount ? available(history, merchant) : amount;
  const [parcel, ...others] = there > 0n && mayBePaid(history, merchant) ? parcels(there, history.terms, rail) : [];
  const refusal = !['failed', 'returned'].includes(old.state)
    ? 'payout.wrong-state'
    : history.payouts().some(({ retryOf }) => retryOf === old)
      ? 'payout.already-retried'
      : !parcel || others.length > 0
        ? 'payout.not-payable'
        : there < amount
          ? 'payout.insufficient-funds'
          : null;
  let id: PayoutBatchId = 'pba_none';
  await history.call(step.times, refusal, 'payout.already-retried', async () => {
    id = await history.program.drafts.retryPayout(history.program.staff('maker'), old.id, {});
  });
  if (refusal === null && parcel) await drafted(history, { id, rail }, [{ merchant, ...parcel }], old);
}

/** Notes a batch with what only the program knows of its payouts: their names. */
async function drafted(
  history: History,
  batch: Pick<ModelBatch, 'id' | 'rail'>,
  payouts: readonly Pick<ModelPayout, 'merchant' | 'amount' | 'sent' | 'fee' | 'payer'>[],
  retryOf: ModelPayout | null,
): Promise<void> {
  const rows = await history.program.query<{ id: PayoutId; reference: string; merchant_id: MerchantId }>(
    'SELECT id, reference, merchant_id FROM payout WHERE batch_id = ? ORDER BY position',
    [batch.id],
  );
  const named = payouts.map((payout) => {
    const at = rows.findIndex((row) => row.merchant_id === payout.merchant);
    const { id = 'pay_none' as const, reference = '' } = at < 0 ? {} : (rows.splice(at, 1)[0] ?? {});
    return { ...payout, id, reference, rail: batch.rail, state: 'draft', reported: false, attempts: 0, retryOf };
  });
  const secondAbove = history.terms.secondApproverAbove ?? null;
  const fresh = {
    state: 'draft',
    requestedBy: null,
    firstApprovedBy: null,
    secondAbove,
    withdrawalBy: null,
    withdrawalId: 'pbr_none' as const,
  };
  history.batches.push({ ...batch, ...fresh, payouts: named });
}

function available(history: History, merchant: string): bigint {
  return history.books.of(merchant, 'CNY', 'available');
}

function mayBePaid(history: History, merchant: string): boolean {
  const none = (account: string) => history.books.of(merchant, 'CNY', account) === 0n;
  return history.stateOf(merchant) === 'active' && none('owed') && none('held');
}

async function batch(history: History, step: Of<'batch'>): Promise<unknown> {
  const batch = pick(history.batches, step.batch);
  if (!batch) return NOTHING;
  // The maker asks for the approval, unless the history says that somebody else did.
  const who: Who = step.action === 'request-approval' && step.who === 'checker' ? 'maker' : step.who;
  const by = history.program.staff(who);
  const request = batch.withdrawalBy === null ? 'pbr_none' : batch.withdrawalId;
  let asked = null as PayoutBatchRequestId | null;
  const call = (): Promise<unknown> => {
    switch (step.action) {
      case 'request-approval':
        return history.program.batches.requestApproval(by, batch.id);
      case 'approve':
        return history.program.batches.approveBatch(by, batch.id);
      case 'reject':
        return history.program.batches.rejectBatch(by, batch.id, 'No.');
      case 'cancel':
        return history.program.batches.cancelBatch(by, batch.id);
      case 'submit':
        return history.program.batches.submitBatch(by, batch.id);
      case 'refresh':
        return history.program.refreshes.refreshBatch(by, batch.id);
      case 'ask-withdrawal':
        return history.program.requests.askWithdrawal(by, batch.id, 'Refused.').then(({ id }) => (asked = id));
      case 'withdraw':
        return history.program.requests.approveRequest(by, batch.id, request);
      case 'keep':
        return history.program.requests.rejectRequest(by, batch.id, request, 'No.');
    }
  };
  const refusal = act(history.books, batch, step.action, who, (merchant) => history.stateOf(merchant));
  // The first of two checkers is not the second.
  const first = step.action === 'approve' && batch.state === 'awaiting-approval';
  const repeated = { refresh: null, 'ask-withdrawal': 'payout.request-pending' };
  const repeat = first ? 'payout.same-person' : 'payout.wrong-state';
  await history.call(step.times, refusal, step.action in repeated ? repeated[step.action as 'refresh'] : repeat, call);
  if (asked !== null) batch.withdrawalId = asked;
}

async function deliverAll(history: History, step: Of<'deliver'>): Promise<unknown> {
  const payouts = history.payouts();
  if (payouts.length === 0) return NOTHING;
  const saysOf = (index: number) => ({
    submit: pick(step.submit, index) ?? 'unknown',
    status: pick(step.status, index) ?? 'unknown',
  });
  history.program.rail.says = (reference) => saysOf(payouts.findIndex((payout) => payout.reference === reference));
  // However long the worker would have waited before it asks again.
  await history.program.query("UPDATE payout SET next_attempt_at = '2000-01-01'");
  const { submitted } = history.program.rail;
  submitted.clear();
  await history.call(step.times, null, null, () => history.program.delivery.pollOpenPayouts());
  deliver(
    history.books,
    payouts,
    (payout) => saysOf(payouts.indexOf(payout)),
    (merchant) => history.stateOf(merchant),
    ({ reference }) => submitted.has(reference),
  );
  await history.program.dismissWhatWaits();
  for (const { reference, sent } of payouts) {
    const told = history.program.rail.sent.get(reference) ?? sent;
    if (told !== sent) throw new Error(`the bank was told to pay ${told} for ${reference} instead of ${sent}`);
  }
}

async function report(history: History, step: Of<'report'>): Promise<unknown> {
  const payouts = history.payouts();
  if (payouts.length === 0) return NOTHING;
  const words = step.words.map((word) => ({ ...word, of: pick(payouts, word.payout) as ModelPayout }));
  const isStatus = ({ says }: { says: string }) => says !== 'paid' && says !== 'returned';
  const lineOf = ({ of, says, wrong }: (typeof words)[number]): BankLine => ({
    reference: of.reference,
    amount: of.sent + (wrong ? 1n : 0n),
    says,
  });
  const statuses = words.filter(isStatus);
  const bookings = words.filter((word) => !isStatus(word));
  const reports = [
    ...(statuses.length > 0 ? [pain002(history.newId('status'), statuses.map(lineOf))] : []),
    ...(bookings.length > 0 ? [camt053(history.newId('statement'), bookings.map(lineOf))] : []),
  ];
  const by = history.program.staff('maker');
  for (const bytes of reports)
    await history.call(step.times, null, null, () => handIn(history.program.reports, by, bytes));
  for (const { of } of words) of.reported = true;
  // A status names no amount, so it cannot be wrong about one.
  for (const [all, times] of [statuses, bookings].map((one) => [one, step.times === 'once' ? 1 : 2] as const))
    for (let time = 1; time <= times; time += 1)
      for (const word of all) if (isStatus(word) || !word.wrong) hear(history.books, word.of, word.says);
  await history.program.dismissWhatWaits();
}
