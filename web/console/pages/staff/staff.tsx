import { Group, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { AddStaff } from './add-staff.js';
import { Roles } from './roles.js';

type Member = Schema<'StaffDto'>;

/** Who works here: their roles, and whether they may sign in. */
export default function Staff() {
  const { pages, none } = useWords();
  const texts = pages.staff;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/staff', { params: { query: { cursor } } });
  const columns: Column<Member>[] = [
    { label: texts.email, cell: ({ email }) => email },
    { label: texts.roles, cell: (member) => <Roles member={member} /> },
    {
      label: texts.secondFactor,
      cell: (member) => (member.secondFactor ? <RemoveSecondFactor member={member} /> : none),
    },
    { label: texts.since, cell: ({ createdAt }) => <Day at={createdAt} /> },
    { label: texts.access, cell: (member) => <Access member={member} /> },
  ];
  return (
    <Page title={texts.title} text={texts.text} actions={<AddStaff />}>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.title} action={<AddStaff />} />}
      />
    </Page>
  );
}

function Access({ member: { id, email, active } }: { member: Member }) {
  const texts = useWords().pages.staff;
  const me = useMe();
  const action = useAction(
    (headers) => client.POST('/v1/staff/{id}/deactivate', { params: { path: { id } }, headers }),
    () => texts.deactivated(email),
  );
  if (!active) return texts.inactive;
  if (id === me.id) return texts.yourself;
  return (
    <Group gap="xs">
      <SignOutEverywhere id={id} email={email} />
      <ActionDialog
        label={texts.deactivate}
        title={texts.deactivateTitle(email)}
        confirm={texts.deactivate}
        action={action}
        button={{ variant: 'default', size: 'compact-sm' }}
      >
        <Text size="sm">{texts.deactivateText}</Text>
      </ActionDialog>
    </Group>
  );
}

function SignOutEverywhere({ id, email }: { id: string; email: string }) {
  const texts = useWords().pages.staff;
  const action = useAction(
    () => client.DELETE('/v1/staff/{id}/sessions', { params: { path: { id } } }),
    () => texts.signedOut(email),
  );
  return (
    <ActionDialog
      label={texts.signOut}
      title={texts.signOutTitle(email)}
      confirm={texts.signOut}
      action={action}
      button={{ variant: 'default', size: 'compact-sm' }}
    >
      <Text size="sm">{texts.signOutText}</Text>
    </ActionDialog>
  );
}

function RemoveSecondFactor({ member: { id, email } }: { member: Member }) {
  const texts = useWords().pages.staff;
  const me = useMe();
  const action = useAction(
    () => client.DELETE('/v1/staff/{id}/totp', { params: { path: { id } } }),
    () => texts.secondFactorRemoved(email),
  );
  return (
    <Group gap="xs">
      {texts.on}
      {id !== me.id && (
        <ActionDialog
          label={texts.removeSecondFactor}
          title={texts.removeSecondFactorTitle(email)}
          confirm={texts.removeSecondFactor}
          action={action}
          button={{ variant: 'default', size: 'compact-sm' }}
        >
          <Text size="sm">{texts.removeSecondFactorText}</Text>
        </ActionDialog>
      )}
    </Group>
  );
}
