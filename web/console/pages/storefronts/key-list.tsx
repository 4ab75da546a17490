import { Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { List, type Column } from '../../parts/list.js';
import { useWords } from '../../words.js';

type Key = Schema<'StorefrontKeyDto'>;

/** The keys that a storefront has or had, by their last four characters; each can be ended alone. */
export function KeyList({ storefront }: { storefront: string }) {
  const { pages, none } = useWords();
  const texts = pages.storefronts;
  const query = api.useQuery('get', '/v1/storefronts/{id}/keys', { params: { path: { id: storefront } } });
  const columns: Column<Key>[] = [
    { label: texts.key, cell: ({ shown }) => <code>{shown}</code> },
    { label: texts.kind, cell: ({ kind }) => (kind === 'secret' ? texts.secretKey : texts.publishableKey) },
    { label: texts.since, cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { label: texts.lastUsed, cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} /> : texts.never) },
    { label: texts.ends, cell: ({ expiresAt }) => (expiresAt ? <Moment at={expiresAt} /> : none) },
    { label: texts.revoke, cell: (key) => <Revoke storefront={storefront} listed={key} /> },
  ];
  return (
    <List caption={texts.listed} columns={columns} query={query} rowKey={({ id }) => id} empty={null} paged={false} />
  );
}

function Revoke({ storefront, listed: { id, shown, expiresAt } }: { storefront: string; listed: Key }) {
  const texts = useWords().pages.storefronts;
  const action = useAction(
    () => client.DELETE('/v1/storefronts/{id}/keys/{key}', { params: { path: { id: storefront, key: id } } }),
    () => texts.revoked(shown),
  );
  if (expiresAt && new Date(expiresAt) <= new Date()) return null;
  return (
    <ActionDialog
      label={texts.revoke}
      title={texts.revokeTitle(shown)}
      confirm={texts.revoke}
      action={action}
      button={{ variant: 'default', size: 'compact-sm' }}
    >
      <Text size="sm">{texts.revokeText}</Text>
    </ActionDialog>
  );
}
