import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

/** Gives a merchant who cannot sign in any more an e-mail address or telephone to sign in by; only to one who has none of their own. */
export function GiveContact({ merchant: { id, takesContact } }: { merchant: Schema<'MerchantDto'> }) {
  const may = useMay('reviewer', 'admin');
  const texts = useWords().pages.merchants;
  const [typed, setTyped] = useState('');
  const contact = typed.trim();
  const action = useAction(
    (headers) =>
      client.POST('/v1/merchants/{id}/contact', {
        params: { path: { id } },
        headers,
        body: contact.includes('@') ? { email: contact } : { phone: contact },
      }),
    () => texts.contactGiven,
  );
  if (!may || !takesContact) return null;
  return (
    <ActionDialog
      label={texts.giveContact}
      title={texts.giveContact}
      confirm={texts.giveContact}
      action={action}
      ready={contact !== ''}
      button={{ variant: 'default', size: 'compact-md' }}
    >
      <Text size="sm">{texts.giveContactText}</Text>
      <TextInput
        label={texts.contact}
        required
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  );
}
