import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { useLanguage } from '../../../ui/language.js';
import { Day, Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { useWords } from '../../words.js';
import { ConfirmTransfer } from './confirm-transfer.js';

/** One payout: what was sent where, how it stands, and by what number the bank's statement names it. */
export function Payout({ payout }: { payout: Schema<'MerchantPayoutDto'> }) {
  const words = useWords();
  const texts = words.pages.payouts;
  const { language } = useLanguage();
  const { state, stateAt, currency, amount, fee, sentAmount, rail, maskedNumber, bankName } = payout;
  const [, explanation] = words.states.merchantPayout[state] ?? [state, ''];
  return (
    <section className="card stack" aria-label={payout.reference}>
      <div className="row">
        <strong className="large">
          <Amount minor={sentAmount} asset={currency} />
        </strong>
        <State of="merchantPayout" is={state} />
      </div>
      <p className="quiet">
        <Day at={stateAt} /> · {explanation}
      </p>
      {payout.words && <p>{payout.words[language]}</p>}
      {payout.confirmation && <ConfirmTransfer confirmation={payout.confirmation} />}
      <details>
        <summary>{words.more}</summary>
        <Facts
          items={[
            [texts.gross, fee !== 0 && <Amount minor={amount} asset={currency} />],
            [texts.fee, fee !== 0 && <Amount minor={-fee} asset={currency} />],
            [texts.sent, <Amount minor={sentAmount} asset={currency} />],
            [texts.to, rail === 'wechat-pay' ? texts.wallet : [bankName, maskedNumber].filter(Boolean).join(' ')],
            [texts.since, <Moment at={stateAt} />],
            [texts.reference, <code>{payout.reference}</code>],
            [texts.reasonCode, payout.reasonCode],
          ]}
        />
      </details>
    </section>
  );
}
