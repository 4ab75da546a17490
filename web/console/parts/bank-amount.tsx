import { Amount } from '../../ui/amount.js';
import { minorOf } from '../../ui/format.js';

/** An amount as a bank wrote it, with decimals; one that is not an amount of its currency is shown as it stands. */
export function BankAmount({ text, currency }: { text: string | null; currency: string | null }) {
  if (text === null) return null;
  const minor = currency === null ? null : minorOf(text, currency);
  if (minor === null || currency === null) return <span className="amount">{`${text} ${currency ?? ''}`.trim()}</span>;
  return <Amount minor={minor} asset={currency} />;
}
