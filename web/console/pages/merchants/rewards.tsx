import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Day, Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';
import { orderPath } from '../../parts/order-path.js';

type Reward = Schema<'RewardDto'>;

/** What the merchant earned, order by order. */
export function Rewards({ id }: { id: string }) {
  const { pages, states } = useWords();
  const texts = pages.merchants;
  const [filters] = useFilters();
  const state = (Object.keys(states.reward) as (keyof typeof states.reward)[]).find((one) => one === filters['state']);
  const query = api.useQuery('get', '/v1/rewards', {
    params: { query: { merchant: id, state, cursor: filters['cursor'] } },
  });
  const columns: Column<Reward>[] = [
    { label: texts.at, cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      label: texts.order,
      cell: ({ orderId, storefront }) => <PageLink to={orderPath(storefront, orderId)}>{orderId}</PageLink>,
    },
    {
      label: texts.granted,
      align: 'right',
      cell: ({ id: reward, granted, asset }) => (
        <PageLink to={`/rewards/${reward}`}>
          <AssetAmount minor={granted} asset={asset} />
        </PageLink>
      ),
    },
    { label: texts.state, cell: (reward) => <State of="reward" is={reward.state} /> },
    { label: texts.maturesOn, cell: ({ matureAt }) => (matureAt ? <Day at={matureAt} /> : '–') },
  ];
  return (
    <>
      <FilterBar>
        <SelectFilter name="state" label={texts.state} options={optionsOf(states.reward)} />
      </FilterBar>
      <List
        caption={texts.tabs.rewards}
        columns={columns}
        query={query}
        rowKey={(reward) => reward.id}
        empty={<Text c="dimmed">{texts.noRewards}</Text>}
      />
    </>
  );
}
