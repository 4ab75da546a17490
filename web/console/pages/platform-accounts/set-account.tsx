import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { useLanguage } from '../../../ui/language.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';
import { BankFileFields, settingsOf, typedSettings } from './bank-file-fields.js';
import { countries } from './countries.js';

type Country = Schema<'PutPlatformAccountDto'>['country'];

/** Enters the operator's account of a currency, or changes it. */
export function SetAccount({ account }: { account?: Schema<'PlatformAccountDto'> }) {
  const words = useWords();
  const texts = words.pages.platformAccounts;
  const { language } = useLanguage();
  const [typed, setTyped] = useState({
    currency: account?.currency ?? '',
    holder: account?.holder ?? '',
    number: '',
    bic: account?.bic ?? '',
    town: account?.town ?? '',
    country: account?.country ?? 'CN',
  });
  const [settings, setSettings] = useState(() => typedSettings(account?.bankFile));
  const currency = typed.currency.trim().toUpperCase();
  const action = useAction(
    () => {
      const { holder, number, bic, town } = typed;
      // One of the list below; what the API does not take it refuses.
      const country = typed.country as Country;
      return client.PUT('/v1/platform-accounts/{currency}', {
        params: { path: { currency } },
        body: { holder, number, bic, town, country, bankFile: settingsOf(settings) },
      });
    },
    () => texts.saved(currency),
  );
  const field = (name: 'currency' | 'holder' | 'number' | 'bic' | 'town', maxLength: number, description?: string) => (
    <Field at={`/${name}`}>
      <TextInput
        label={texts[name]}
        description={description}
        required
        maxLength={maxLength}
        value={typed[name]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped((before) => ({ ...before, [name]: value }));
        }}
      />
    </Field>
  );
  return (
    <ActionDialog
      label={account ? texts.change : texts.add}
      title={account ? texts.changeTitle(currency) : texts.addTitle}
      confirm={words.save}
      action={action}
      button={account ? { variant: 'default', size: 'compact-md' } : undefined}
    >
      {account ? <Text size="sm">{texts.changeText}</Text> : field('currency', 3)}
      {field('holder', 70)}
      {field('number', 50, texts.numberHint)}
      {field('bic', 11)}
      {field('town', 35, texts.townHint)}
      <Field at="/country">
        <NativeSelect
          label={texts.country}
          value={typed.country}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped((before) => ({ ...before, country: value }));
          }}
          data={countries(language)}
        />
      </Field>
      <BankFileFields typed={settings} onChange={setSettings} />
    </ActionDialog>
  );
}
