import { Autocomplete, NumberInput, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { CurrencySelect } from '../../parts/currency-select.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';

/** Settings of a storefront as they are typed. */
export interface Typed {
  name: string;
  currency: string;
  timeZone: string;
  homeUrl: string;
  /** One a line. */
  origins: string;
  codeParameter: string;
  attributionWindowDays: number | string;
  touch: 'first' | 'last';
  /** Empty: after the attribution window. */
  askAgainDays: number | string;
}

export const NEW: Typed = {
  name: '',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  homeUrl: '',
  origins: '',
  codeParameter: 'm',
  attributionWindowDays: 30,
  touch: 'last',
  askAgainDays: '',
};

/** What a storefront has now, to be changed. */
export function typedOf(storefront: Schema<'StorefrontDto'>): Typed {
  const { name, currency, timeZone, homeUrl, origins, codeParameter, attributionWindowDays, touch } = storefront;
  return {
    ...{ name, currency, timeZone, homeUrl, codeParameter, attributionWindowDays, touch },
    origins: origins.join('\n'),
    askAgainDays: storefront.askAgainDays ?? '',
  };
}

/** What was typed, as the API takes it. */
export function settingsOf({ origins, attributionWindowDays, askAgainDays, currency, ...rest }: Typed) {
  return {
    currency,
    settings: {
      ...rest,
      origins: origins.split(/\s+/).filter((origin) => origin !== ''),
      attributionWindowDays: Number(attributionWindowDays),
      askAgainDays: askAgainDays === '' ? null : Number(askAgainDays),
    },
  };
}

interface Props {
  typed: Typed;
  onChange: (changed: Partial<Typed>) => void;
  /** A storefront keeps its currency for good. */
  isNew?: boolean;
}

/** The fields of a storefront's settings. */
export function SettingsFields({ typed, onChange, isNew }: Props) {
  const { pages, states } = useWords();
  const texts = pages.storefronts;
  return (
    <Stack maw={560}>
      <Field at="/name">
        <TextInput
          label={texts.name}
          required
          maxLength={100}
          value={typed.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </Field>
      {isNew && (
        <Field at="/currency">
          <CurrencySelect
            description={texts.currencyHint}
            value={typed.currency}
            onChange={(currency) => onChange({ currency })}
          />
        </Field>
      )}
      <Field at="/homeUrl">
        <TextInput
          label={texts.homeUrl}
          description={texts.homeUrlHint}
          type="url"
          required
          value={typed.homeUrl}
          onChange={(event) => onChange({ homeUrl: event.currentTarget.value })}
        />
      </Field>
      <Field at="/origins">
        <Textarea
          label={texts.origins}
          description={texts.originsHint}
          required
          autosize
          minRows={2}
          value={typed.origins}
          onChange={(event) => onChange({ origins: event.currentTarget.value })}
        />
      </Field>
      <Field at="/timeZone">
        <Autocomplete
          label={texts.timeZone}
          description={texts.timeZoneHint}
          required
          limit={20}
          data={Intl.supportedValuesOf('timeZone')}
          value={typed.timeZone}
          onChange={(timeZone) => onChange({ timeZone })}
        />
      </Field>
      <Field at="/codeParameter">
        <TextInput
          label={texts.codeParameter}
          description={texts.codeParameterHint}
          required
          value={typed.codeParameter}
          onChange={(event) => onChange({ codeParameter: event.currentTarget.value })}
        />
      </Field>
      <Field at="/attributionWindowDays">
        <NumberInput
          label={texts.window}
          description={texts.windowHint}
          required
          min={1}
          allowDecimal={false}
          value={typed.attributionWindowDays}
          onChange={(attributionWindowDays) => onChange({ attributionWindowDays })}
        />
      </Field>
      <Field at="/touch">
        <Radio.Group label={texts.touch} value={typed.touch} onChange={(touch) => onChange({ touch: touch })}>
          <Stack gap="xs" mt="xs">
            {(['last', 'first'] as const).map((touch) => (
              <Radio key={touch} value={touch} label={states.touch[touch][0]} description={states.touch[touch][1]} />
            ))}
          </Stack>
        </Radio.Group>
      </Field>
      <Field at="/askAgainDays">
        <NumberInput
          label={texts.askAgain}
          description={texts.askAgainHint}
          min={0}
          allowDecimal={false}
          value={typed.askAgainDays}
          onChange={(askAgainDays) => onChange({ askAgainDays })}
        />
      </Field>
    </Stack>
  );
}
