import { Group, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { calendarDay } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { List, type Column } from '../../parts/list.js';
import { Person } from '../../parts/person.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { Section } from '../../parts/section.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';

type Request = Schema<'PayoutRequestDto'>;

/** What was asked for a batch that was sent, a new file or its withdrawal, and who decides. */
export function Requests({ batch: { id } }: { batch: Schema<'PayoutBatchDto'> }) {
  const words = useWords();
  const { payouts: texts, shared } = words.pages;
  const { language } = useLanguage();
  const query = api.useQuery('get', '/v1/payout-batches/{id}/requests', { params: { path: { id } } });
  if (!query.data?.items.length) return null;
  const columns: Column<Request>[] = [
    {
      label: texts.requestKind,
      cell: ({ kind, executionDate }) => (
        <>
          {words.states.payoutRequestKind[kind][0]}{' '}
          {executionDate !== null && texts.forDay(calendarDay(executionDate, language))}
        </>
      ),
    },
    { label: words.reason, cell: ({ reason }) => reason },
    {
      label: texts.askedBy,
      cell: ({ madeBy, madeAt }) => (
        <>
          <Person id={madeBy} /> · <Moment at={madeAt} />
        </>
      ),
    },
    { label: shared.state, cell: ({ state }) => <State of="payoutRequest" is={state} /> },
    { label: texts.decision, cell: (request) => <Decision request={request} /> },
  ];
  return (
    <Section title={texts.requests}>
      <List
        caption={texts.requests}
        columns={columns}
        query={query}
        rowKey={(request) => request.id}
        empty={null}
        paged={false}
      />
    </Section>
  );
}

function Decision({ request }: { request: Request }) {
  const words = useWords();
  const { payouts: texts, shared } = words.pages;
  const me = useMe();
  const isChecker = useMay('finance-checker');
  const path = { id: request.batch, request: request.id };
  const kind = words.states.payoutRequestKind[request.kind][0];
  const approve = useAction(
    (headers) => client.POST('/v1/payout-batches/{id}/requests/{request}/approve', { params: { path }, headers }),
    () => texts.requestApproved,
  );
  if (request.state !== 'awaiting-approval')
    return (
      <>
        {request.decidedBy !== null && <Person id={request.decidedBy} />}
        {request.decisionReason !== null && <Text size="xs">{request.decisionReason}</Text>}
      </>
    );
  if (!isChecker) return null;
  if (request.madeBy === me.id) return <Text size="sm">{texts.ownRequest}</Text>;
  return (
    <Group gap="xs">
      <ActionDialog
        label={texts.approveRequest}
        title={texts.approveRequestTitle(kind)}
        confirm={texts.approveRequestTitle(kind)}
        action={approve}
        button={{ size: 'compact-md' }}
      >
        <Text>{words.states.payoutRequestKind[request.kind][1]}</Text>
      </ActionDialog>
      <ReasonDialog
        label={texts.reject}
        title={texts.rejectRequestTitle(kind)}
        hint={shared.makerReads}
        button={{ variant: 'default', size: 'compact-md' }}
        done={texts.requestRejected}
        send={(reason, headers) =>
          client.POST('/v1/payout-batches/{id}/requests/{request}/reject', {
            params: { path },
            headers,
            body: { reason },
          })
        }
      />
    </Group>
  );
}
