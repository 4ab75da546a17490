import { Code } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

interface Props {
  reconciled: Schema<'ReconciledPayoutDto'>;
  /** Absent while it is looked up. */
  payout: Schema<'PayoutDto'> | undefined;
}

/** Whom a payout is for, how much it is, and where it stands. */
export function PayoutFacts({ reconciled, payout }: Props) {
  const { payout: texts, reconciliation } = useWords().pages;
  const { currency } = reconciled;
  const { beneficiary } = payout ?? {};
  const why = [payout?.reasonCode, payout?.reason].filter(Boolean).join(' · ');
  return (
    <Facts
      items={[
        [texts.state, <State key="state" of="payout" is={reconciled.state} />],
        [texts.reason, why],
        [texts.since, <Moment key="since" at={reconciled.stateAt} />],
        [texts.openFor, reconciled.openDays !== null && texts.days(reconciled.openDays)],
        [texts.to, <MerchantName key="to" id={reconciled.merchant} />],
        [
          texts.account,
          beneficiary && `${beneficiary.holder} · ${beneficiary.bankName ?? ''} ${beneficiary.maskedNumber}`,
        ],
        [texts.amount, <Amount key="amount" minor={reconciled.amount} asset={currency} />],
        [texts.fee, payout && payout.fee > 0 && <Amount key="fee" minor={payout.fee} asset={currency} />],
        [
          texts.sent,
          reconciled.sentAmount !== reconciled.amount && (
            <Amount key="sent" minor={reconciled.sentAmount} asset={currency} />
          ),
        ],
        [texts.reference, <Code key="reference">{reconciled.reference}</Code>],
        [
          texts.batch,
          <PageLink key="batch" to={`/payouts/${reconciled.batch}`}>
            {reconciliation.toBatch}
          </PageLink>,
        ],
        [
          texts.retryOf,
          payout?.retryOf && <PageLink to={`/reconciliation/payouts/${payout.retryOf}`}>{texts.retryOfText}</PageLink>,
        ],
        [texts.attempts, payout && payout.attempts > 0 && payout.attempts],
        [texts.cancelAsked, payout?.cancelAskedAt && <Moment at={payout.cancelAskedAt} />],
      ]}
    />
  );
}
