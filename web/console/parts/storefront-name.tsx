import { useStorefronts } from './storefronts.js';

/** A storefront by name, for who may see them; for others the end of its id. */
export function StorefrontName({ id }: { id: string }) {
  const name = useStorefronts().find((one) => one.id === id)?.name;
  return <span title={id}>{name ?? `…${id.slice(-6)}`}</span>;
}
