import { Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { StateTabs, useStateTab } from '../../parts/state-tabs.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Contradiction = Schema<'PayoutContradictionDto'>;
const STATES = ['open', 'settled'] as const;

/** What called rails have said against the books. */
export default function Contradictions() {
  const { pages, states } = useWords();
  const texts = pages.contradictions;
  const [filters] = useFilters();
  const state = useStateTab(STATES);
  const query = api.useQuery('get', '/v1/payout-contradictions', {
    params: { query: { state, cursor: filters['cursor'] } },
  });
  const columns: Column<Contradiction>[] = [
    {
      label: texts.payout,
      cell: ({ payout }) => (
        <PageLink to={`/reconciliation/payouts/${payout}`} size="sm">
          …{payout.slice(-8)}
        </PageLink>
      ),
    },
    { label: texts.books, cell: ({ payoutState }) => <State of="payout" is={payoutState} /> },
    { label: texts.bank, cell: ({ bankStatus }) => <State of="bankStatus" is={bankStatus} /> },
    {
      label: texts.explanation,
      cell: ({ reasonCode, reason }) => [reasonCode, reason].filter(Boolean).join(' · '),
    },
    { label: texts.source, cell: ({ source }) => states.contradictionSource[source][0] },
    { label: texts.saidAt, cell: ({ saidAt }) => <Moment at={saidAt} /> },
    { label: texts.settled, cell: (row) => <Settled contradiction={row} /> },
  ];
  return (
    <Page title={texts.title} text={texts.text}>
      <StateTabs states={STATES} words={states.contradiction} />
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.none} text={texts.noneText} />}
      />
    </Page>
  );
}

function Settled({ contradiction: { id, state, settledBy, settledReason } }: { contradiction: Contradiction }) {
  const { contradictions: texts, shared } = useWords().pages;
  const isMaker = useMay('finance-maker');
  if (state === 'settled')
    return (
      <>
        <Person id={settledBy} />
        <Text size="xs">{settledReason}</Text>
      </>
    );
  if (!isMaker) return null;
  return (
    <ReasonDialog
      label={texts.settle}
      confirm={texts.settle}
      title={texts.settleTitle}
      hint={shared.forTheRecord}
      button={{ size: 'compact-md' }}
      done={texts.done}
      send={(reason, headers) =>
        client.POST('/v1/payout-contradictions/{id}/settle', { params: { path: { id } }, headers, body: { reason } })
      }
    >
      <Text>{texts.settleText}</Text>
    </ReasonDialog>
  );
}
