import { SegmentedControl } from '@mantine/core';
import { useWords } from '../words.js';
import { useFilters } from './filters.js';

/** The state whose list is shown, as the address names it; the first where it names none. */
export function useStateTab<State extends string>(states: readonly [State, ...State[]]): State {
  const [filters] = useFilters();
  return states.find((one) => one === filters['state']) ?? states[0];
}

interface Props<State extends string> {
  states: readonly [State, ...State[]];
  /** What each is called: one of `words.states`. */
  words: Readonly<Record<State, readonly [string, string]>>;
}

/** Chooses the state whose list is shown. */
export function StateTabs<State extends string>({ states, words }: Props<State>) {
  const { state: label } = useWords().pages.shared;
  const [, setFilters] = useFilters();
  return (
    <SegmentedControl
      aria-label={label}
      value={useStateTab(states)}
      onChange={(next) => setFilters({ state: next })}
      data={states.map((value) => ({ value, label: words[value][0] }))}
    />
  );
}
