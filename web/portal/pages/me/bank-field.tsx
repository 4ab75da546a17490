import { useId } from 'react';
import { useLanguage } from '../../../ui/language.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';
import type { FormField } from './bank-form.js';

interface Props {
  field: FormField;
  required: boolean;
  /** What the API says is wrong with it. */
  fault: string | undefined;
  value: string;
  onValue: (value: string) => void;
}

/** A field of the bank account: a line, a country, or a consent. */
export function BankField({ field, required, fault, value, onValue }: Props) {
  const texts = useWords().pages.me;
  const { language } = useLanguage();
  const label = field['x-label'][language];
  if (field.type === 'boolean') return <Consent label={label} value={value} onValue={onValue} />;
  if (field.enum) return <Country label={label} codes={field.enum} value={value} onValue={onValue} />;
  return (
    <Field
      label={required ? label : texts.optional(label)}
      hint={field['x-hint']?.[language]}
      fault={fault}
      required={required}
      maxLength={field.maxLength}
      autoComplete={field['x-autocomplete']}
      value={value}
      onValue={onValue}
    />
  );
}

function Consent({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  return (
    <label className="choice">
      <input
        type="checkbox"
        required
        checked={value !== ''}
        onChange={(event) => onValue(event.currentTarget.checked ? 'yes' : '')}
      />
      {label}
    </label>
  );
}

interface CountryProps {
  label: string;
  codes: readonly string[];
  value: string;
  onValue: (value: string) => void;
}

function Country({ label, codes, value, onValue }: CountryProps) {
  const id = useId();
  const { language } = useLanguage();
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const countries = codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
