import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { useLanguage } from '../../../ui/language.js';
import { Day } from '../../../ui/moment.js';
import { NotYet } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

/** Why a balance is negative: which refunds made it so, and what has settled them since. */
export default function Debts() {
  const texts = useWords().pages.debts;
  const params = useMine();
  const query = api.useQuery('get', '/v1/merchants/{id}/debts', { params });
  return (
    <Page title={texts.title} text={texts.text} from="/">
      {!query.data && <NotYet query={query} />}
      {query.data?.items.length === 0 && <p className="card">{texts.none}</p>}
      {query.data?.items.map(({ asset, owed, debts }) => (
        <section key={asset} className="card stack">
          <h2 className="row">
            {texts.owed}
            <Amount minor={-owed} asset={asset} />
          </h2>
          {debts.map((debt) => (
            <Debt key={`${debt.entry.journal.id} ${debt.entry.balanceAfter}`} debt={debt} />
          ))}
        </section>
      ))}
    </Page>
  );
}

function Debt({ debt: { entry, order, remaining, paidOff } }: { debt: Schema<'DebtDto'> }) {
  const texts = useWords().pages.debts;
  return (
    <div className="entry stack tight">
      <EntryLine entry={entry} order={order} amount={entry.amount} />
      {paidOff.map((payment) => (
        <EntryLine key={payment.entry.journal.id} entry={payment.entry} order={payment.order} amount={payment.amount} />
      ))}
      <p className="row">
        <strong>{texts.remaining}</strong>
        <strong>
          <Amount minor={-remaining} asset={entry.asset} />
        </strong>
      </p>
    </div>
  );
}

interface EntryLineProps {
  entry: Schema<'EntryDto'>;
  order: Schema<'TrailOrderDto'> | null;
  amount: number;
}

function EntryLine({ entry, order, amount }: EntryLineProps) {
  const { language } = useLanguage();
  const texts = useWords().pages.orders;
  return (
    <div className="line">
      <p>
        {entry.words[language]}
        <small>
          <Day at={entry.at} />
          {order && (
            <>
              {' · '}
              <Link to="/orders" search={{ orderId: order.orderId }}>
                {texts.order(order.orderId)}
              </Link>
            </>
          )}
        </small>
      </p>
      <Amount minor={amount} asset={entry.asset} />
    </div>
  );
}
