import { Link, useSearch } from '@tanstack/react-router';
import { api } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { isMoney } from '../../../ui/format.js';
import { Day } from '../../../ui/moment.js';
import type { Search } from '../../../ui/search.js';
import { NotYet } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { usePendingDays } from '../../parts/pending-days.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

/** On which days what is pending becomes available, of one asset or of all money. */
export default function Pending() {
  const texts = useWords().pages.pending;
  const search: Search = useSearch({ strict: false });
  const query = api.useQuery('get', '/v1/merchants/{id}/balances', { params: useMine() });
  const balances = query.data?.items.filter(({ asset }) =>
    search['asset'] ? asset === search['asset'] : isMoney(asset),
  );
  return (
    <Page title={texts.title} text={texts.text} from="/">
      {!balances && <NotYet query={query} />}
      {balances?.map(({ asset, pending }) => (
        <PendingBalance key={asset} asset={asset} balance={pending} />
      ))}
      <Link to="/orders" search={{ state: 'completed' }} className="button">
        {texts.orders}
      </Link>
    </Page>
  );
}

function PendingBalance({ asset, balance }: { asset: string; balance: number }) {
  const texts = useWords().pages.pending;
  const query = usePendingDays(asset, balance);
  if (balance === 0) return <p className="card">{texts.none}</p>;
  if (!query.data) return <NotYet query={query} />;
  const rest = query.data.reduce((left, { amount }) => left - amount, balance);
  return (
    <section className="card" aria-label={texts.title}>
      {query.data.map(({ at, amount }) => (
        <p key={at} className="line">
          <Day at={at} />
          <Amount minor={amount} asset={asset} />
        </p>
      ))}
      {rest !== 0 && (
        <p className="line">
          {texts.rest}
          <Amount minor={rest} asset={asset} />
        </p>
      )}
      <p className="line">
        <strong>{texts.sum}</strong>
        <strong>
          <Amount minor={balance} asset={asset} />
        </strong>
      </p>
    </section>
  );
}
