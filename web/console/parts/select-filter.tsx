import { NativeSelect } from '@mantine/core';
import { useWords } from '../words.js';
import { useFilters } from './filters.js';

interface Props {
  /** Its name in the address. */
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
  /** What an empty choice means; absent: everything. */
  all?: string;
}

/** One filter of a list, kept in the address. */
export function SelectFilter({ name, label, options, all }: Props) {
  const words = useWords();
  const [filters, setFilters] = useFilters();
  return (
    <NativeSelect
      label={label}
      value={filters[name] ?? ''}
      onChange={(event) => setFilters({ [name]: event.currentTarget.value || undefined })}
      data={[{ value: '', label: all ?? words.list.all }, ...options]}
      miw={{ base: '45%', xs: '10rem' }}
    />
  );
}

/** The values of a kind of state as options, in their order; `of` is one of `words.states`. */
export function optionsOf(words: Readonly<Record<string, readonly [string, string] | undefined>>) {
  return Object.entries(words).map(([value, said]) => ({ value, label: said?.[0] ?? value }));
}

/** The one of these values that the address names; absent: it names none of them. */
export function keyOf<Key extends string>(
  words: Readonly<Record<Key, unknown>>,
  text: string | undefined,
): Key | undefined {
  return (Object.keys(words) as Key[]).find((key) => key === text);
}
