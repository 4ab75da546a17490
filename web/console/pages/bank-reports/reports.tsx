import { Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { DropZone } from '../../parts/drop-zone.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { Results } from './results.js';
import { UploadList } from './upload-list.js';
import { useUploads } from './upload.js';
import { PageLink } from '../../parts/page-link.js';

/** Reports of banks: hand them in, and see what came of each. */
export default function BankReports() {
  const { pages, states } = useWords();
  const texts = pages.bankReports;
  const { language } = useLanguage();
  const mayUpload = useMay('finance-maker');
  const { uploads, add } = useUploads();
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/bank-reports', { params: { query: { cursor } } });
  const columns: Column<Schema<'BankReportDto'>>[] = [
    {
      label: texts.received,
      cell: ({ id, receivedAt }) => (
        <PageLink to={`/bank-reports/${id}`}>
          <Moment at={receivedAt} />
        </PageLink>
      ),
    },
    {
      label: texts.kind,
      cell: ({ kind }) => <span title={kind}>{states.reportKind[kind]?.[0] ?? kind}</span>,
    },
    {
      label: texts.message,
      cell: ({ messageId }) => (
        <Text component="span" size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {messageId}
        </Text>
      ),
    },
    { label: texts.by, cell: ({ receivedBy }) => <Person id={receivedBy} /> },
    { label: texts.lines, align: 'right', cell: ({ lineCount }) => count(lineCount, language) },
    {
      label: texts.results,
      cell: (report) => (report.complete ? <Results results={report.results} /> : texts.incomplete),
    },
  ];
  return (
    <Page title={texts.title} text={texts.text}>
      {mayUpload && (
        <DropZone
          label={texts.drop}
          button={texts.choose}
          accept=".xml,.zip,application/xml,text/xml,application/zip"
          onFiles={(files) => void add(files)}
        />
      )}
      <UploadList uploads={uploads} />
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.none} text={mayUpload ? texts.noneText : texts.noneReader} />}
      />
    </Page>
  );
}
