import { useState } from 'react';
import { client } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { PasswordField } from '../../parts/password-field.js';
import { useWords } from '../../words.js';

/** Changes the person's password; they stay signed in here alone. */
export function ChangePassword() {
  const texts = useWords().pages.account;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const action = useAction(
    (headers) => client.POST('/v1/staff/sessions/current/password', { headers, body: { current, new: next } }),
    () => {
      setCurrent('');
      setNext('');
      return texts.passwordChanged;
    },
  );
  return (
    <ActionDialog
      label={texts.changePassword}
      title={texts.changePassword}
      confirm={texts.changePassword}
      action={action}
      button={{ variant: 'default', size: 'compact-md' }}
    >
      <Field at="/current">
        <PasswordField
          label={texts.currentPassword}
          required
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
      </Field>
      <Field at="/new">
        <PasswordField
          label={texts.newPassword}
          description={texts.newPasswordHint}
          required
          minLength={12}
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}
