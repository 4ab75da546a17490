import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { minorOf } from '../../ui/format.js';
import { useWords } from '../words.js';
import { isMoney } from '../../ui/format.js';

interface Props {
  label: string;
  description?: string;
  /** As typed. */
  value: string;
  onChange: (typed: string) => void;
  /** What it is of: a currency, points or coupons. */
  asset: string;
  required?: boolean;
  /** What else is wrong with it. */
  error?: ReactNode;
}

/** What was typed, in minor units or whole pieces; null: it is not an amount. Empty is an amount to nobody. */
export function typedAmount(typed: string, asset: string): number | null {
  if (isMoney(asset)) return minorOf(typed, asset);
  return /^\s*[-−]?\d{1,15}\s*$/.test(typed) ? Number(typed.trim().replace('−', '-')) : null;
}

/** An amount as people type it, with what is wrong with it. */
export function AmountInput({ label, description, value, onChange, asset, required, error }: Props) {
  const { notAnAmount } = useWords().pages.shared;
  const wrong = value.trim() !== '' && typedAmount(value, asset) === null;
  return (
    <TextInput
      label={label}
      description={description}
      required={required}
      inputMode="decimal"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={wrong ? notAnAmount : error}
      ref={(input) => {
        // What cannot be read is not sent, nor taken for nothing.
        input?.setCustomValidity(wrong ? notAnAmount : '');
      }}
      rightSection={isMoney(asset) ? asset : undefined}
      rightSectionWidth={56}
      styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
    />
  );
}
