import { api } from '../../../api/client.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { useLineColumns } from './line-columns.js';

/** Lines of bank reports; those that wait for a person unless others are asked for. */
export default function BankLines() {
  const { pages, states } = useWords();
  const texts = pages.bankReports;
  const [filters] = useFilters();
  const { open, ...others } = states.bankLine;
  const result = (Object.keys(others) as (keyof typeof others)[]).find((one) => one === filters['result']) ?? 'open';
  const query = api.useQuery('get', '/v1/bank-report-lines', {
    params: { query: { result, cursor: filters['cursor'] } },
  });
  return (
    <Page title={texts.linesTitle} text={texts.linesText}>
      <FilterBar>
        <SelectFilter name="result" label={texts.result} all={open[0]} options={optionsOf(others)} />
      </FilterBar>
      <List
        caption={texts.linesTitle}
        columns={useLineColumns()}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.linesNone} text={texts.linesNoneText} />}
      />
    </Page>
  );
}
