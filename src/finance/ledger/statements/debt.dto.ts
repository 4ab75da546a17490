import { EntryView } from './statement.dto.js';

/** A part of a debt that a credit has paid off. */
export class DebtPaymentView {
  /** How much of this debt it paid off. */
  amount!: number;

  /** The credit. */
  entry!: EntryView;
}

/** What one event, mostly a refund, left owing. */
export class DebtView {
  /** The event. */
  entry!: EntryView;

  /** What of it is still owed. */
  remaining!: number;

  /** What has paid it off since, the oldest first. */
  paidOff!: DebtPaymentView[];
}

export class AssetDebtsView {
  /** A currency, `POINTS` or `COUPON:<template>`. */
  asset!: string;

  /** What is owed now, above 0: what remains of the debts. */
  owed!: number;

  /** Every debt since nothing was owed, the oldest first; credits pay off the oldest first. */
  debts!: DebtView[];
}

export class DebtsView {
  /** One for each asset in which something is owed. */
  items!: AssetDebtsView[];
}
