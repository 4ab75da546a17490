import { NumberInput, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { DiscardDraft } from '../../parts/discard-draft.js';
import { useDraft } from '../../parts/draft.js';
import { Facts } from '../../parts/facts.js';
import { Field } from '../../parts/field.js';
import { Form } from '../../parts/form.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import { KeyList } from './key-list.js';
import { KeysOnce } from './keys-once.js';
import { SettingsFields, settingsOf, typedOf } from './settings-fields.js';

type Storefront = Schema<'StorefrontDto'>;

/** One storefront: its settings and its keys. */
export default function StorefrontPage() {
  const id = useParam('id');
  const { data, error, refetch } = api.useQuery('get', '/v1/storefronts/{id}', { params: { path: { id } } });
  const texts = useWords().pages.storefronts;
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return (
    <Page title={data.name}>
      <Facts
        items={[
          [texts.id, <code key="id">{data.id}</code>],
          [texts.currency, data.currency],
          [texts.since, <Moment key="since" at={data.createdAt} />],
        ]}
      />
      <Keys storefront={data} />
      {/* Anew when it was saved, or when another person has changed it. */}
      <Settings key={JSON.stringify(data)} storefront={data} />
    </Page>
  );
}

function Settings({ storefront }: { storefront: Storefront }) {
  const texts = useWords().pages.storefronts;
  const [typed, change, kept, clear] = useDraft(`storefront.${storefront.id}`, typedOf(storefront));
  const action = useAction(
    () =>
      client.PATCH('/v1/storefronts/{id}', {
        params: { path: { id: storefront.id } },
        body: settingsOf(typed).settings,
      }),
    () => {
      clear();
      return texts.saved;
    },
  );
  return (
    <Section title={texts.settings}>
      <Form action={action} save={texts.save} disabled={!kept} also={kept && <DiscardDraft clear={clear} />}>
        <SettingsFields typed={typed} onChange={change} />
      </Form>
    </Section>
  );
}

function Keys({ storefront: { id, name } }: { storefront: Storefront }) {
  const texts = useWords().pages.storefronts;
  const [hours, setHours] = useState<number | string>(24);
  const [keys, setKeys] = useState<Schema<'RotatedKeysDto'> | null>(null);
  const action = useAction(
    (headers) =>
      client.POST('/v1/storefronts/{id}/keys', {
        params: { path: { id } },
        headers,
        body: { overlapHours: Number(hours) },
      }),
    (rotated) => {
      setKeys(rotated);
      return texts.rotated;
    },
  );
  return (
    <Section
      title={texts.keys}
      actions={
        <ActionDialog
          label={texts.rotate}
          title={texts.rotateTitle(name)}
          confirm={Number(hours) === 0 ? texts.rotateNow : texts.rotateWith(Number(hours))}
          action={action}
          button={{ variant: 'default', size: 'compact-md' }}
        >
          <Text size="sm">{texts.rotateText}</Text>
          <Field at="/overlapHours">
            <NumberInput
              label={texts.overlap}
              description={texts.overlapHint}
              min={0}
              max={720}
              allowDecimal={false}
              required
              value={hours}
              onChange={setHours}
            />
          </Field>
        </ActionDialog>
      }
    >
      {keys ? (
        <>
          <KeysOnce keys={keys} />
          <Text>
            {texts.oldKeysUntil} <Moment at={keys.previousKeysExpireAt} />
          </Text>
        </>
      ) : (
        <Text c="dimmed">{texts.keysText}</Text>
      )}
      <KeyList storefront={id} />
    </Section>
  );
}
