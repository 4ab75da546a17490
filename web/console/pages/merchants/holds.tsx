import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

/** What is and was on hold, and why. */
export function Holds({ id }: { id: string }) {
  const { pages, states } = useWords();
  const texts = pages.merchants;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/holds', { params: { query: { merchant: id, cursor } } });
  const columns: Column<Schema<'HoldDto'>>[] = [
    { label: texts.at, cell: ({ heldAt }) => <Moment at={heldAt} /> },
    { label: texts.why, cell: ({ cause, reason }) => `${states.holdCause[cause][0]} · ${reason}` },
    {
      label: texts.amount,
      align: 'right',
      cell: ({ id: hold, amount, asset }) => (
        <PageLink to={`/holds/${hold}`}>
          <AssetAmount minor={amount} asset={asset} />
        </PageLink>
      ),
    },
    {
      label: texts.remaining,
      align: 'right',
      cell: ({ remaining, asset }) => (remaining ? <AssetAmount minor={remaining} asset={asset} /> : '–'),
    },
    { label: texts.state, cell: ({ state }) => <State of="hold" is={state} /> },
  ];
  return (
    <List
      caption={texts.tabs.holds}
      columns={columns}
      query={query}
      rowKey={(hold) => hold.id}
      empty={<Text c="dimmed">{texts.noHolds}</Text>}
    />
  );
}
