import { Button, Code, Text } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { List, type Column } from '../../parts/list.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';

type Version = Schema<'PayoutFileVersionDto'>;

/** Every version of the bank file; the one that counts first. */
export function Files({ batch: { id, file } }: { batch: Schema<'PayoutBatchDto'> }) {
  const deletedAt = file?.deletedAt ?? null;
  const { payouts: texts, shared } = useWords().pages;
  const { language } = useLanguage();
  const query = api.useQuery(
    'get',
    '/v1/payout-batches/{id}/files',
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => state.data === undefined && 2_000 },
  );
  const columns: Column<Version>[] = [
    { label: texts.version, cell: ({ version }) => version },
    { label: shared.state, cell: ({ state }) => <State of="payoutFile" is={state} /> },
    { label: texts.executionDate, cell: ({ executionDate }) => executionDate && calendarDay(executionDate, language) },
    {
      label: texts.sha,
      cell: ({ sha256 }) => (
        <Code title={sha256}>
          {sha256.slice(0, 8)}…{sha256.slice(-8)}
        </Code>
      ),
    },
    {
      label: texts.download,
      cell: ({ version, state }) =>
        deletedAt !== null ? (
          texts.fileDeleted
        ) : (
          <Button
            component="a"
            href={`/v1/payout-batches/${id}/file?version=${version}`}
            download
            size="compact-md"
            variant={state === 'current' ? 'filled' : 'default'}
          >
            {texts.download}
          </Button>
        ),
    },
  ];
  return (
    <Section title={texts.files}>
      {deletedAt !== null && (
        <>
          <Text size="sm">
            {texts.fileDeletedAt} <Moment at={deletedAt} />
          </Text>
          <Text size="sm">{texts.fileDeletedText}</Text>
        </>
      )}
      <List
        caption={texts.files}
        columns={columns}
        query={query}
        rowKey={({ version }) => String(version)}
        empty={<Text>{texts.notWritten}</Text>}
        paged={false}
      />
    </Section>
  );
}
