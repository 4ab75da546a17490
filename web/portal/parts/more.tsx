import { useWords } from '../words.js';

/** How a list goes on: `api.useInfiniteQuery(…, BY_CURSOR)`. */
export const BY_CURSOR = {
  pageParamName: 'cursor',
  initialPageParam: null,
  getNextPageParam: ({ nextCursor }: { nextCursor?: string | null }) => nextCursor ?? undefined,
};

interface Props {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** A button for what comes next in a list, where there is more. */
export function More({ list: { hasNextPage, isFetchingNextPage, fetchNextPage } }: Props) {
  const words = useWords();
  if (!hasNextPage) return null;
  return (
    <button type="button" className="no-print" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
      {words.list.more}
    </button>
  );
}
