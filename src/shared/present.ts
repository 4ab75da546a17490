/** A body's values without those that are null. */
export type Present<T> = T extends readonly (infer I)[]
  ? Present<I>[]
  : T extends object
    ? { [K in keyof T]: Present<Exclude<T[K], null>> }
    : T;

/** Leaves out what is null, at every depth: in a request, null is the same as leaving it out. */
export function present<T>(value: T): Present<T> {
  if (Array.isArray(value)) return value.map((item) => present<unknown>(item)) as Present<T>;
  if (typeof value !== 'object' || value === null) return value as Present<T>;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, present<unknown>(member)]),
  ) as Present<T>;
}
