import { Button, Text } from '@mantine/core';
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
  const isAsked = waits || state === 'dismissed';
  const mayAsk = state === 'parked' && !waits && isMaker;
  if (!(isAsked && dismissal) && !mayAsk) return null;
  return (
    <>
      {isAsked && dismissal && (
        <>
          <div style={{ overflowWrap: 'anywhere' }}>
            {texts.askedBy} <Person id={dismissal.madeBy} />
          </div>
          <Text size="sm">{texts.because(dismissal.reason)}</Text>
          {dismissal.decidedBy !== null && (
            <div style={{ overflowWrap: 'anywhere' }}>
              {texts.agreedBy} <Person id={dismissal.decidedBy} />
            </div>
          )}
        </>
      )}
      {isToDecide && <Decide id={id} />}
      {mayAsk && (
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
    </>
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
      <div className="cell-buttons">
        <Button size="compact-md" loading={approve.pending} onClick={() => void approve.run()}>
          {texts.approve}
        </Button>
        <Button size="compact-md" variant="default" loading={reject.pending} onClick={() => void reject.run()}>
          {texts.reject}
        </Button>
      </div>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}
