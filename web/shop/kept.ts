import { useState } from 'react';

const PREFIX = 'tea-shop.';

/** What the browser keeps under a name; null: nothing. */
export function kept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
  } catch {
    return null;
  }
}

/** Keeps a value beyond a reload; null forgets it. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // then it holds for this page alone
  }
}

/** A state that survives a reload. */
export function useKept<Value>(name: string, initial: Value): [Value, (value: Value) => void] {
  const [value, set] = useState(() => (kept(name) as Value | null) ?? initial);
  return [
    value,
    (next) => {
      keep(name, next);
      set(next);
    },
  ];
}
