import { Button, Code, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { amount, count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Facts } from '../../parts/facts.js';
import { Note } from '../../parts/note.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { Section } from '../../parts/section.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { hindranceOf } from './batch-notes.js';
import { ChangedPayouts } from './changed-payouts.js';

type Batch = Schema<'PayoutBatchDto'>;

/** The first characters of a fingerprint: enough to compare by eye. */
export function shortHash(hash: string | null): string {
  return hash?.slice(0, 8) ?? '–';
}

/** What an approval of the batch binds; for a checker who had no part in it, with the decision. */
export function Approval({ batch }: { batch: Batch }) {
  const { payouts: texts } = useWords().pages;
  const { language } = useLanguage();
  const me = useMe();
  const mayDecide = useMay('finance-checker') && hindranceOf(batch, me.id) === null;
  // What the person has looked at, and no other, is approved: the page looks again now and then.
  const [seen, setSeen] = useState(batch);
  const changed = seen.contentHash !== batch.contentHash;
  return (
    <Section title={texts.approvalTitle}>
      <Text size="sm">{texts.binds}</Text>
      <Facts
        items={[
          [texts.payouts, count(batch.payoutCount, language)],
          [texts.total, <Amount key="sum" minor={batch.total} asset={batch.currency} />],
          [
            texts.hash,
            <span key="hash" title={texts.hashHint}>
              <Code fz="md">{shortHash(batch.contentHash)}</Code>
            </span>,
          ],
          [texts.needs, batch.approvalsNeeded],
        ]}
      />
      {changed && (
        <Note acts title={texts.changed}>
          <Text size="sm">{texts.changedText(shortHash(seen.contentHash), shortHash(batch.contentHash))}</Text>
          {mayDecide && (
            <Button mt="xs" size="compact-md" variant="default" onClick={() => setSeen(batch)}>
              {texts.changedSeen}
            </Button>
          )}
        </Note>
      )}
      {mayDecide && (
        <Group className="no-print">
          <Approve batch={changed ? seen : batch} disabled={changed} />
          <Reject batch={batch} />
        </Group>
      )}
    </Section>
  );
}

function Approve({ batch, disabled }: { batch: Batch; disabled: boolean }) {
  const { payouts: texts } = useWords().pages;
  const { language } = useLanguage();
  const { id, contentHash } = batch;
  const sum = amount(batch.total, batch.currency, language);
  const action = useAction(
    (headers) =>
      client.POST('/v1/payout-batches/{id}/approve', { params: { path: { id } }, headers, body: { contentHash } }),
    ({ state }) => (state === 'approved' ? texts.approved : texts.firstApproved),
  );
  const isFirstOfTwo = batch.approvalsNeeded > 1 && batch.firstApprovedBy === null;
  return (
    <ActionDialog
      label={texts.approve(sum)}
      title={texts.approveTitle(sum)}
      confirm={texts.approveConfirm(sum)}
      action={action}
      disabled={disabled}
    >
      <Text>{texts.approveText(count(batch.payoutCount, language), sum)}</Text>
      {isFirstOfTwo && <Text>{texts.approveFirst}</Text>}
      <Facts items={[[texts.hash, <Code key="hash">{shortHash(contentHash)}</Code>]]} />
      <ChangedPayouts error={action.error} currency={batch.currency} />
    </ActionDialog>
  );
}

function Reject({ batch }: { batch: Batch }) {
  const { payouts: texts, shared } = useWords().pages;
  const { language } = useLanguage();
  return (
    <ReasonDialog
      label={texts.reject}
      confirm={texts.reject}
      title={texts.rejectTitle(amount(batch.total, batch.currency, language))}
      hint={shared.makerReads}
      button={{ variant: 'default' }}
      done={texts.rejected}
      send={(reason, headers) =>
        client.POST('/v1/payout-batches/{id}/reject', {
          params: { path: { id: batch.id } },
          headers,
          body: { reason },
        })
      }
    />
  );
}
