import { Anchor, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

/** Takes out for good what is personal of a closed merchant; the code, typed once more, is the second press. */
export function Erase({ merchant }: { merchant: Schema<'MerchantDto'> }) {
  const texts = useWords().pages.merchants;
  const may = useMay('admin');
  const { id, code, displayName, state, erasedAt } = merchant;
  const [typed, setTyped] = useState('');
  const action = useAction(
    (headers) => client.POST('/v1/merchants/{id}/erase', { params: { path: { id } }, headers, body: {} }),
    () => texts.erased(code),
  );
  if (!may || state !== 'closed' || erasedAt !== null) return null;
  return (
    <ActionDialog
      label={texts.erase}
      title={texts.eraseTitle(displayName)}
      confirm={texts.eraseConfirm(displayName)}
      action={action}
      ready={typed.trim().toUpperCase() === code.toUpperCase()}
      button={{ color: 'red', variant: 'outline' }}
    >
      <Text size="sm">{texts.eraseGoes}</Text>
      <Text size="sm">{texts.eraseStays}</Text>
      <Anchor size="sm" href={`/v1/merchants/${id}/personal-data`} download>
        {texts.personalData}
      </Anchor>
      <TextInput
        label={texts.eraseType(code)}
        required
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  );
}
