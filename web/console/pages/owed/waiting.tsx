import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { Day } from '../../../ui/moment.js';
import { List, type Column } from '../../parts/list.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { useWords } from '../../words.js';

/** As many as the page shows; a batch pays them first, so there is seldom more. */
const SHOWN = 100;

/** Who could be paid and waits for too long. */
export function Waiting() {
  const { owed: texts, shared } = useWords().pages;
  const query = api.useQuery('get', '/v1/finance/waiting-merchants', { params: { query: { limit: SHOWN } } });
  const columns: Column<Schema<'WaitingMerchantDto'>>[] = [
    { label: shared.merchant, cell: ({ merchant }) => <MerchantName id={merchant} /> },
    { label: texts.since, cell: ({ since }) => <Day at={since} /> },
    { label: texts.waiting, cell: ({ days }) => texts.days(days) },
    {
      label: texts.available,
      align: 'right',
      cell: ({ available, currency }) => <Amount minor={available} asset={currency} />,
    },
  ];
  if (query.data?.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {texts.nobodyWaits}
      </Text>
    );
  return (
    <>
      <Text size="sm" c="dimmed">
        {texts.waitingText}
      </Text>
      <List
        caption={texts.waitingTitle}
        columns={columns}
        query={{ ...query, data: query.data && { items: query.data.items } }}
        rowKey={({ merchant, currency }) => `${merchant}${currency}`}
        empty={null}
        paged={false}
      />
    </>
  );
}
