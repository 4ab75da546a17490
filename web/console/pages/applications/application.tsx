import { Button, Group, Kbd, Skeleton, Text } from '@mantine/core';
import { api } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { Approve, Reject } from './decisions.js';
import { Erase } from './erase.js';
import { DoubleCards } from './double-cards.js';
import { useQueue } from './queue.js';
import { PageLink } from '../../parts/page-link.js';

/** The application that the address names; the next one begins anew. */
export default function ApplicationPage() {
  const id = useParam('id');
  return <OneApplication key={id} id={id} />;
}

/** One application beside its likely doubles: approve it, with a group, or reject it with a reason; then the next. */
function OneApplication({ id }: { id: string }) {
  const { data, error, refetch } = api.useQuery('get', '/v1/merchant-applications/{id}', { params: { path: { id } } });
  const { others, andMore, next, openNext } = useQueue(id);
  const reviews = useMay('reviewer');
  const words = useWords();
  const texts = words.pages.applications;
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={1200} />;
  const pending = data.state === 'pending';
  const account = data.bankAccount;
  return (
    <Page
      title={data.erasedAt === null ? data.displayName : texts.erasedTitle}
      text={pending && !reviews ? texts.reviewersDecide : undefined}
      actions={
        <>
          {pending && reviews && (
            <>
              <Approve application={data} then={openNext} />
              <Reject application={data} then={openNext} />
            </>
          )}
          <Erase application={data} />
          {next && (
            <Button variant="subtle" onClick={openNext} aria-keyshortcuts="Alt+N">
              {texts.next(others, andMore)}
            </Button>
          )}
        </>
      }
    >
      {pending && reviews && (
        <Group gap="xs" visibleFrom="sm" className="no-print">
          <Text size="sm" c="dimmed">
            {texts.keys.title}
          </Text>
          {(['approve', 'reject', 'next'] as const).map((key) => (
            <Text key={key} size="sm" c="dimmed">
              <Kbd>Alt</Kbd> + <Kbd>{key.charAt(0).toUpperCase()}</Kbd> {texts.keys[key]}
            </Text>
          ))}
        </Group>
      )}
      <Facts
        items={[
          [texts.state, <State key="state" of="application" is={data.state} />],
          [texts.wechatId, data.wechatId],
          [texts.phone, data.phone],
          [texts.email, data.email],
          [texts.bankAccount, account && [account.holder, account.maskedNumber, account.bankName].join(' ')],
          [texts.submittedAt, <Moment key="at" at={data.createdAt} />],
          [texts.decidedAt, data.decidedAt && <Moment key="decided" at={data.decidedAt} />],
          [
            texts.code,
            data.merchant && <PageLink to={`/merchants/${data.merchant.id}`}>{data.merchant.code}</PageLink>,
          ],
          [words.reason, data.reason],
          [texts.erasedAt, data.erasedAt && <Moment key="erased" at={data.erasedAt} />],
        ]}
      />
      {data.erasedAt === null && <DoubleCards application={data} />}
    </Page>
  );
}
