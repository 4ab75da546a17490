import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { keyOf, optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { Outcomes } from './outcomes.js';
import { PageLink } from '../../parts/page-link.js';

type Batch = Schema<'PayoutBatchDto'>;

/** Payout batches, the latest first. */
export default function Batches() {
  const words = useWords();
  const { payouts: texts, shared } = words.pages;
  const { language } = useLanguage();
  const mayDraft = useMay('finance-maker');
  const [filters] = useFilters();
  const { currency, cursor } = filters;
  const state = keyOf(words.states.batch, filters['state']);
  const rail = keyOf(words.states.rail, filters['rail']);
  const filtered = [state, currency, rail].some((one) => one !== undefined);
  const query = api.useQuery('get', '/v1/payout-batches', { params: { query: { state, currency, rail, cursor } } });
  const accounts = api.useQuery('get', '/v1/platform-accounts');
  const draftButton = mayDraft && (
    <Button component={Link} to="/payouts/new">
      {texts.newBatch}
    </Button>
  );
  const columns: Column<Batch>[] = [
    {
      label: texts.made,
      cell: ({ id, madeAt }) => (
        <PageLink to={`/payouts/${id}`}>
          <Moment at={madeAt} />
        </PageLink>
      ),
    },
    { label: shared.state, cell: (batch) => <State of="batch" is={batch.state} /> },
    { label: texts.rail, cell: (batch) => words.states.rail[batch.rail][0] },
    { label: texts.payouts, align: 'right', cell: ({ payoutCount }) => count(payoutCount, language) },
    {
      label: texts.sum,
      align: 'right',
      cell: (batch) => <Amount minor={batch.total} asset={batch.currency} />,
    },
    { label: texts.outcome, cell: (batch) => <Outcomes batch={batch} /> },
    { label: texts.madeBy, cell: ({ madeBy }) => <Person id={madeBy} /> },
  ];
  return (
    <Page title={texts.title} actions={draftButton}>
      <FilterBar>
        <SelectFilter name="state" label={shared.state} options={optionsOf(words.states.batch)} />
        <SelectFilter
          name="currency"
          label={shared.currency}
          options={(accounts.data?.items ?? []).map((one) => ({ value: one.currency, label: one.currency }))}
        />
        <SelectFilter name="rail" label={texts.rail} options={optionsOf(words.states.rail)} />
      </FilterBar>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={
          filtered ? (
            <Empty title={texts.noMatch} />
          ) : (
            <Empty title={texts.none} text={texts.noneText} action={draftButton} />
          )
        }
      />
    </Page>
  );
}
