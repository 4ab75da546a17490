import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';
import { orderPath } from '../../parts/order-path.js';

type Order = Schema<'MerchantOrderDto'>;

/** The orders that the merchant brought, the latest first, with what each earned, or why nothing. */
export function Orders({ id }: { id: string }) {
  const { pages, states } = useWords();
  const texts = pages.merchants;
  const [filters] = useFilters();
  const state = (Object.keys(states.order) as Order['state'][]).find((one) => one === filters['state']);
  const query = api.useQuery('get', '/v1/merchants/{id}/orders', {
    params: { path: { id }, query: { state, cursor: filters['cursor'] } },
  });
  const columns: Column<Order>[] = [
    { label: texts.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
    {
      label: texts.order,
      cell: ({ orderId, storefront }) => <PageLink to={orderPath(storefront, orderId)}>{orderId}</PageLink>,
    },
    { label: texts.state, cell: (order) => <State of="order" is={order.state} /> },
    {
      label: texts.commissionable,
      align: 'right',
      cell: ({ commissionable, currency }) =>
        commissionable === null ? '–' : <Amount minor={commissionable} asset={currency} />,
    },
    { label: texts.earned, align: 'right', cell: (order) => <Earned order={order} /> },
  ];
  return (
    <>
      <FilterBar>
        <SelectFilter name="state" label={texts.state} options={optionsOf(states.order)} />
      </FilterBar>
      <List
        caption={texts.tabs.orders}
        columns={columns}
        query={query}
        rowKey={(order) => order.id}
        empty={<Text c="dimmed">{texts.noOrders}</Text>}
      />
    </>
  );
}

function Earned({ order: { rewards, noReward } }: { order: Order }) {
  const { language } = useLanguage();
  if (rewards.length === 0) return noReward?.[language] ?? '–';
  return rewards.map(({ id, granted, asset }) => (
    <PageLink key={id} to={`/rewards/${id}`} display="block">
      <AssetAmount minor={granted} asset={asset} />
    </PageLink>
  ));
}
