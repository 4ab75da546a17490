import { api, type Schema } from '../../../api/client.js';
import { Day, Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { DayFilter } from '../../parts/day-filter.js';
import { momentsOf } from '../../parts/days.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantFilter } from '../../parts/merchant-filter.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { StorefrontFilter } from '../../parts/storefront-filter.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';
import { orderPath } from '../../parts/order-path.js';

/** What merchants earned, order by order. */
export default function Rewards() {
  const { pages, states } = useWords();
  const texts = pages.rewards;
  const [filters] = useFilters();
  const { merchant, storefront, from, to, cursor } = filters;
  const state = (Object.keys(states.reward) as (keyof typeof states.reward)[]).find((one) => one === filters['state']);
  const query = api.useQuery('get', '/v1/rewards', {
    params: { query: { state, merchant, storefront, direction: 'desc', cursor, ...momentsOf(from, to) } },
  });
  const columns: Column<Schema<'RewardDto'>>[] = [
    {
      label: texts.order,
      cell: ({ orderId, storefront }) => <PageLink to={orderPath(storefront, orderId)}>{orderId}</PageLink>,
    },
    { label: texts.merchant, cell: ({ merchant }) => <MerchantName id={merchant} /> },
    { label: texts.state, cell: (reward) => <State of="reward" is={reward.state} /> },
    {
      label: texts.granted,
      align: 'right',
      cell: ({ id, granted, asset }) => (
        <PageLink to={`/rewards/${id}`}>
          <AssetAmount minor={granted} asset={asset} />
        </PageLink>
      ),
    },
    { label: texts.matures, cell: ({ matureAt }) => (matureAt ? <Day at={matureAt} /> : '–') },
    { label: texts.at, cell: ({ createdAt }) => <Moment at={createdAt} /> },
  ];
  return (
    <Page title={texts.title}>
      <FilterBar>
        <SelectFilter name="state" label={texts.state} options={optionsOf(states.reward)} />
        <StorefrontFilter />
        <DayFilter name="from" label={pages.shared.from} />
        <DayFilter name="to" label={pages.shared.to} />
        <MerchantFilter />
      </FilterBar>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.empty} text={texts.emptyText} />}
      />
    </Page>
  );
}
