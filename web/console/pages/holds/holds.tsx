import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount } from '../../parts/asset.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantFilter } from '../../parts/merchant-filter.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { keyOf, optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { OpenHold } from './open-hold.js';
import { ReleaseAll } from './release-all.js';
import { PageLink } from '../../parts/page-link.js';

type Hold = Schema<'HoldDto'>;

/** What is on hold; what waits for a decision unless others are asked for. */
export default function Holds() {
  const words = useWords();
  const { holds: texts, shared } = words.pages;
  const mayOpen = useMay('finance-maker', 'reviewer');
  const mayDecide = useMay('finance-checker');
  const [filters] = useFilters();
  const { open, ...ended } = words.states.hold;
  const state = keyOf(ended, filters['state']) ?? 'open';
  const cause = keyOf(words.states.holdCause, filters['cause']);
  const { merchant, cursor } = filters;
  const query = api.useQuery('get', '/v1/holds', { params: { query: { state, cause, merchant, cursor } } });
  const columns: Column<Hold>[] = [
    {
      label: texts.since,
      cell: ({ id, heldAt }) => (
        <PageLink to={`/holds/${id}`}>
          <Day at={heldAt} />
        </PageLink>
      ),
    },
    { label: shared.merchant, cell: (hold) => <MerchantName id={hold.merchant} /> },
    {
      label: texts.amount,
      align: 'right',
      cell: (hold) => <AssetAmount minor={state === 'open' ? hold.remaining : hold.amount} asset={hold.asset} />,
    },
    { label: texts.cause, cell: (hold) => <State of="holdCause" is={hold.cause} /> },
    { label: texts.reason, cell: ({ reason }) => <Text size="sm">{reason}</Text> },
    { label: texts.by, cell: ({ heldBy }) => <Person id={heldBy} /> },
    { label: shared.state, cell: (hold) => <State of="hold" is={hold.state} /> },
  ];
  return (
    <Page
      title={texts.title}
      text={texts.text}
      actions={
        <>
          {mayOpen && <OpenHold />}
          {mayDecide && <ReleaseAll />}
        </>
      }
    >
      <FilterBar>
        <SelectFilter name="state" label={shared.state} all={open[0]} options={optionsOf(ended)} />
        <SelectFilter name="cause" label={texts.cause} options={optionsOf(words.states.holdCause)} />
        <MerchantFilter />
      </FilterBar>
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
