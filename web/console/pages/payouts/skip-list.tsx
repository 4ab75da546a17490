import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { State } from '../../../ui/state.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { useWords } from '../../words.js';

type Skip = Schema<'PayoutSkipDto'>;

/** The merchants who are not in a batch, each with the reason. */
export function SkipList({ batch: { id, currency } }: { batch: Schema<'PayoutBatchDto'> }) {
  const { pages, states } = useWords();
  const texts = pages.payouts;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/payout-batches/{id}/skipped', {
    params: { path: { id }, query: { limit: 50, cursor } },
  });
  const columns: Column<Skip>[] = [
    { label: pages.shared.merchant, cell: ({ merchant }) => <MerchantName id={merchant} /> },
    {
      label: texts.whyExcluded,
      cell: ({ reason, detail }) => (
        <>
          <State of="skip" is={reason} />
          <Text size="xs" c="dimmed">
            {states.skip[reason][1]}
          </Text>
          {detail !== null && (
            <Text size="xs" c="dimmed" lang="en">
              {detail}
            </Text>
          )}
        </>
      ),
    },
    {
      label: `${states.account.available[0]} (${currency})`,
      align: 'right',
      cell: ({ available }) => <BareAmount minor={available} asset={currency} />,
    },
  ];
  return (
    <List
      caption={texts.excluded('')}
      columns={columns}
      query={query}
      rowKey={({ merchant, reason }) => `${merchant}${reason}`}
      empty={<Empty title={texts.nobodyExcluded} />}
    />
  );
}
