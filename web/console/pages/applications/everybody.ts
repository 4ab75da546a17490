import { useQuery } from '@tanstack/react-query';

interface PageOf<Row> {
  items: readonly Row[];
  nextCursor: string | null;
}

/** A list read to its end; `complete` is false where it went on beyond what is read. */
export interface Whole<Row> {
  items: Row[];
  complete: boolean;
}

/** The most that the API gives at once. */
export const PAGE_LIMIT = 200;

const MOST = 2_000;

/** Reads a list page by page, to its end or until there are 2,000 rows. */
async function allPages<Row>(
  read: (cursor: string | undefined) => Promise<{ data?: PageOf<Row>; error?: unknown }>,
): Promise<Whole<Row>> {
  const items: Row[] = [];
  for (let cursor: string | undefined; ;) {
    const { data, error } = await read(cursor);

    if (!data) throw error;
    items.push(...data.items);
    if (data.nextCursor === null) return { items, complete: true };
    if (items.length >= MOST) return { items, complete: false };
    cursor = data.nextCursor;
  }
}

/** {@link allPages}, read once for as long as a person works on something. */
export function useWhole<Row>(
  name: string,
  read: (cursor: string | undefined) => Promise<{ data?: PageOf<Row>; error?: unknown }>,
) {
  return useQuery({ queryKey: ['whole', name], queryFn: () => allPages(read), staleTime: 60_000 });
}
