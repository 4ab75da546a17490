import { useEffect, useState } from 'react';
import { forget, keep, kept as keptOf } from './kept.js';

/**
 * What is typed into a long form, kept in this browser until it is saved: a reload or a lost session loses nothing.
 * `clear` is called when it has been saved, or is not wanted any more.
 */
export function useDraft<Typed extends object>(
  name: string,
  first: Typed,
): [typed: Typed, change: (changed: Partial<Typed>) => void, kept: boolean, clear: () => void] {
  const place = `draft.${name}`;
  const [typed, setTyped] = useState<Typed>(() => ({ ...first, ...keptOf(place) }));
  const [kept, setKept] = useState(() => keptOf(place) !== null);
  useEffect(() => {
    if (kept) keep(place, typed);
  }, [kept, place, typed]);
  const change = (changed: Partial<Typed>) => {
    setKept(true);
    setTyped((before) => ({ ...before, ...changed }));
  };
  const clear = () => {
    forget(place);
    setKept(false);
    setTyped(first);
  };
  return [typed, change, kept, clear];
}
