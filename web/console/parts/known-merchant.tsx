import type { Schema } from '../../api/client.js';
import { PageLink } from './page-link.js';

/** A merchant whose name the list has told, leading to their page. */
export function KnownMerchant({ merchant: { id, code, displayName } }: { merchant: Schema<'MerchantNameDto'> }) {
  return (
    <PageLink to={`/merchants/${id}`} title={code ?? id}>
      {displayName ?? `…${id.slice(-6)}`}
    </PageLink>
  );
}
