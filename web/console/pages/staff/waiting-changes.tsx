import { Group, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { List, type Column } from '../../parts/list.js';
import { Person } from '../../parts/person.js';
import { Section } from '../../parts/section.js';
import { useMe } from '../../session.js';
import { useWords } from '../../words.js';
import type { ShowLink } from './link-once.js';

type Change = Schema<'StaffChangeDto'>;

/** What waits for an admin who did not ask for it; nothing where nothing waits. */
export function WaitingChanges({ show }: { show: ShowLink }) {
  const { pages, states } = useWords();
  const texts = pages.staff;
  const query = api.useQuery('get', '/v1/staff/changes', { params: { query: { state: 'waiting', limit: 200 } } });
  if (!query.data || query.data.items.length === 0) return null;
  const columns: Column<Change>[] = [
    { label: texts.email, cell: ({ email }) => email },
    { label: texts.change, cell: ({ kind }) => states.staffChangeKind[kind][0] },
    { label: texts.roles, cell: ({ roles }) => roles.map((role) => states.role[role][0]).join(' · ') },
    { label: texts.askedBy, cell: ({ askedBy }) => <Person id={askedBy} /> },
    { label: texts.until, cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
    { label: texts.decision, cell: (change) => <Decide change={change} show={show} /> },
  ];
  return (
    <Section title={texts.changes}>
      <Text>{texts.changesText}</Text>
      <List
        caption={texts.changes}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={null}
        paged={false}
      />
    </Section>
  );
}

function Decide({ change, show }: { change: Change; show: ShowLink }) {
  const me = useMe();
  const texts = useWords().pages.staff;
  if (change.askedBy === me.id) return <Drop change={change} way="withdraw" />;
  if (change.staffId === me.id) return texts.yourself;
  return (
    <Group gap="xs">
      <Consent change={change} show={show} />
      <Drop change={change} way="refuse" />
    </Group>
  );
}

function Consent({ change: { id, email, kind, roles, askedBy }, show }: { change: Change; show: ShowLink }) {
  const { pages, states } = useWords();
  const texts = pages.staff;
  const action = useAction(
    (headers) => client.POST('/v1/staff/changes/{id}/consent', { params: { path: { id } }, headers }),
    (consented) => {
      show(consented);
      return texts.consented(email);
    },
  );
  return (
    <ActionDialog
      label={texts.consent}
      title={texts.consentTitle(email)}
      confirm={texts.consent}
      action={action}
      button={{ size: 'compact-sm' }}
    >
      <Text size="sm">
        {texts.consentText(states.staffChangeKind[kind][0], roles.map((role) => states.role[role][0]).join(' · '))}
      </Text>
      <Text size="sm">
        {texts.askedBy} <Person id={askedBy} />
      </Text>
    </ActionDialog>
  );
}

function Drop({ change: { id, email }, way }: { change: Change; way: 'refuse' | 'withdraw' }) {
  const texts = useWords().pages.staff;
  const [title, done] = {
    refuse: [texts.refuseTitle, texts.refused] as const,
    withdraw: [texts.withdrawTitle, texts.withdrawn] as const,
  }[way];
  const action = useAction(
    (headers) =>
      way === 'refuse'
        ? client.POST('/v1/staff/changes/{id}/refuse', { params: { path: { id } }, headers })
        : client.POST('/v1/staff/changes/{id}/withdraw', { params: { path: { id } }, headers }),
    () => done(email),
  );
  return (
    <ActionDialog
      label={texts[way]}
      title={title(email)}
      confirm={texts[way]}
      action={action}
      button={{ variant: 'default', size: 'compact-sm' }}
    >
      <Text size="sm">{texts.nothingChanges}</Text>
    </ActionDialog>
  );
}
