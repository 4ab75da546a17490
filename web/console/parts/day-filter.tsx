import { TextInput } from '@mantine/core';
import { useFilters } from './filters.js';

interface Props {
  /** Its name in the address. */
  name: string;
  label: string;
  /** The day that counts while none is chosen. */
  absent?: string;
}

/** A day as a filter of a list, kept in the address. */
export function DayFilter({ name, label, absent = '' }: Props) {
  const [filters, setFilters] = useFilters();
  return (
    <TextInput
      type="date"
      label={label}
      value={filters[name] ?? absent}
      onChange={(event) => setFilters({ [name]: event.currentTarget.value || undefined })}
      miw={{ base: '45%', xs: '10rem' }}
    />
  );
}
