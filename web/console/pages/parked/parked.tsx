import { Button, Stack, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { useAction } from '../../parts/action.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { StateTabs, useStateTab } from '../../parts/state-tabs.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';
import { orderPath } from '../../parts/order-path.js';
import { Dismissal } from './dismissal.js';

type OpenEvent = Schema<'OpenEventDto'>;
/** Ids in a sentence, and addresses, do not make the table wider than the page. */
const ANYWHERE = { overflowWrap: 'anywhere' } as const;
const STATES = ['parked', 'waiting', 'kept', 'dismissed'] as const;

/** Order events that the money has not followed; those that wait for a person first. */
export default function Parked() {
  const { pages, states } = useWords();
  const { parked: texts, shared } = pages;
  const mayRequeue = useMay('admin', 'finance-maker');
  const [filters] = useFilters();
  const state = useStateTab(STATES);
  const query = api.useQuery('get', '/v1/order-events', { params: { query: { state, cursor: filters['cursor'] } } });
  const columns: Column<OpenEvent>[] = [
    {
      label: texts.order,
      cell: ({ orderId, storefront, refundId }) => (
        <>
          <PageLink to={orderPath(storefront, orderId)}>{orderId}</PageLink>
          {refundId !== null && (
            <Text size="xs" c="dimmed">
              {texts.refund(refundId)}
            </Text>
          )}
        </>
      ),
    },
    { label: texts.type, cell: ({ type }) => states.orderEventType[type][0] },
    { label: texts.recorded, cell: ({ recordedAt }) => <Moment at={recordedAt} /> },
    { label: shared.state, cell: (event) => <State of="orderEvent" is={event.state} /> },
    {
      label: texts.error,
      cell: ({ error }) => (
        <Text size="sm" lang="en" style={ANYWHERE}>
          {error}
        </Text>
      ),
    },
    { label: texts.attempts, align: 'right', cell: ({ attempts }) => attempts },
    {
      label: texts.dismissal,
      cell: (event) => <Dismissal event={event} />,
    },
  ];
  if (mayRequeue)
    columns.push({ label: texts.requeue, cell: ({ id, state }) => state === 'parked' && <Requeue id={id} /> });
  return (
    <Page title={texts.title} text={texts.text}>
      <StateTabs states={STATES} words={states.orderEvent} />
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.none} text={texts.noneText} />}
      />
    </Page>
  );
}

function Requeue({ id }: { id: string }) {
  const texts = useWords().pages.parked;
  const action = useAction(
    (headers) => client.POST('/v1/order-events/{id}/requeue', { params: { path: { id } }, headers }),
    () => texts.requeued,
  );
  return (
    <Stack gap="xs">
      <Button size="compact-md" loading={action.pending} onClick={() => void action.run()}>
        {texts.requeue}
      </Button>
      {action.error !== null && <ProblemNotice error={action.error} />}
    </Stack>
  );
}
