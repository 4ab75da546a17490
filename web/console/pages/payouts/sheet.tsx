import { Button, Group, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, client, type Schema } from '../../../api/client.js';
import { amount, count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Facts } from '../../parts/facts.js';
import { List } from '../../parts/list.js';
import { useAll } from '../../parts/load-all.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';
import { shortHash } from './approval.js';
import { BatchFacts } from './batch-facts.js';
import { usePayoutColumns } from './payout-list.js';

/** A batch on paper: every payout of it, its fingerprint, and room for the signatures. */
export default function SheetPage() {
  const id = useParam('id');
  const { data, error } = api.useQuery('get', '/v1/payout-batches/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} />;
  if (!data) return <Skeleton h={480} maw={1200} />;
  return <Sheet batch={data} />;
}

function Sheet({ batch }: { batch: Schema<'PayoutBatchDto'> }) {
  const { payouts: texts, shared } = useWords().pages;
  const { language } = useLanguage();
  // Paper has all of them.
  const all = useAll(['payouts', batch.id], (cursor) =>
    client.GET('/v1/payout-batches/{id}/payouts', {
      params: { path: { id: batch.id }, query: { limit: 200, cursor } },
    }),
  );
  const columns = usePayoutColumns(batch);
  const signers = [texts.signMaker, texts.signChecker, ...(batch.approvalsNeeded > 1 ? [texts.signSecond] : [])];
  return (
    <Page
      title={texts.sheetTitle(amount(batch.total, batch.currency, language))}
      text={texts.summary(count(batch.payoutCount, language))}
      actions={
        <>
          <Button component={Link} to={`/payouts/${batch.id}`} variant="default">
            {texts.backToBatch}
          </Button>
          <Button disabled={!all.data} onClick={() => window.print()}>
            {shared.print}
          </Button>
        </>
      }
    >
      <BatchFacts batch={batch} />
      <Facts items={[[texts.hash, <span key="hash">{shortHash(batch.contentHash)}</span>]]} />
      {all.isPending && (
        <Text role="status" c="dimmed">
          {texts.sheetLoading}
        </Text>
      )}
      <List
        caption={texts.title}
        columns={columns}
        query={{
          data: all.data && { items: all.data },
          error: all.error,
          isPending: all.isPending,
          refetch: () => all.refetch(),
        }}
        rowKey={(payout) => payout.id}
        empty={<Text>{texts.noPayouts}</Text>}
        paged={false}
      />
      <Group role="group" aria-label={texts.signatures} className="signatures" mt="xl">
        <SimpleGrid cols={signers.length} w="100%">
          {signers.map((signer) => (
            <div key={signer} className="signature">
              {signer}
            </div>
          ))}
        </SimpleGrid>
      </Group>
    </Page>
  );
}
