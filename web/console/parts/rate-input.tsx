import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { decimal } from '../../ui/format.js';
import { useWords } from '../words.js';

/** A percentage as typed, in basis points: `12.5` → 1250; null: it is none. */
export function typedRate(typed: string): number | null {
  const match = /^\s*(\d{1,3})(?:[.。](\d{0,2}))?\s*[%％]?\s*$/.exec(typed);
  if (!match) return null;
  const basisPoints = Number(`${match[1] ?? ''}${(match[2] ?? '').padEnd(2, '0')}`);
  return basisPoints <= 10_000 ? basisPoints : null;
}

/** Basis points as they are typed: 1250 → `12.5`. */
export function rateText(basisPoints: number): string {
  return decimal(basisPoints, 2).replace(/\.?0+$/, '');
}

interface Props {
  label: string;
  description?: string;
  value: string;
  onChange: (typed: string) => void;
  required?: boolean;
  /** What else is wrong with it. */
  error?: ReactNode;
}

/** A percentage as people type it, with what is wrong with it. */
export function RateInput({ label, description, value, onChange, required, error }: Props) {
  const { notARate } = useWords().pages.rules;
  const wrong = value.trim() !== '' && typedRate(value) === null;
  return (
    <TextInput
      label={label}
      description={description}
      required={required}
      inputMode="decimal"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={wrong ? notARate : error}
      ref={(input) => {
        // What cannot be read is not sent, nor taken for nothing.
        input?.setCustomValidity(wrong ? notARate : '');
      }}
      rightSection="%"
      styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
    />
  );
}
