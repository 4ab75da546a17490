import { Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { useMe, type Role } from '../../session.js';
import { useWords } from '../../words.js';

/** What a member of staff may do, and a button that changes it; one's own roles are changed by another admin. */
export function Roles({ member }: { member: Schema<'StaffDto'> }) {
  const { states } = useWords();
  const me = useMe();
  if (member.roles.length === 0) return null;
  return (
    <Group gap="xs">
      {member.roles.map((role) => states.role[role][0]).join(' · ')}
      {member.active && member.id !== me.id && <ChangeRoles key={member.roles.join()} member={member} />}
    </Group>
  );
}

function ChangeRoles({ member: { id, email, roles: held } }: { member: Schema<'StaffDto'> }) {
  const texts = useWords().pages.staff;
  const [roles, setRoles] = useState<Role[]>(held);
  const action = useAction(
    () => client.PUT('/v1/staff/{id}/roles', { params: { path: { id } }, body: { roles } }),
    () => texts.rolesChanged(email),
  );
  return (
    <ActionDialog
      label={texts.changeRoles}
      title={texts.changeRolesTitle(email)}
      confirm={texts.changeRoles}
      action={action}
      ready={roles.length > 0}
      button={{ variant: 'default', size: 'compact-sm' }}
    >
      <RoleBoxes roles={roles} onChange={setRoles} />
    </ActionDialog>
  );
}

/** A box for each role, with what it may do. */
export function RoleBoxes({ roles, onChange }: { roles: Role[]; onChange: (roles: Role[]) => void }) {
  const { pages, states } = useWords();
  return (
    <Field at="/roles">
      <Checkbox.Group
        label={pages.staff.roles}
        description={pages.staff.rolesHint}
        required
        value={roles}
        onChange={(next) => onChange(next)}
      >
        <Stack gap="xs" mt="xs">
          {(Object.keys(states.role) as Role[]).map((role) => (
            <Checkbox key={role} value={role} label={states.role[role][0]} description={states.role[role][1]} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Field>
  );
}
