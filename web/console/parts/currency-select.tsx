import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words.js';

const USUAL = ['CNY', 'HKD', 'TWD', 'SGD', 'JPY', 'USD', 'EUR', 'GBP'];

interface Props {
  value: string;
  onChange: (currency: string) => void;
  description?: string;
  /** What is wrong with it. */
  error?: ReactNode;
}

/** Chooses a currency, those of most shops first. */
export function CurrencySelect({ value, onChange, description, error }: Props) {
  const { currency } = useWords().pages.shared;
  const others = Intl.supportedValuesOf('currency').filter((code) => !USUAL.includes(code));
  return (
    <NativeSelect
      label={currency}
      description={description}
      error={error}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[...USUAL, ...others]}
    />
  );
}
