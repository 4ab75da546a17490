import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import type { Role } from '../../session.js';
import { useWords } from '../../words.js';
import type { ShowLink } from './link-once.js';
import { RoleBoxes } from './roles.js';

/** Invites a member of staff, who chooses a password by a link. */
export function AddStaff({ show }: { show: ShowLink }) {
  const texts = useWords().pages.staff;
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const action = useAction(
    (headers) => client.POST('/v1/staff', { headers, body: { email, roles } }),
    (member) => {
      show(member);
      setEmail('');
      setRoles([]);
      return member.waitingChange ? texts.asked(email) : texts.added(email);
    },
  );
  return (
    <ActionDialog label={texts.add} title={texts.add} confirm={texts.add} action={action} ready={roles.length > 0}>
      <Text size="sm">{texts.addText}</Text>
      <Field at="/email">
        <TextInput
          label={texts.email}
          type="email"
          required
          autoComplete="off"
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </Field>
      <RoleBoxes roles={roles} onChange={setRoles} />
    </ActionDialog>
  );
}
