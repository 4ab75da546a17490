import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { amount, count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useFilters } from '../../parts/filters.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { Approval } from './approval.js';
import { BatchFacts } from './batch-facts.js';
import { BatchNotes } from './batch-notes.js';
import { Differs } from './differs.js';
import { Files } from './files.js';
import { MakerActions } from './maker-actions.js';
import { PayoutList } from './payout-list.js';
import { Requests } from './requests.js';
import { SkipList } from './skip-list.js';
import { writesFiles } from './rails.js';

/** States in which others, or the bank, may do the next thing at any time: the page looks again now and then. */
const MOVING: readonly string[] = ['awaiting-approval', 'approved', 'submitted'];
const LOOK_AGAIN_MS = 10_000;

/** One batch: what it pays, what is bound, what waits for whom, and what became of it. */
export default function BatchPage() {
  const id = useParam('id');
  const words = useWords();
  const texts = words.pages.payouts;
  const { language } = useLanguage();
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/payout-batches/{id}',
    { params: { path: { id } } },
    {
      refetchInterval: ({ state }) => MOVING.includes(state.data?.state ?? '') && LOOK_AGAIN_MS,
    },
  );
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return (
    <Page
      title={texts.batchTitle(amount(data.total, data.currency, language))}
      text={texts.summary(count(data.payoutCount, language))}
      actions={<BatchButtons batch={data} />}
    >
      <BatchNotes batch={data} />
      <BatchFacts batch={data} />
      {data.state === 'awaiting-approval' && <Approval key={data.id} batch={data} />}
      {(data.state === 'draft' || data.state === 'awaiting-approval') && data.payoutCount > 0 && (
        <Differs batch={data} />
      )}
      {data.submittedAt !== null && writesFiles(data.rail) && (
        <>
          <Requests batch={data} />
          <Files batch={data} />
        </>
      )}
      <Lists batch={data} />
    </Page>
  );
}

type Batch = Schema<'PayoutBatchDto'>;

function BatchButtons({ batch }: { batch: Batch }) {
  const texts = useWords().pages.payouts;
  const isMaker = useMay('finance-maker');
  return (
    <>
      <Button component={Link} to={`/payouts/${batch.id}/sheet`} variant="default">
        {texts.sheet}
      </Button>
      {isMaker && <MakerActions batch={batch} />}
    </>
  );
}

function Lists({ batch }: { batch: Batch }) {
  const texts = useWords().pages.payouts;
  const { language } = useLanguage();
  const [{ show }, setFilters] = useFilters();
  const excluded = show === 'excluded';
  return (
    <>
      <SegmentedControl
        aria-label={texts.show}
        mt="md"
        className="no-print"
        value={excluded ? 'excluded' : 'payouts'}
        onChange={(next) => setFilters({ show: next === 'excluded' ? next : undefined })}
        data={[
          { value: 'payouts', label: texts.included(count(batch.payoutCount, language)) },
          { value: 'excluded', label: texts.excluded(count(batch.skippedCount, language)) },
        ]}
      />
      {batch.waitingCount > 0 && <Text size="sm">{texts.waitingNext(batch.waitingCount)}</Text>}
      {excluded ? <SkipList batch={batch} /> : <PayoutList batch={batch} />}
    </>
  );
}
