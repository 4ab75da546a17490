import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Copy } from '../../parts/copy.js';
import type { Role } from '../../session.js';
import { useWords } from '../../words.js';

/** Adds a member of staff with a first password, which the admin hands over. */
export function AddStaff() {
  const { pages, states } = useWords();
  const texts = pages.staff;
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
    <ActionDialog label={texts.add} title={texts.add} confirm={texts.add} action={action}>
      <TextInput
        label={texts.email}
        type="email"
        required
        autoComplete="off"
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
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
      <Checkbox.Group
        label={texts.roles}
        description={texts.rolesHint}
        required
        value={roles}
        onChange={(next) => setRoles(next as Role[])}
      >
        <Stack gap="xs" mt="xs">
          {(Object.keys(states.role) as Role[]).map((role) => (
            <Checkbox key={role} value={role} label={states.role[role][0]} description={states.role[role][1]} />
          ))}
        </Stack>
      </Checkbox.Group>
    </ActionDialog>
  );
}
