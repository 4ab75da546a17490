import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';

interface Props {
  application: Schema<'ApplicationDto'>;
  /** Called when it is decided. */
  then: () => void;
}

/** Makes the applicant a merchant, with a group if there is one. */
export function Approve({ application: { id, displayName }, then }: Props) {
  const texts = useWords().pages.applications;
  const [group, setGroup] = useState('');
  const action = useAction(
    (headers) =>
      client.POST('/v1/merchant-applications/{id}/approve', {
        params: { path: { id } },
        headers,
        body: group ? { group } : {},
      }),
    ({ merchant }) => {
      then();
      return texts.approved(displayName, merchant.code);
    },
  );
  return (
    <ActionDialog
      label={texts.approve}
      title={texts.approveTitle(displayName)}
      confirm={texts.approve}
      action={action}
      hotkey="A"
    >
      <Field at="/group">
        <TextInput
          label={texts.group}
          description={texts.groupHint}
          maxLength={64}
          data-autofocus
          value={group}
          onChange={(event) => setGroup(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}

/** Turns the application down, with a reason. */
export function Reject({ application: { id, displayName }, then }: Props) {
  const words = useWords();
  const texts = words.pages.applications;
  const [reason, setReason] = useState('');
  const action = useAction(
    (headers) =>
      client.POST('/v1/merchant-applications/{id}/reject', { params: { path: { id } }, headers, body: { reason } }),
    () => {
      then();
      return texts.rejected(displayName);
    },
  );
  return (
    <ActionDialog
      label={texts.reject}
      title={texts.rejectTitle(displayName)}
      confirm={texts.reject}
      action={action}
      button={{ variant: 'default' }}
      hotkey="R"
    >
      <Field at="/reason">
        <Textarea
          label={words.reason}
          description={texts.rejectHint}
          required
          maxLength={500}
          autosize
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}
