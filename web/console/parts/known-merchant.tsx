import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schema } from '../../api/client.js';

/** A merchant whose name the list has told, leading to their page. */
export function KnownMerchant({ merchant: { id, code, displayName } }: { merchant: Schema<'MerchantNameDto'> }) {
  return (
    <Anchor component={Link} to={`/merchants/${id}`} title={code ?? id}>
      {displayName ?? `…${id.slice(-6)}`}
    </Anchor>
  );
}
