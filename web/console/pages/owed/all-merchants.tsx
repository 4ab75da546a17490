import { Anchor, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { isMoney } from '../../../ui/format.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { SelectFilter } from '../../parts/select-filter.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useWords } from '../../words.js';

type Balance = Schema<'MerchantBalanceDto'>;
type Account = 'pending' | 'available' | 'reserved' | 'inTransit' | 'held' | 'owed';

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
  const query = api.useQuery(
    'get',
    '/v1/finance/balances',
    { params: { query: { asset: currency ?? '', cursor: filters['cursor'] } } },
    { enabled: currency !== undefined },
  );
  const columns: Column<Balance>[] = [
    {
      label: pages.shared.merchant,
      cell: ({ merchant: { id, displayName } }) => (
        <Anchor component="button" type="button" onClick={() => setFilters({ merchant: id })}>
          {displayName ?? `…${id.slice(-6)}`}
        </Anchor>
      ),
    },
    ...COLUMNS.map(([member, account]): Column<Balance> => ({
      label: states.account[account][0],
      align: 'right',
      cell: (balance) => <BareAmount minor={balance[member]} asset={balance.asset} />,
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
        rowKey={({ merchant }) => merchant.id}
        empty={<Empty title={texts.noMerchants} />}
      />
    </>
  );
}
