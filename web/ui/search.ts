/** Filters of lists, and where they go on: every page reads and writes them in the address. */
export type Search = Record<string, string | undefined>;

/** `?state=pending`, not `?state="pending"`: addresses that people can read and type. */
export const plainSearch = {
  parseSearch: (text: string) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search: Search) => {
    const text = new URLSearchParams(
      Object.entries(search).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
    ).toString();
    return text && `?${text}`;
  },
};
