import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '../../ui/plain-search.js';

/**
 * The filters of a list as they stand in the address: what is chosen survives a reload, and the browser's way back works.
 * Setting one goes back to the first page.
 */
export function useFilters(): [Search, (changed: Search) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (changed: Search) =>
    void navigate({
      to: '.',
      search: { ...search, cursor: undefined, ...changed },
      replace: changed['cursor'] === undefined,
    });
  return [search, set];
}
