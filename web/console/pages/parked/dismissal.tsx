import { Button, Stack, Text } from '@mantine/core';
import { client, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { Person } from '../../parts/person.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';

type OpenEvent = Schema<'OpenEventDto'>;

/** Who wants the event never to be posted, and what the reader may do about it. */
export function Dismissal({ event: { id, state, dismissal } }: { event: OpenEvent }) {
  const { parked: texts, shared } = useWords().pages;
  const isMaker = useMay('finance-maker');
  const isChecker = useMay('finance-checker');
  const { id: self } = useMe();
  const waits = dismissal?.state === 'awaiting-approval';
  const isToDecide = state === 'parked' && waits && isChecker && dismissal.madeBy !== self;
  return (
    <Stack gap="xs" align="flex-start">
      {(waits || state === 'dismissed') && dismissal && (
        <div>
          <Person id={dismissal.madeBy} />
          <Text size="xs">{dismissal.reason}</Text>
          {dismissal.decidedBy !== null && <Person id={dismissal.decidedBy} />}
        </div>
      )}
      {isToDecide && <Decide id={id} />}
      {state === 'parked' && !waits && isMaker && (
        <ReasonDialog
          label={texts.dismiss}
          confirm={texts.dismiss}
          title={texts.dismissTitle}
          hint={shared.forTheRecord}
          button={{ size: 'compact-md' }}
          done={texts.dismissAsked}
          send={(reason, headers) =>
            client.POST('/v1/order-events/{id}/dismissal', { params: { path: { id } }, headers, body: { reason } })
          }
        >
          <Text>{texts.dismissText}</Text>
        </ReasonDialog>
      )}
    </Stack>
  );
}

function Decide({ id }: { id: string }) {
  const texts = useWords().pages.parked;
  const params = { path: { id } };
  const approve = useAction(
    (headers) => client.POST('/v1/order-events/{id}/dismissal/approve', { params, headers }),
    () => texts.approved,
  );
  const reject = useAction(
    (headers) => client.POST('/v1/order-events/{id}/dismissal/reject', { params, headers }),
    () => texts.rejected,
  );
  const error = approve.error ?? reject.error;
  return (
    <>
      <Button size="compact-md" loading={approve.pending} onClick={() => void approve.run()}>
        {texts.approve}
      </Button>
      <Button size="compact-md" variant="default" loading={reject.pending} onClick={() => void reject.run()}>
        {texts.reject}
      </Button>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}
