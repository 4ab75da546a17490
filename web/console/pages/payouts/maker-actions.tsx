import { Button, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { amount, count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useWords } from '../../words.js';
import { ChangedPayouts } from './changed-payouts.js';
import { Refresh } from './refresh.js';
import { writesFiles } from './rails.js';

type Batch = Schema<'PayoutBatchDto'>;
interface Props {
  batch: Batch;
}

/** What a maker can do with a batch in its state. */
export function MakerActions({ batch }: Props) {
  const unsent = batch.state === 'draft' || batch.state === 'awaiting-approval' || batch.state === 'approved';
  return (
    <>
      {batch.state === 'draft' && batch.payoutCount > 0 && <RequestApproval batch={batch} />}
      {batch.state === 'approved' && <Submit batch={batch} />}
      {batch.paused && <Resume batch={batch} />}
      {(batch.state === 'draft' || batch.state === 'awaiting-approval') && <Refresh batch={batch} />}
      {batch.state === 'submitted' && writesFiles(batch.rail) && (
        <>
          <NewFile batch={batch} />
          <Withdraw batch={batch} />
        </>
      )}
      {unsent && <Cancel batch={batch} />}
    </>
  );
}

function useSum({ total, currency }: Batch): string {
  const { language } = useLanguage();
  return amount(total, currency, language);
}

function RequestApproval({ batch }: Props) {
  const { payouts: texts } = useWords().pages;
  const action = useAction(
    (headers) =>
      client.POST('/v1/payout-batches/{id}/request-approval', { params: { path: { id: batch.id } }, headers }),
    () => texts.requested,
  );
  return (
    <ActionDialog
      label={texts.requestApproval}
      title={texts.requestTitle(useSum(batch))}
      confirm={texts.requestApproval}
      action={action}
    >
      <Text>{texts.requestText}</Text>
    </ActionDialog>
  );
}

function Submit({ batch }: Props) {
  const { payouts: texts } = useWords().pages;
  const [date, setDate] = useState('');
  const sum = useSum(batch);
  const { language } = useLanguage();
  const action = useAction(
    (headers) =>
      client.POST('/v1/payout-batches/{id}/submit', {
        params: { path: { id: batch.id } },
        headers,
        body: date ? { executionDate: date } : {},
      }),
    ({ takenOut, takenOutCount }: Schema<'SubmittedPayoutBatchDto'>) =>
      takenOut.length > 0 ? texts.submittedWithout(count(takenOutCount, language)) : texts.submitted,
  );
  return (
    <ActionDialog
      label={texts.submit}
      title={texts.submitTitle(sum)}
      confirm={texts.submitConfirm(sum)}
      action={action}
    >
      <Text>{writesFiles(batch.rail) ? texts.submitText.file : texts.submitText.called}</Text>
      {batch.rail === 'iso20022-file' && (
        <Field at="/executionDate">
          <ExecutionDate value={date} onChange={setDate} description={texts.submitDateHint} />
        </Field>
      )}
      <ChangedPayouts error={action.error} currency={batch.currency} />
    </ActionDialog>
  );
}

interface DateProps {
  value: string;
  onChange: (date: string) => void;
  description?: string;
  required?: boolean;
  error?: ReactNode;
}

/** A day within those that a bank can be asked for. */
function ExecutionDate({ value, onChange, description, required, error }: DateProps) {
  const { submitDate } = useWords().pages.payouts;
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  return (
    <TextInput
      type="date"
      label={submitDate}
      error={error}
      description={description}
      required={required}
      min={day(-1)}
      max={day(90)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Resume({ batch: { id } }: Props) {
  const { payouts: texts } = useWords().pages;
  const action = useAction(
    (headers) => client.POST('/v1/payout-batches/{id}/resume', { params: { path: { id } }, headers }),
    () => texts.resumed,
  );
  return (
    <Button loading={action.pending} onClick={() => void action.run()}>
      {texts.resume}
    </Button>
  );
}

function NewFile({ batch: { id } }: Props) {
  const { payouts: texts, shared } = useWords().pages;
  const [executionDate, setDate] = useState('');
  return (
    <ReasonDialog
      label={texts.newFile}
      confirm={texts.newFileTitle}
      title={texts.newFileTitle}
      hint={shared.checkerReads}
      button={{ variant: 'default' }}
      done={texts.newFileAsked}
      send={(reason, headers) =>
        client.POST('/v1/payout-batches/{id}/new-file', {
          params: { path: { id } },
          headers,
          body: { reason, executionDate },
        })
      }
    >
      <Text>{texts.newFileText}</Text>
      <Field at="/executionDate">
        <ExecutionDate value={executionDate} onChange={setDate} required />
      </Field>
    </ReasonDialog>
  );
}

function Withdraw({ batch }: Props) {
  const { payouts: texts, shared } = useWords().pages;
  return (
    <ReasonDialog
      label={texts.withdraw}
      confirm={texts.withdraw}
      title={texts.withdrawTitle(useSum(batch))}
      hint={shared.checkerReads}
      button={{ variant: 'default' }}
      done={texts.withdrawAsked}
      send={(reason, headers) =>
        client.POST('/v1/payout-batches/{id}/withdraw', {
          params: { path: { id: batch.id } },
          headers,
          body: { reason },
        })
      }
    >
      <Text>{texts.withdrawText}</Text>
    </ReasonDialog>
  );
}

function Cancel({ batch }: Props) {
  const { payouts: texts } = useWords().pages;
  const action = useAction(
    (headers) => client.POST('/v1/payout-batches/{id}/cancel', { params: { path: { id: batch.id } }, headers }),
    () => texts.cancelled,
  );
  return (
    <ActionDialog
      label={texts.cancel}
      title={texts.cancelTitle(useSum(batch))}
      confirm={texts.cancel}
      action={action}
      button={{ variant: 'default' }}
    >
      <Text>{texts.cancelText}</Text>
    </ActionDialog>
  );
}
