import { Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { Field } from '../../parts/field.js';
import { optionsOf } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';

type Settings = Schema<'BankFileSettingsDto'>;

/** What a bank wants differently in its files, as it is typed. */
interface TypedSettings {
  agentWithoutBic: 'omitted' | 'NOTPROVIDED';
  organisationId: string;
  organisationIdScheme: string;
  categoryPurpose: string;
  batchBooking: boolean;
  contactName: string;
  contactPhone: string;
  contactEmail: string;
}

export function typedSettings(settings: Settings | undefined): TypedSettings {
  return {
    agentWithoutBic: settings?.agentWithoutBic ?? 'omitted',
    organisationId: settings?.organisationId ?? '',
    organisationIdScheme: settings?.organisationIdScheme ?? '',
    categoryPurpose: settings?.categoryPurpose ?? '',
    batchBooking: settings?.batchBooking ?? false,
    contactName: settings?.contact?.name ?? '',
    contactPhone: settings?.contact?.phone ?? '',
    contactEmail: settings?.contact?.email ?? '',
  };
}

/** Only what was filled in: the rest is as the standard has it. */
export function settingsOf(typed: TypedSettings): Settings {
  const text = (value: string) => value.trim() || undefined;
  const name = text(typed.contactName);
  return {
    agentWithoutBic: typed.agentWithoutBic === 'omitted' ? undefined : typed.agentWithoutBic,
    organisationId: text(typed.organisationId),
    organisationIdScheme: text(typed.organisationIdScheme),
    categoryPurpose: text(typed.categoryPurpose),
    batchBooking: typed.batchBooking || undefined,
    contact: name ? { name, phone: text(typed.contactPhone), email: text(typed.contactEmail) } : undefined,
  };
}

interface Props {
  typed: TypedSettings;
  onChange: (typed: TypedSettings) => void;
}

type TextName = Exclude<keyof TypedSettings, 'agentWithoutBic' | 'batchBooking'>;
const TEXTS: readonly TextName[] = [
  'organisationId',
  'organisationIdScheme',
  'categoryPurpose',
  'contactName',
  'contactPhone',
  'contactEmail',
];

/** Where each is in what is sent. */
const PLACES: Record<TextName, string> = {
  organisationId: 'organisationId',
  organisationIdScheme: 'organisationIdScheme',
  categoryPurpose: 'categoryPurpose',
  contactName: 'contact/name',
  contactPhone: 'contact/phone',
  contactEmail: 'contact/email',
};

export function BankFileFields({ typed, onChange }: Props) {
  const words = useWords();
  const texts = words.pages.platformAccounts;
  return (
    <details>
      <summary>{texts.bankFile}</summary>
      <Stack gap="xs" mt="xs">
        <Text size="sm" c="dimmed">
          {texts.bankFileHint}
        </Text>
        <Field at="/bankFile/agentWithoutBic">
          <NativeSelect
            label={texts.agentWithoutBic}
            value={typed.agentWithoutBic}
            onChange={(event) =>
              onChange({
                ...typed,
                agentWithoutBic: event.currentTarget.value === 'NOTPROVIDED' ? 'NOTPROVIDED' : 'omitted',
              })
            }
            data={optionsOf(words.states.agentWithoutBic)}
          />
        </Field>
        {TEXTS.map((name) => (
          <Field key={name} at={`/bankFile/${PLACES[name]}`}>
            <TextInput
              label={texts[name]}
              value={typed[name]}
              onChange={(event) => onChange({ ...typed, [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
        <Field at="/bankFile/batchBooking">
          <Checkbox
            label={texts.batchBooking}
            checked={typed.batchBooking}
            onChange={(event) => onChange({ ...typed, batchBooking: event.currentTarget.checked })}
          />
        </Field>
      </Stack>
    </details>
  );
}
