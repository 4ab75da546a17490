import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Payout = Schema<'MerchantPayoutDto'>;
type PayoutState = keyof ReturnType<typeof useWords>['states']['payout'];
type Rail = keyof ReturnType<typeof useWords>['states']['rail'];

/** What was paid out to the merchant, the latest first; each opens what the bank said of it. */
export function Payouts({ id }: { id: string }) {
  const { pages, states } = useWords();
  const texts = pages.merchants;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/merchants/{id}/payouts', { params: { path: { id }, query: { cursor } } });
  const columns: Column<Payout>[] = [
    { label: texts.at, cell: ({ stateAt }) => <Moment at={stateAt} /> },
    {
      label: texts.reference,
      cell: ({ id: payout, reference }) => <PageLink to={`/reconciliation/payouts/${payout}`}>{reference}</PageLink>,
    },
    { label: texts.amount, align: 'right', cell: ({ amount, currency }) => <Amount minor={amount} asset={currency} /> },
    {
      label: texts.fee,
      align: 'right',
      cell: ({ fee, currency }) => (fee ? <Amount minor={fee} asset={currency} /> : '–'),
    },
    { label: texts.to, cell: ({ bankName, maskedNumber }) => [bankName, maskedNumber].join(' ') },
    { label: texts.rail, cell: ({ rail }) => states.rail[rail as Rail][0] },
    {
      label: texts.state,
      cell: ({ state, reasonCode }) => (
        <>
          <State of="payout" is={state as PayoutState} /> {reasonCode}
        </>
      ),
    },
  ];
  return (
    <List
      caption={texts.tabs.payouts}
      columns={columns}
      query={query}
      rowKey={(payout) => payout.id}
      empty={<Text c="dimmed">{texts.noPayouts}</Text>}
    />
  );
}
