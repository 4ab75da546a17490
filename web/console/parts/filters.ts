import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '../../ui/search.js';

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

/** The filters that a link sets, and no others: `<Link to="/holds" search={only({ state: 'open' })}>`. */
export function only(search: Search): never {
  // The router knows the addresses of the console by their places alone, so it types no search of a link.
  return (() => search) as never;
}
