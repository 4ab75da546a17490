import { Button, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { amount, count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { CsvButton } from '../../parts/csv-button.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { RAILS } from '../payouts/rails.js';
import { PageLink } from '../../parts/page-link.js';

type Batch = Schema<'ReconciledBatchDto'>;
type Outcome = 'total' | 'open' | 'paid' | 'failed' | 'returned' | 'withdrawn';
const OUTCOMES: readonly Outcome[] = ['total', 'open', 'paid', 'failed', 'returned', 'withdrawn'];

/** Batches that were sent beside what the bank has said of them, with their age. */
export default function Reconciliation() {
  const words = useWords();
  const { reconciliation: texts, shared } = words.pages;
  const { language } = useLanguage();
  const [filters, setFilters] = useFilters();
  const open = filters['open'] === 'true';
  const { currency, cursor } = filters;
  const asked = {
    currency,
    rail: RAILS.find((one) => one === filters['rail']),
    open: open ? ('true' as const) : undefined,
  };
  const query = api.useQuery('get', '/v1/finance/reconciliation', { params: { query: { ...asked, cursor } } });
  const accounts = api.useQuery('get', '/v1/platform-accounts');
  const waiting = query.data?.waitingLines;
  const columns: Column<Batch>[] = [
    {
      label: texts.sent,
      cell: ({ id, submittedAt }) => (
        <PageLink to={`/reconciliation/${id}`}>
          <Moment at={submittedAt} />
        </PageLink>
      ),
    },
    { label: texts.age, align: 'right', cell: ({ ageDays }) => texts.days(ageDays) },
    { label: texts.rail, cell: ({ rail }) => words.states.rail[rail][0] },
    ...OUTCOMES.map((outcome): Column<Batch> => ({
      label: texts[outcome],
      align: 'right',
      cell: (batch) => {
        const { count: number, amount: sum } = batch[outcome];
        if (number === 0) return '–';
        return (
          <span className="amount">
            {texts.countAndSum(count(number, language), amount(sum, batch.currency, language))}
          </span>
        );
      },
    })),
  ];
  return (
    <Page
      title={texts.title}
      text={texts.text}
      actions={<CsvButton path="/v1/finance/reconciliation" query={asked} name="reconciliation.csv" />}
    >
      {waiting && waiting.count > 0 && (
        <Note acts>
          {texts.waitingLines(waiting.count, waiting.oldestDays ?? 0)}{' '}
          <PageLink to="/bank-lines" size="sm">
            {texts.toLines}
          </PageLink>
        </Note>
      )}
      <FilterBar>
        <SegmentedControl
          aria-label={texts.open}
          value={open ? 'open' : 'all'}
          onChange={(next) => setFilters({ open: next === 'open' ? 'true' : undefined })}
          data={[
            { value: 'all', label: texts.all },
            { value: 'open', label: texts.onlyOpen },
          ]}
        />
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
          <Empty
            title={texts.none}
            text={texts.noneText}
            action={
              <Button component={Link} to="/payouts" variant="default">
                {words.pages.payouts.title}
              </Button>
            }
          />
        }
      />
    </Page>
  );
}
