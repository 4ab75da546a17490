import { useQuery } from '@tanstack/react-query';

interface OnePage<Item> {
  data?: { items: Item[]; nextCursor: string | null };
  error?: unknown;
}

/** What a call answered. Throws what it refused with. */
function dataOf<Data>({ data, error }: { data?: Data; error?: unknown }): Data {
  if (data === undefined) throw error;
  return data;
}

/** All pages of a list, one after the other, the API asked for each. Throws what it refuses with. */
async function loadAll<Item>(page: (cursor: string | undefined) => Promise<OnePage<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const data = dataOf(await page(cursor));
    all.push(...data.items);
    cursor = data.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** The same as a query of the page; `key` names the list. */
export function useAll<Item>(key: readonly unknown[], page: (cursor: string | undefined) => Promise<OnePage<Item>>) {
  return useQuery({ queryKey: ['all', ...key], queryFn: () => loadAll(page) });
}
