import { camt053, pain002, type BankLine } from './bank-xml.js';
import { NOTHING, pick, type History, type Of } from './history.js';
import { act, deliver, hear, type ModelPayout } from './payout-model.js';
import type { Who } from './steps.js';

/** What becomes of money on its way to a bank. */
export const payoutSteps = {
  draft,
  batch,
  deliver: deliverAll,
  report,
};

async function draft(history: History, { rail, minAmount, only }: Of<'draft'>): Promise<void> {
  const merchants = only?.map((one) => history.program.merchants[one] ?? '');
  const request = { currency: 'CNY', rail, minAmount: BigInt(minAmount), ...(merchants && { merchants }) };
  const id = await history.program.drafts.draftBatch(history.program.staff('maker'), request);
  const made = await history.program.query<{ id: string; reference: string; merchant_id: string }>(
    'SELECT id, reference, merchant_id FROM payout WHERE batch_id = ?',
    [id],
  );
  const of = (merchant: string, account: string) => history.books.of(merchant, 'CNY', account);
  const payouts = (merchants ?? history.program.merchants)
    .filter((merchant) => history.stateOf(merchant) === 'active')
    .filter((merchant) => of(merchant, 'owed') === 0n && of(merchant, 'held') === 0n)
    .filter((merchant) => of(merchant, 'available') >= BigInt(minAmount))
    .map((merchant): ModelPayout => {
      const { id: payoutId = 'no payout', reference = '' } = made.find((row) => row.merchant_id === merchant) ?? {};
      const amount = of(merchant, 'available');
      return { id: payoutId, reference, merchant, amount, rail, state: 'draft', attempts: 0 };
    });
  history.batches.push({ id, rail, state: 'draft', requestedBy: null, payouts });
}

async function batch(history: History, step: Of<'batch'>): Promise<unknown> {
  const batch = pick(history.batches, step.batch);
  if (!batch) return NOTHING;
  // The maker asks for the approval, unless the history says that somebody else did.
  const who: Who = step.action === 'request-approval' && step.who === 'checker' ? 'maker' : step.who;
  const by = history.program.staff(who);
  const call = () => {
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
    }
  };
  const refusal = act(history.books, batch, step.action, who, (merchant) => history.stateOf(merchant));
  await history.call(step.times, refusal, 'payout.wrong-state', call);
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
  await history.call(step.times, null, null, () => history.program.delivery.pollOpenPayouts());
  deliver(history.books, payouts, (payout) => saysOf(payouts.indexOf(payout)));
}

async function report(history: History, step: Of<'report'>): Promise<unknown> {
  const payouts = history.payouts();
  if (payouts.length === 0) return NOTHING;
  const words = step.words.map((word) => ({ ...word, of: pick(payouts, word.payout) as ModelPayout }));
  const isStatus = ({ says }: { says: string }) => says !== 'paid' && says !== 'returned';
  const lineOf = ({ of, says, wrong }: (typeof words)[number]): BankLine => ({
    reference: of.reference,
    amount: of.amount + (wrong ? 1n : 0n),
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
    await history.call(step.times, null, null, () => history.program.reports.receiveReport(by, bytes));
  // A status names no amount, so it cannot be wrong about one.
  for (const [all, times] of [statuses, bookings].map((one) => [one, step.times === 'once' ? 1 : 2] as const))
    for (let time = 1; time <= times; time += 1)
      for (const word of all) if (isStatus(word) || !word.wrong) hear(history.books, word.of, word.says);
}
