import { useEffect, useState } from 'react';

const PREFIX = 'yinke.draft.';

/**
 * What is typed into a long form, kept in this browser until it is saved: a reload or a lost session loses nothing.
 * `cleared` is called when it has been saved, or is not wanted any more.
 */
export function useDraft<Typed extends object>(
  name: string,
  first: Typed,
): [typed: Typed, change: (changed: Partial<Typed>) => void, kept: boolean, clear: () => void] {
  const [typed, setTyped] = useState<Typed>(() => ({ ...first, ...read(name) }));
  const [kept, setKept] = useState(() => read(name) !== null);
  useEffect(() => {
    if (kept) write(name, typed);
  }, [kept, name, typed]);
  const change = (changed: Partial<Typed>) => {
    setKept(true);
    setTyped((before) => ({ ...before, ...changed }));
  };
  const clear = () => {
    forget(name);
    setKept(false);
    setTyped(first);
  };
  return [typed, change, kept, clear];
}

function read(name: string): object | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as object | null;
  } catch {
    return null; // a browser that keeps nothing, or what an older page kept
  }
}

function write(name: string, typed: object): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(typed));
  } catch {
    // then it holds for this page alone
  }
}

function forget(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // it kept nothing
  }
}
