import { Code, Skeleton } from '@mantine/core';
import { api } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { Facts } from '../../parts/facts.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { Person } from '../../parts/person.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';
import { useLineColumns } from './line-columns.js';
import { Results } from './results.js';

/** One report of a bank, with its lines in their order. */
export default function BankReport() {
  const id = useParam('id');
  const { pages, states } = useWords();
  const texts = pages.bankReports;
  const { language } = useLanguage();
  const [{ cursor }] = useFilters();
  const { data, error, refetch } = api.useQuery('get', '/v1/bank-reports/{id}', { params: { path: { id } } });
  const lines = api.useQuery('get', '/v1/bank-reports/{id}/lines', {
    params: { path: { id }, query: { limit: 100, cursor } },
  });
  const columns = useLineColumns();
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={1200} />;
  return (
    <Page title={texts.reportTitle(states.reportKind[data.kind]?.[0] ?? data.kind)}>
      <Facts
        items={[
          [texts.received, <Moment key="at" at={data.receivedAt} />],
          [texts.by, <Person key="by" id={data.receivedBy} />],
          [texts.kind, data.kind],
          [texts.message, <Code key="message">{data.messageId}</Code>],
          [texts.lines, count(data.lineCount, language)],
          [texts.results, data.complete ? <Results key="results" results={data.results} /> : texts.incomplete],
        ]}
      />
      <List
        caption={texts.lines}
        columns={columns}
        query={lines}
        rowKey={(line) => line.id}
        empty={<Empty title={texts.noLines} />}
      />
    </Page>
  );
}
