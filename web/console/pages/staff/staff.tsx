import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { Access } from './access.js';
import { AddStaff } from './add-staff.js';
import { LinkOnce, type Invited } from './link-once.js';
import { Roles } from './roles.js';
import { WaitingChanges } from './waiting-changes.js';

type Member = Schema<'StaffDto'>;

/** Who works here: their roles, and whether they may sign in. */
export default function Staff() {
  const { pages, none } = useWords();
  const texts = pages.staff;
  const [{ cursor }] = useFilters();
  const [invited, setInvited] = useState<Invited | null>(null);
  const query = api.useQuery('get', '/v1/staff', { params: { query: { cursor } } });
  const columns: Column<Member>[] = [
    { label: texts.email, cell: ({ email }) => email },
    { label: texts.roles, cell: (member) => <Roles member={member} /> },
    {
      label: texts.secondFactor,
      cell: (member) => (member.secondFactor ? <RemoveSecondFactor member={member} /> : none),
    },
    { label: texts.since, cell: ({ createdAt }) => <Day at={createdAt} /> },
    { label: texts.access, cell: (member) => <Access member={member} show={setInvited} /> },
  ];
  return (
    <Page title={texts.title} text={texts.text} actions={<AddStaff show={setInvited} />}>
      {invited && <LinkOnce invited={invited} />}
      <WaitingChanges show={setInvited} />
      {!cursor && query.data && <OnlyAdmin members={query.data.items} />}
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.title} action={<AddStaff show={setInvited} />} />}
      />
    </Page>
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

/** Said aloud while one person can be everybody. */
function OnlyAdmin({ members }: { members: readonly Member[] }) {
  const texts = useWords().pages.staff;
  const admins = members.filter(({ active, ownPassword, roles }) => active && ownPassword && roles.includes('admin'));
  return (
    admins.length === 1 && (
      <Note acts title={texts.onlyAdmin}>
        {texts.onlyAdminText}
      </Note>
    )
  );
}
