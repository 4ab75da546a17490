import { Link } from '@tanstack/react-router';
import { api } from '../../../api/client.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { LanguageButton } from '../../parts/language-button.js';
import { NotYet } from '../../parts/loading.js';
import { inWechat } from '../../parts/wechat.js';
import { Page } from '../../parts/page.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { BankAccounts } from './bank-accounts.js';
import { SignOut } from './sign-out.js';
import { Wechat } from './wechat.js';

/** Who the merchant is here, where money goes, and where they are signed in. */
export default function Me() {
  const words = useWords();
  const texts = words.pages.me;
  const params = useMine();
  const query = api.useQuery('get', '/v1/merchants/{id}', { params });
  const me = query.data;
  return (
    <Page title={texts.title}>
      {!me && <NotYet query={query} rows={5} />}
      {me && (
        <section className="card stack">
          <h2>{texts.profile}</h2>
          <Facts
            items={[
              [texts.name, me.displayName],
              [texts.code, <code>{me.code}</code>],
              [texts.state, <State of="merchant" is={me.state} />],
              [texts.wechatId, me.wechatId],
              [texts.email, me.email ?? words.none],
              [texts.phone, me.phone ?? words.none],
            ]}
          />
          <Link to="/me/contact" className="button">
            {texts.changeContact}
          </Link>
          {inWechat ? (
            <p className="fine">{texts.dataInWechat}</p>
          ) : (
            <a className="button" href={`/v1/merchants/${me.id}/personal-data`} download>
              {texts.data}
            </a>
          )}
        </section>
      )}
      <BankAccounts />
      <Wechat />
      <section className="card stack">
        <div className="row">
          <h2>{words.language.choose}</h2>
          <LanguageButton />
        </div>
        <Link to="/me/sessions" className="button">
          {texts.sessions}
        </Link>
        <SignOut />
      </section>
    </Page>
  );
}
