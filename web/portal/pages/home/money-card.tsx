import { Link } from '@tanstack/react-router';
import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { Day } from '../../../ui/moment.js';
import { Figure } from '../../parts/figure.js';
import { usePendingDays } from '../../parts/pending-days.js';
import { useWords } from '../../words.js';

/** What a merchant has in one currency; each figure opens what it is made of. */
export function MoneyCard({ balance }: { balance: Schema<'BalanceDto'> }) {
  const texts = useWords().pages.home;
  const { asset, available, pending, held, reserved, inTransit, owed, paidOut, lastPaid } = balance;
  return (
    <section className="card" aria-label={texts.money(asset)}>
      <Link className="figure main-figure" to="/statements" search={{ asset, account: 'available' }}>
        <span>
          {texts.available}
          <small>{texts.availableHint}</small>
        </span>
        <span className="figure-value">
          <Amount minor={available} asset={asset} />
        </span>
      </Link>
      {owed !== 0 && (
        <Figure label={texts.owed} hint={texts.owedHint} to="/debts">
          <Amount minor={owed} asset={asset} />
        </Figure>
      )}
      <Figure
        label={texts.pending}
        hint={<NextDays asset={asset} balance={pending} />}
        to="/pending"
        search={{ asset }}
      >
        <Amount minor={pending} asset={asset} />
      </Figure>
      {held !== 0 && (
        <Figure label={texts.held} to="/statements" search={{ asset, account: 'held' }}>
          <Amount minor={held} asset={asset} />
        </Figure>
      )}
      {reserved + inTransit !== 0 && (
        <Figure label={texts.paying} hint={texts.payingHint} to="/payouts">
          <Amount minor={reserved + inTransit} asset={asset} />
        </Figure>
      )}
      <Figure
        label={texts.paidOut}
        hint={
          lastPaid && (
            <>
              {texts.lastPaid} <Day at={lastPaid.at} /> · <Amount minor={lastPaid.sentAmount} asset={asset} />
            </>
          )
        }
        to="/payouts"
      >
        <Amount minor={paidOut} asset={asset} />
      </Figure>
    </section>
  );
}

const DAYS_SHOWN = 3;

/** The next days on which something of a pending balance becomes available. */
function NextDays({ asset, balance }: { asset: string; balance: number }) {
  const { data } = usePendingDays(asset, balance);
  if (balance === 0 || !data) return null;
  return data.slice(0, DAYS_SHOWN).map(({ at, amount }) => (
    <span key={at} className="next-day">
      <Day at={at} /> +<Amount minor={amount} asset={asset} />
    </span>
  ));
}
