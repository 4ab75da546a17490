import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { Day } from '../../../ui/moment.js';
import { useFilters } from '../../parts/filters.js';
import { List, type Column } from '../../parts/list.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Lot = Schema<'PointsLotDto'>;

/** The merchant's points, lot by lot: the first to expire first, which is the order in which they are redeemed. */
export function Points({ id }: { id: string }) {
  const { pages, states } = useWords();
  const texts = pages.merchants;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/merchants/{id}/points', { params: { path: { id }, query: { cursor } } });
  const points = (key: 'issued' | 'remaining' | 'redeemed' | 'expired' | 'takenBack', label: string): Column<Lot> => ({
    label,
    align: 'right',
    cell: (lot) => <BareAmount minor={lot[key]} asset="POINTS" />,
  });
  const columns: Column<Lot>[] = [
    {
      label: texts.issuedOn,
      cell: ({ issuedAt, reward }) =>
        reward ? (
          <PageLink to={`/rewards/${reward}`}>
            <Day at={issuedAt} />
          </PageLink>
        ) : (
          <Day at={issuedAt} />
        ),
    },
    { label: texts.expiresOn, cell: ({ expiresAt }) => (expiresAt ? <Day at={expiresAt} /> : texts.never) },
    points('issued', states.pointsPart.issued[0]),
    points('redeemed', states.pointsPart.redeemed[0]),
    points('expired', states.pointsPart.expired[0]),
    points('takenBack', states.pointsPart['taken-back'][0]),
    points('remaining', states.pointsPart.remaining[0]),
  ];
  return (
    <>
      {query.data && <Text>{texts.pointsSummary(query.data)}</Text>}
      <List
        caption={texts.tabs.points}
        columns={columns}
        query={query}
        rowKey={(lot) => lot.id}
        empty={<Text c="dimmed">{texts.noPoints}</Text>}
      />
    </>
  );
}
