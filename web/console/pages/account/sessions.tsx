import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { List, type Column } from '../../parts/list.js';
import { Section } from '../../parts/section.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';

type Session = Schema<'ListedSessionDto'>;

/** Where the person is signed in, each of them to be ended. */
export function Sessions() {
  const texts = useWords().pages.account;
  const { language } = useLanguage();
  const query = api.useQuery('get', '/v1/staff/sessions');
  const columns: Column<Session>[] = [
    { label: texts.device, cell: ({ device }) => device[language] },
    { label: texts.signedInAt, cell: ({ startedAt }) => <Moment at={startedAt} /> },
    { label: texts.address, cell: ({ address }) => address ?? '–' },
    { label: texts.endsAt, cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
    { label: texts.signOutThere, cell: (session) => (session.current ? texts.here : <End session={session} />) },
  ];
  return (
    <Section title={texts.sessions} actions={query.data && query.data.items.length > 1 && <EndOthers />}>
      <List
        caption={texts.sessions}
        columns={columns}
        query={query}
        paged={false}
        rowKey={({ id }) => id}
        empty={null}
      />
    </Section>
  );
}

function End({ session: { id } }: { session: Session }) {
  const texts = useWords().pages.account;
  const action = useAction(
    () => client.DELETE('/v1/staff/sessions/{session}', { params: { path: { session: id } } }),
    () => texts.signedOutThere,
  );
  return (
    <ActionDialog
      label={texts.signOutThere}
      title={texts.signOutThere}
      confirm={texts.signOutThere}
      action={action}
      button={{ variant: 'default', size: 'compact-sm' }}
    />
  );
}

function EndOthers() {
  const texts = useWords().pages.account;
  const action = useAction(
    () => client.DELETE('/v1/staff/sessions'),
    () => texts.signedOutElsewhere,
  );
  return (
    <ActionDialog
      label={texts.signOutElsewhere}
      title={texts.signOutElsewhere}
      confirm={texts.signOutElsewhere}
      action={action}
      button={{ variant: 'default', size: 'compact-md' }}
    />
  );
}
