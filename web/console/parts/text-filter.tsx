import { TextInput } from '@mantine/core';
import { useFilters } from './filters.js';

interface Props {
  /** Its name in the address. */
  name: string;
  label: string;
}

/** A number or name that has to fit exactly, as a filter of a list; it counts when it is typed to the end. */
export function TextFilter({ name, label }: Props) {
  const [filters, setFilters] = useFilters();
  const current = filters[name] ?? '';
  const apply = (typed: string) => {
    if (typed.trim() !== current) setFilters({ [name]: typed.trim() || undefined });
  };
  return (
    <TextInput
      key={current}
      label={label}
      defaultValue={current}
      onBlur={(event) => apply(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(event.currentTarget.value);
      }}
      miw={{ base: '45%', xs: '10rem' }}
    />
  );
}
