import { Anchor, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { isMoney } from '../../../ui/format.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { SelectFilter } from '../../parts/select-filter.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useWords } from '../../words.js';

type Merchant = Schema<'MerchantDto'>;
type Account = 'pending' | 'available' | 'reserved' | 'inTransit' | 'held' | 'owed';

/** Each row asks for balances of its own. */
const ROWS = 20;
const COLUMNS: readonly (readonly [Account, 'pending' | 'available' | 'reserved' | 'in-transit' | 'held' | 'owed'])[] =
  [
    ['pending', 'pending'],
    ['available', 'available'],
    ['reserved', 'reserved'],
    ['inTransit', 'in-transit'],
    ['held', 'held'],
    ['owed', 'owed'],
  ];

/** What each merchant has in one currency, a merchant a row. */
export function AllMerchants() {
  const { pages, states } = useWords();
  const texts = pages.owed;
  const [filters, setFilters] = useFilters();
  const accounts = api.useQuery('get', '/v1/platform-accounts');
  const currencies = accounts.data?.items.map(({ currency }) => currency) ?? [];
  const currency = filters['currency'] ?? currencies[0];
  const query = api.useQuery('get', '/v1/merchants', { params: { query: { limit: ROWS, cursor: filters['cursor'] } } });
  const columns: Column<Merchant>[] = [
    {
      label: pages.shared.merchant,
      cell: ({ id, displayName }) => (
        <Anchor component="button" type="button" onClick={() => setFilters({ merchant: id })}>
          {displayName}
        </Anchor>
      ),
    },
    ...COLUMNS.map(([member, account]): Column<Merchant> => ({
      label: states.account[account][0],
      align: 'right',
      cell: ({ id }) => currency && <Balance merchant={id} asset={currency} member={member} />,
    })),
  ];
  return (
    <>
      <Text size="sm" c="dimmed">
        {texts.byMerchantText}
      </Text>
      <FilterBar>
        <SelectFilter
          name="currency"
          label={pages.shared.currency}
          all={currencies[0]}
          options={currencies
            .filter(isMoney)
            .slice(1)
            .map((value) => ({ value, label: value }))}
        />
      </FilterBar>
      <List
        caption={texts.byMerchant}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.noMerchants} />}
      />
    </>
  );
}

function Balance({ merchant, asset, member }: { merchant: string; asset: string; member: Account }) {
  const { data } = api.useQuery('get', '/v1/merchants/{id}/balances', { params: { path: { id: merchant } } });
  if (!data) return null;
  return <BareAmount minor={data.items.find((one) => one.asset === asset)?.[member] ?? 0} asset={asset} />;
}
