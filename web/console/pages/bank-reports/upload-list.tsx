import { Paper, Progress, Stack, Text } from '@mantine/core';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Note } from '../../parts/note.js';
import { useWords } from '../../words.js';
import { OPEN, Results } from './results.js';
import type { Upload } from './upload.js';
import { PageLink } from '../../parts/page-link.js';

/** The files that were handed in on this page: how far each is, and what came of it. */
export function UploadList({ uploads }: { uploads: readonly Upload[] }) {
  return (
    <Stack gap="xs" role="status">
      {uploads.map((upload) => (
        <Paper key={upload.key} withBorder p="sm">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {upload.file.name}
          </Text>
          <Outcome upload={upload} />
        </Paper>
      ))}
    </Stack>
  );
}

function Outcome({ upload: { file, percent, reports, skipped, error } }: { upload: Upload }) {
  const texts = useWords().pages.bankReports;
  const { language } = useLanguage();
  if (error === 'too-large')
    return <Note acts>{texts.tooLarge(texts.size(count(Math.ceil(file.size / 1024 / 1024), language)))}</Note>;
  if (error !== undefined) return <ProblemNotice error={error} />;
  if (!reports) {
    const text = percent < 100 ? texts.uploading(percent) : texts.reading;
    return (
      <>
        <Progress value={percent} animated={percent === 100} aria-label={text} mt="xs" />
        <Text size="sm">{text}</Text>
      </>
    );
  }
  return (
    <Stack gap={4}>
      {reports.map(({ id, fileName, results }) => {
        const waiting = OPEN.reduce((sum, result) => sum + results[result], 0);
        const lines = Object.values(results).reduce((sum, number) => sum + number, 0);
        return (
          <div key={id}>
            {fileName !== null && <Text size="sm">{fileName}</Text>}
            <Text size="sm" component="span">
              {texts.readResult(lines)}:{' '}
            </Text>
            <Results results={results} />{' '}
            <PageLink to={`/bank-reports/${id}`} size="sm">
              {texts.open}
            </PageLink>
            {waiting > 0 && (
              <>
                {' · '}
                <PageLink to="/bank-lines" size="sm">
                  {texts.needsYou(waiting)}
                </PageLink>
              </>
            )}
          </div>
        );
      })}
      {skipped && skipped.length > 0 && <Text size="sm">{texts.skippedFiles(skipped.join(', '))}</Text>}
    </Stack>
  );
}
