import { useStorefronts } from './storefronts.js';

/** A storefront by name; by the end of its id until the names are read. */
export function StorefrontName({ id }: { id: string }) {
  const name = useStorefronts().find((one) => one.id === id)?.name;
  return <span title={id}>{name ?? `…${id.slice(-6)}`}</span>;
}
