import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { DiscardDraft } from '../../parts/discard-draft.js';
import { useDraft } from '../../parts/draft.js';
import { Form } from '../../parts/form.js';
import { Page } from '../../parts/page.js';
import { useWords } from '../../words.js';
import { KeysOnce } from './keys-once.js';
import { NEW, SettingsFields, settingsOf } from './settings-fields.js';

/** A new storefront; its keys are shown once. */
export default function NewStorefront() {
  const words = useWords();
  const texts = words.pages.storefronts;
  const [typed, change, kept, clear] = useDraft('storefront', NEW);
  const [created, setCreated] = useState<Schema<'CreatedStorefrontDto'> | null>(null);
  const action = useAction(
    (headers) => {
      const { currency, settings } = settingsOf(typed);
      return client.POST('/v1/storefronts', { headers, body: { ...settings, currency } });
    },
    (storefront) => {
      clear();
      setCreated(storefront);
      return texts.added(storefront.name);
    },
  );
  if (created)
    return (
      <Page title={texts.keysOf(created.name)}>
        <KeysOnce keys={created} />
        <div>
          <Button component={Link} to={`/storefronts/${created.id}`} variant="default">
            {texts.keysKept}
          </Button>
        </div>
      </Page>
    );
  return (
    <Page title={texts.add}>
      <Form action={action} save={texts.add} also={kept && <DiscardDraft clear={clear} />}>
        <SettingsFields typed={typed} onChange={change} isNew />
      </Form>
    </Page>
  );
}
