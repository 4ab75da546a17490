import { useWords } from '../words.js';
import { SelectFilter } from './select-filter.js';
import { useStorefronts } from './storefronts.js';

/** One storefront as a filter of a list. */
export function StorefrontFilter() {
  const { storefront } = useWords().pages.shared;
  const storefronts = useStorefronts();
  if (storefronts.length === 0) return null;
  return (
    <SelectFilter
      name="storefront"
      label={storefront}
      options={storefronts.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
