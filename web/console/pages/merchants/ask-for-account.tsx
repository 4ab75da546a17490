import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { useLanguage } from '../../../ui/language.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';

type Entered = Schema<'EnterBankAccountDto'>;
type Name = 'holder' | 'number' | 'bankName' | 'bic' | 'town' | 'holderLatin';
const FIELDS: readonly Name[] = ['holder', 'holderLatin', 'number', 'bankName', 'bic', 'town'];
const REQUIRED = new Set<Name>(['holder', 'number']);
// prettier-ignore
const COUNTRIES = [
  'CN', 'HK', 'MO', 'TW', 'SG', 'MY', 'JP', 'KR', 'US', 'CA', 'AU', 'NZ', 'GB', 'IE', 'DE', 'AT', 'CH', 'FR', 'LU',
  'BE', 'NL', 'ES', 'IT', 'PT',
] as const satisfies readonly Entered['country'][];

/** Files another bank account for the merchant; another reviewer puts it in force. */
export function AskForAccount({ id }: { id: string }) {
  const texts = useWords().pages.merchants;
  const { language } = useLanguage();
  const [country, setCountry] = useState<Entered['country']>('CN');
  const [typed, setTyped] = useState<Record<Name, string>>({
    holder: '',
    holderLatin: '',
    number: '',
    bankName: '',
    bic: '',
    town: '',
  });
  const action = useAction(
    (headers) => {
      const { holder, number, ...rest } = typed;
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''));
      return client.POST('/v1/merchants/{id}/bank-account-changes', {
        params: { path: { id } },
        headers,
        body: { ...given, holder, number, country },
      });
    },
    () => texts.accountFiled,
  );
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return (
    <ActionDialog
      label={texts.askForAccount}
      title={texts.askForAccount}
      confirm={texts.fileAccount}
      action={action}
      button={{ variant: 'default', size: 'compact-md' }}
    >
      <Field at="/country">
        <NativeSelect
          label={texts.country}
          value={country}
          onChange={(event) => setCountry(event.currentTarget.value as Entered['country'])}
          data={COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value }))}
        />
      </Field>
      {FIELDS.map((field) => (
        <Field key={field} at={`/${field}`}>
          <TextInput
            label={texts.accountFields[field]}
            required={REQUIRED.has(field)}
            autoComplete="off"
            value={typed[field]}
            onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
          />
        </Field>
      ))}
    </ActionDialog>
  );
}
