import { Skeleton, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, client, problemOf } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Facts } from '../../parts/facts.js';
import { Field } from '../../parts/field.js';
import { Person } from '../../parts/person.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

/** The WeChat wallet that the merchant's cash may go to. */
export function WechatPayee({ id }: { id: string }) {
  const texts = useWords().pages.merchants;
  const records = useMay('reviewer');
  const { data, error, isPending, refetch } = api.useQuery('get', '/v1/merchants/{id}/wechat-payee', {
    params: { path: { id } },
  });
  const none = error !== null && problemOf(error).code === 'payout.no-wechat-payee';
  return (
    <Section title={texts.wechatPayee} actions={records && !isPending && <Record id={id} anew={!none} />}>
      {isPending && <Skeleton h={80} />}
      {none && <Text c="dimmed">{texts.noWechatPayee}</Text>}
      {error && !none && <ProblemNotice error={error} retry={() => void refetch()} />}
      {data && (
        <Facts
          items={[
            [texts.realName, data.holder],
            [texts.openid, data.maskedOpenid],
            [texts.recordedBy, <Person key="by" id={data.recordedBy} />],
            [texts.at, <Moment key="at" at={data.recordedAt} />],
          ]}
        />
      )}
    </Section>
  );
}

function Record({ id, anew }: { id: string; anew: boolean }) {
  const texts = useWords().pages.merchants;
  const [holder, setHolder] = useState('');
  const [openid, setOpenid] = useState('');
  const action = useAction(
    () => client.PUT('/v1/merchants/{id}/wechat-payee', { params: { path: { id } }, body: { holder, openid } }),
    () => texts.wechatPayeeRecorded,
  );
  return (
    <ActionDialog
      label={anew ? texts.replaceWechatPayee : texts.recordWechatPayee}
      title={texts.wechatPayee}
      confirm={texts.recordWechatPayee}
      action={action}
      button={{ variant: 'default', size: 'compact-md' }}
    >
      <Field at="/holder">
        <TextInput
          label={texts.realName}
          description={texts.realNameHint}
          required
          value={holder}
          onChange={(event) => setHolder(event.currentTarget.value)}
        />
      </Field>
      <Field at="/openid">
        <TextInput
          label={texts.openid}
          description={texts.openidHint}
          required
          value={openid}
          onChange={(event) => setOpenid(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}
