import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { NotYet } from '../../parts/loading.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

/** The account that is paid to and the one that waits for a review; a refusal says why. */
export function BankAccounts() {
  const texts = useWords().pages.me;
  const params = useMine();
  const query = api.useQuery('get', '/v1/merchants/{id}/bank-accounts', { params });
  if (!query.data) return <NotYet query={query} />;
  const { items } = query.data;
  const pending = items.find(({ state }) => state === 'pending');
  const latest = items.at(-1);
  const shown = items.filter((account) => ['current', 'pending'].includes(account.state) || account === latest);
  return (
    <section className="card stack">
      <h2>{texts.bankAccount}</h2>
      {items.length === 0 && <p className="quiet">{texts.noBankAccount}</p>}
      {shown.map((account) => (
        <Account key={account.id} account={account} />
      ))}
      {pending ? (
        <p className="quiet">{texts.changeWaits}</p>
      ) : (
        <Link to="/me/bank-account" className="button">
          {items.length === 0 ? texts.addBankAccount : texts.changeBankAccount}
        </Link>
      )}
    </section>
  );
}

function Account({ account }: { account: Schema<'BankAccountDto'> }) {
  const texts = useWords().pages.me;
  return (
    <div className="line">
      <p>
        {account.bankName} {account.maskedNumber}
        <small>
          {account.holder} · {texts.filed} <Day at={account.filedAt} />
        </small>
        {account.reason && <small>{account.reason}</small>}
      </p>
      <p className="numbers">
        <State of="bankAccount" is={account.state} />
      </p>
    </div>
  );
}
