const PREFIX = 'yinke.console.';

/** What this browser keeps under a name; null: nothing, or what an older page kept. */
export function kept(name: string): object | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as object | null;
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** Keeps something in this browser; where it keeps nothing, it holds for this page alone. */
export function keep(name: string, value: object): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // then it holds for this page alone
  }
}

/** Forgets what was kept under a name. */
export function forget(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // it kept nothing
  }
}

/** Forgets everything, for who signs out. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // it kept nothing
  }
}
