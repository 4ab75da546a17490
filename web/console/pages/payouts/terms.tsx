import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { amount, rate } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Facts } from '../../parts/facts.js';
import { useWords } from '../../words.js';

type Fee = Schema<'PayoutFeeDto'>;

interface Props {
  currency: string;
  /** Of a policy, or those that a batch was drafted under. */
  terms: Pick<Schema<'PayoutPolicyDto'>, 'minAmount' | 'maxAmount' | 'overMaximum' | 'fee' | 'secondApproverAbove'>;
}

/** A fee in words: a fixed sum, a share of the amount, or both, and who bears it. */
export function useFeeText(): (fee: Fee, currency: string) => string {
  const { pages, states } = useWords();
  const { language } = useLanguage();
  return (fee, currency) => {
    const parts = [
      ...(fee.amount ? [amount(fee.amount, currency, language)] : []),
      ...(fee.rateBps ? [rate(fee.rateBps, language)] : []),
    ];
    const text = parts.length > 0 ? parts.join(' + ') : amount(0, currency, language);
    return pages.payouts.feeBorne(text, states.feeBearer[fee.chargedTo][0]);
  };
}

/** The terms of payouts of a currency. */
export function Terms({ currency, terms }: Props) {
  const { pages, states } = useWords();
  const texts = pages.payouts;
  const feeText = useFeeText();
  const money = (minor: number | null | undefined) => minor != null && <Amount minor={minor} asset={currency} />;
  return (
    <Facts
      items={[
        [texts.least, money(terms.minAmount)],
        [texts.maximum, money(terms.maxAmount)],
        [texts.overMaximum, terms.maxAmount != null && terms.overMaximum && states.overMaximum[terms.overMaximum][0]],
        [texts.fee, terms.fee && feeText(terms.fee, currency)],
        [texts.secondAbove, money(terms.secondApproverAbove)],
      ]}
    />
  );
}
