import { api, client, type Schema } from '../../../api/client.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { useAction } from '../../parts/action.js';
import { NotYet } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';

/** Where the merchant is signed in, and how to end what is not theirs. */
export default function Sessions() {
  const texts = useWords().pages.me;
  const query = api.useQuery('get', '/v1/merchants/sessions');
  const sessions = query.data?.items;
  return (
    <Page title={texts.sessions} text={texts.sessionsText} from="/me">
      {!sessions && <NotYet query={query} />}
      {sessions && (
        <section className="card stack">
          {sessions.map((session) => (
            <Session key={session.id} session={session} />
          ))}
          {sessions.length > 1 && <EndOthers />}
        </section>
      )}
    </Page>
  );
}

function Session({ session }: { session: Schema<'ListedMerchantSessionDto'> }) {
  const texts = useWords().pages.me;
  const { language } = useLanguage();
  const { id, device, address, startedAt, way, current } = session;
  const { pending, error, run } = useAction(() =>
    client.DELETE('/v1/merchants/sessions/{session}', { params: { path: { session: id } } }),
  );
  return (
    <div className="line">
      <p>
        {device[language]}
        <small>
          {texts.ways[way]} · <Moment at={startedAt} /> {address && `· ${address}`}
        </small>
        {error !== null && <ProblemNotice error={error} />}
      </p>
      {current ? (
        <p className="quiet numbers">{texts.thisOne}</p>
      ) : (
        <button type="button" className="small" disabled={pending} onClick={() => void run()}>
          {texts.end}
        </button>
      )}
    </div>
  );
}

function EndOthers() {
  const texts = useWords().pages.me;
  const { pending, error, run } = useAction(() => client.DELETE('/v1/merchants/sessions'));
  return (
    <>
      {error !== null && <ProblemNotice error={error} />}
      <button type="button" disabled={pending} onClick={() => void run()}>
        {texts.endOthers}
      </button>
    </>
  );
}
