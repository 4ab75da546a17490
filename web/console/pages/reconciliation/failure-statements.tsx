import { Group, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { amount } from '../../../ui/format.js';
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

type Payout = Schema<'PayoutDto'>;
type Statement = Schema<'FailureStatementDto'>;

/** What people stated about a payout whose outcome the rail does not name, and who decides. */
export function FailureStatements({ payout }: { payout: Payout }) {
  const words = useWords();
  const { payout: texts, payouts, shared } = words.pages;
  const query = api.useQuery('get', '/v1/payouts/{id}/failure-statements', { params: { path: { id: payout.id } } });
  if (!query.data?.items.length) return null;
  const columns: Column<Statement>[] = [
    {
      label: texts.evidence,
      cell: ({ evidence, reason, reasonCode }) => (
        <>
          {evidence}
          <Text size="xs" c="dimmed">
            {reasonCode} · {reason}
          </Text>
        </>
      ),
    },
    {
      label: texts.statedBy,
      cell: ({ madeBy, madeAt }) => (
        <>
          <Person id={madeBy} /> · <Moment at={madeAt} />
        </>
      ),
    },
    { label: shared.state, cell: ({ state }) => <State of="failureStatement" is={state} /> },
    { label: payouts.decision, cell: (statement) => <Decision statement={statement} payout={payout} /> },
  ];
  return (
    <Section title={texts.statements}>
      <List
        caption={texts.statements}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={null}
        paged={false}
      />
    </Section>
  );
}

function Decision({ statement, payout }: { statement: Statement; payout: Payout }) {
  const words = useWords();
  const { payout: texts, shared } = words.pages;
  const { language } = useLanguage();
  const me = useMe();
  const isChecker = useMay('finance-checker');
  const path = { id: payout.id, statement: statement.id };
  const confirm = texts.approveStatement(amount(payout.amount, payout.currency, language));
  const approve = useAction(
    (headers) => client.POST('/v1/payouts/{id}/failure-statements/{statement}/approve', { params: { path }, headers }),
    () => texts.statementApproved,
  );
  if (statement.state !== 'awaiting-approval')
    return (
      <>
        {statement.decidedBy !== null && <Person id={statement.decidedBy} />}
        {statement.decisionReason !== null && <Text size="xs">{statement.decisionReason}</Text>}
      </>
    );
  if (!isChecker) return null;
  if (statement.madeBy === me.id) return <Text size="sm">{texts.ownStatement}</Text>;
  return (
    <Group gap="xs">
      <ActionDialog
        label={shared.approve}
        title={confirm}
        confirm={confirm}
        action={approve}
        button={{ size: 'compact-md' }}
      >
        <Text>{texts.approveText}</Text>
      </ActionDialog>
      <ReasonDialog
        label={shared.reject}
        title={texts.rejectStatement}
        hint={shared.makerReads}
        button={{ variant: 'default', size: 'compact-md' }}
        done={texts.statementRejected}
        send={(reason, headers) =>
          client.POST('/v1/payouts/{id}/failure-statements/{statement}/reject', {
            params: { path },
            headers,
            body: { reason },
          })
        }
      />
    </Group>
  );
}
