import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type Schema } from '../../../api/client.js';
import type { operations } from '../../../api/schema.js';
import { Moment } from '../../../ui/moment.js';
import { useFilters } from '../../parts/filters.js';
import { DayFilter } from '../../parts/day-filter.js';
import { momentsOf } from '../../parts/days.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { JournalKind } from './journal-kind.js';
import { PeriodTotals } from './period-totals.js';
import { PageLink } from '../../parts/page-link.js';

type JournalKinds = NonNullable<NonNullable<operations['listJournals']['parameters']['query']>['kind']>;

/** The journal of the books: every posting, of all or of one reward, payout or cause. */
export default function Journals() {
  const { pages, states } = useWords();
  const texts = pages.journals;
  const [filters] = useFilters();
  const { reward, payout, cause, from, to, cursor } = filters;
  const kind = (Object.keys(states.journal) as JournalKinds[]).find((one) => one === filters['kind']);
  const query = api.useQuery('get', '/v1/finance/journals', {
    params: { query: { reward, payout, cause, kind, order: 'desc', cursor, ...momentsOf(from, to) } },
  });
  const columns: Column<Schema<'JournalDto'>>[] = [
    { label: texts.postedAt, cell: ({ postedAt }) => <Moment at={postedAt} /> },
    {
      label: texts.description,
      cell: ({ id, description }) => (
        <PageLink to={`/journals/${id}`} lang="en">
          {description}
        </PageLink>
      ),
    },
    { label: texts.kind, cell: ({ kind }) => <JournalKind is={kind} /> },
    { label: texts.occurredAt, cell: ({ occurredAt }) => <Moment at={occurredAt} /> },
    { label: texts.seal, cell: ({ seal }) => seal?.position ?? texts.notSealed },
  ];
  const ofOne = reward ?? payout ?? cause;
  return (
    <Page title={texts.title} text={ofOne && texts.of(ofOne)} actions={<Export />}>
      {!ofOne && <PeriodTotals />}
      <FilterBar>
        <SelectFilter name="kind" label={texts.kind} options={optionsOf(states.journal)} />
        <DayFilter name="from" label={texts.postedFrom} />
        <DayFilter name="to" label={texts.postedTo} />
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

/** The accounting export of a month. */
function Export() {
  const words = useWords();
  const texts = words.pages.journals;
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7));
  const [year = 0, number = 0] = month.split('-').map(Number);
  const until = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  const period = new URLSearchParams({ from: `${month}-01T00:00:00Z`, to: `${until}T00:00:00Z` });
  return (
    <FilterBar>
      <TextInput
        type="month"
        label={texts.exportMonth}
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value || month)}
      />
      <Button component="a" variant="default" href={`/v1/finance/journals.csv?${period.toString()}`} download>
        {words.list.csv}
      </Button>
    </FilterBar>
  );
}
