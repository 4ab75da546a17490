import { Anchor, Skeleton, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Facts } from '../../parts/facts.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';

type Application = Schema<'ApplicationDto'>;

/** One application: approve it, with a group, or reject it with a reason. */
export default function ApplicationPage() {
  const id = useParam('id');
  const { data, error, refetch } = api.useQuery('get', '/v1/merchant-applications/{id}', { params: { path: { id } } });
  const words = useWords();
  const texts = words.pages.applications;
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={1200} />;
  return (
    <Page
      title={data.displayName}
      actions={
        data.state === 'pending' && (
          <>
            <Approve application={data} />
            <Reject application={data} />
          </>
        )
      }
    >
      <Facts
        items={[
          [texts.state, <State key="state" of="application" is={data.state} />],
          [texts.wechatId, data.wechatId],
          [texts.phone, data.phone],
          [texts.email, data.email],
          [texts.bankAccount, data.bankAccount && `${data.bankAccount.holder} ${data.bankAccount.maskedNumber}`],
          [texts.submittedAt, <Moment key="at" at={data.createdAt} />],
          [
            texts.code,
            data.merchant && (
              <Anchor component={Link} to={`/merchants/${data.merchant.id}`}>
                {data.merchant.code}
              </Anchor>
            ),
          ],
          [words.reason, data.reason],
        ]}
      />
    </Page>
  );
}

function Approve({ application: { id, displayName } }: { application: Application }) {
  const texts = useWords().pages.applications;
  const [group, setGroup] = useState('');
  const action = useAction(
    (headers) =>
      client.POST('/v1/merchant-applications/{id}/approve', {
        params: { path: { id } },
        headers,
        body: group ? { group } : {},
      }),
    ({ merchant }) => texts.approved(displayName, merchant.code),
  );
  return (
    <ActionDialog label={texts.approve} title={texts.approveTitle(displayName)} confirm={texts.approve} action={action}>
      <TextInput
        label={texts.group}
        description={texts.groupHint}
        maxLength={64}
        value={group}
        onChange={(event) => setGroup(event.currentTarget.value)}
      />
    </ActionDialog>
  );
}

function Reject({ application: { id, displayName } }: { application: Application }) {
  const words = useWords();
  const texts = words.pages.applications;
  const [reason, setReason] = useState('');
  const action = useAction(
    (headers) =>
      client.POST('/v1/merchant-applications/{id}/reject', { params: { path: { id } }, headers, body: { reason } }),
    () => texts.rejected(displayName),
  );
  return (
    <ActionDialog
      label={texts.reject}
      title={texts.rejectTitle(displayName)}
      confirm={texts.reject}
      action={action}
      button={{ variant: 'default' }}
    >
      <Textarea
        label={words.reason}
        description={texts.rejectHint}
        required
        maxLength={500}
        autosize
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionDialog>
  );
}
