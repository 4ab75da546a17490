import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';

interface Props {
  of: 'price' | 'reward';
  id: string;
  name: string;
}

/** Ends a rule with all its versions, now or at a later moment. */
export function EndRule({ of: kind, id, name }: Props) {
  const texts = useWords().pages.rules;
  const [at, setAt] = useState('');
  const action = useAction<unknown>(
    (headers) => {
      const body = at === '' ? {} : { at: new Date(at).toISOString() };
      const params = { path: { id } };
      return kind === 'price'
        ? client.POST('/v1/price-rules/{id}/end', { params, headers, body })
        : client.POST('/v1/reward-rules/{id}/end', { params, headers, body });
    },
    () => texts.ended(name),
  );
  return (
    <ActionDialog
      label={texts.end}
      title={texts.endTitle(name)}
      confirm={texts.end}
      action={action}
      button={{ variant: 'default' }}
    >
      <Text size="sm">{texts.endText}</Text>
      <Field at="/at">
        <TextInput
          label={texts.endAt}
          description={texts.endAtHint}
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}
