import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Copy } from '../../parts/copy.js';
import { Field } from '../../parts/field.js';
import type { Role } from '../../session.js';
import { useWords } from '../../words.js';
import { RoleBoxes } from './roles.js';

/** Adds a member of staff with a first password, which the admin hands over. */
export function AddStaff() {
  const texts = useWords().pages.staff;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const action = useAction(
    (headers) => client.POST('/v1/staff', { headers, body: { email, password, roles } }),
    () => {
      setEmail('');
      setPassword('');
      setRoles([]);
      return texts.added(email);
    },
  );
  return (
    <ActionDialog label={texts.add} title={texts.add} confirm={texts.add} action={action} ready={roles.length > 0}>
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
      <Field at="/password">
        <TextInput
          label={texts.password}
          description={texts.passwordHint}
          required
          minLength={12}
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          rightSectionWidth={96}
          rightSection={<Copy text={password} disabled={password.length < 12} />}
        />
      </Field>
      <RoleBoxes roles={roles} onChange={setRoles} />
    </ActionDialog>
  );
}
