import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { DayFilter } from '../../parts/day-filter.js';
import { momentsOf } from '../../parts/days.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { KnownMerchant } from '../../parts/known-merchant.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantFilter } from '../../parts/merchant-filter.js';
import { Page } from '../../parts/page.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { StorefrontFilter } from '../../parts/storefront-filter.js';
import { StorefrontName } from '../../parts/storefront-name.js';
import { TextFilter } from '../../parts/text-filter.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';
import { orderPath } from '../../parts/order-path.js';

type Order = Schema<'OrderSummaryDto'>;

/** Orders of all storefronts, the latest first: who brought the shopper, and what it earned. */
export default function Orders() {
  const { pages, states } = useWords();
  const texts = pages.orders;
  const [{ state: asked, merchant, storefront, orderId, from, to, cursor }] = useFilters();
  const state = (Object.keys(states.order) as (keyof typeof states.order)[]).find((one) => one === asked);
  const query = api.useQuery('get', '/v1/orders', {
    params: { query: { state, merchant, storefront, orderId, cursor, ...momentsOf(from, to) } },
  });
  const columns: Column<Order>[] = [
    {
      label: texts.number,
      cell: (order) => <PageLink to={orderPath(order.storefront, order.orderId)}>{order.orderId}</PageLink>,
    },
    { label: texts.state, cell: (order) => <State of="order" is={order.state} /> },
    { label: pages.shared.storefront, cell: (order) => <StorefrontName id={order.storefront} /> },
    { label: texts.merchant, cell: (order) => <BroughtBy order={order} /> },
    { label: texts.placedAt, cell: ({ placedAt }) => <Moment at={placedAt} /> },
    {
      label: texts.total,
      align: 'right',
      cell: ({ amountPaid, total, currency }) => <Amount minor={amountPaid ?? total} asset={currency} />,
    },
    {
      label: texts.refunded,
      align: 'right',
      cell: ({ refunded, currency }) => (refunded === 0 ? '–' : <Amount minor={refunded} asset={currency} />),
    },
    { label: texts.rewards, align: 'right', cell: ({ rewards }) => <Earned rewards={rewards} /> },
  ];
  return (
    <Page title={texts.title}>
      <FilterBar>
        <TextFilter name="orderId" label={texts.number} />
        <SelectFilter name="state" label={texts.state} options={optionsOf(states.order)} />
        <StorefrontFilter />
        <DayFilter name="from" label={texts.placedFrom} />
        <DayFilter name="to" label={texts.placedTo} />
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

function BroughtBy({ order: { merchant, via, ownPurchase } }: { order: Order }) {
  const texts = useWords().pages.orders;
  if (merchant === null) return <>{texts.nobody}</>;
  return (
    <span>
      <KnownMerchant merchant={merchant} /> {via !== null && <State of="via" is={via} />}
      {ownPurchase && <> {texts.ownPurchase}</>}
    </span>
  );
}

function Earned({ rewards }: Pick<Order, 'rewards'>) {
  if (rewards.length === 0) return '–';
  return rewards.map(({ id, granted, asset }) => (
    <div key={id}>
      <PageLink to={`/rewards/${id}`}>
        <AssetAmount minor={granted} asset={asset} />
      </PageLink>
    </div>
  ));
}
