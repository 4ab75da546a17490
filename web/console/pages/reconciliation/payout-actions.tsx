import { NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { amount } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { optionsOf } from '../../parts/select-filter.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { FORMATS, RAILS, writesFiles } from '../payouts/rails.js';

type Payout = Schema<'PayoutDto'>;
interface Props {
  payout: Payout;
}

/** With the bank, its outcome not known: of a rail that is called people may state that it has failed. */
const IN_TRANSIT: readonly Payout['state'][] = ['submitting', 'accepted', 'unknown'];

/** What a maker can do about one payout in its state. */
export function PayoutActions({ payout }: Props) {
  const isMaker = useMay('finance-maker');
  if (!isMaker) return null;
  const isCalled = !writesFiles(payout.rail) && IN_TRANSIT.includes(payout.state);
  return (
    <>
      {(payout.state === 'failed' || payout.state === 'returned') && <Retry payout={payout} />}
      {payout.waitsForPayee && payout.cancelAskedAt === null && <CancelTransfer payout={payout} />}
      {isCalled && <StateFailure payout={payout} />}
    </>
  );
}

function useSum({ amount: minor, currency }: Payout): string {
  const { language } = useLanguage();
  return amount(minor, currency, language);
}

function Retry({ payout }: Props) {
  const words = useWords();
  const texts = words.pages.payout;
  const navigate = useNavigate();
  const [rail, setRail] = useState(payout.rail);
  const formats = FORMATS[rail] ?? [];
  const [chosen, setFormat] = useState<string>();
  const fileFormat = formats.find((one) => one === chosen) ?? formats[0];
  const action = useAction(
    (headers) =>
      client.POST('/v1/payouts/{id}/retry', {
        params: { path: { id: payout.id } },
        headers,
        body: { rail, fileFormat },
      }),
    ({ id }) => {
      void navigate({ to: `/payouts/${id}` });
      return texts.retried;
    },
  );
  return (
    <ActionDialog label={texts.retry} title={texts.retryTitle(useSum(payout))} confirm={texts.retry} action={action}>
      <Text>{texts.retryText}</Text>
      <Field at="/rail">
        <NativeSelect
          label={texts.retryRail}
          value={rail}
          onChange={(event) => setRail(RAILS.find((one) => one === event.currentTarget.value) ?? rail)}
          data={optionsOf(words.states.rail)}
        />
      </Field>
      {formats.length > 0 && (
        <Field at="/fileFormat">
          <NativeSelect
            label={texts.retryFormat}
            value={fileFormat}
            onChange={(event) => setFormat(event.currentTarget.value)}
            data={formats.map((value) => ({ value, label: words.states.fileFormat[value][0] }))}
          />
        </Field>
      )}
    </ActionDialog>
  );
}

function CancelTransfer({ payout }: Props) {
  const { payout: texts, shared } = useWords().pages;
  return (
    <ReasonDialog
      label={texts.cancelTransfer}
      confirm={texts.cancelTransfer}
      title={texts.cancelTitle(useSum(payout))}
      hint={shared.forTheRecord}
      button={{ variant: 'default' }}
      done={texts.cancelled}
      send={(reason, headers) =>
        client.POST('/v1/payouts/{id}/cancel-transfer', {
          params: { path: { id: payout.id } },
          headers,
          body: { reason },
        })
      }
    >
      <Text>{texts.cancelText}</Text>
    </ReasonDialog>
  );
}

function StateFailure({ payout }: Props) {
  const { payout: texts } = useWords().pages;
  const [evidence, setEvidence] = useState('');
  const [reasonCode, setCode] = useState('');
  return (
    <ReasonDialog
      label={texts.stateFailure}
      confirm={texts.stateFailure}
      title={texts.stateTitle(useSum(payout))}
      hint={texts.failureReasonHint}
      button={{ variant: 'default' }}
      done={texts.stated}
      send={(reason, headers) =>
        client.POST('/v1/payouts/{id}/failure-statements', {
          params: { path: { id: payout.id } },
          headers,
          body: { evidence, reason, ...(reasonCode ? { reasonCode: reasonCode.toUpperCase() } : {}) },
        })
      }
    >
      <Text>{texts.stateText}</Text>
      <Field at="/evidence">
        <Textarea
          label={texts.evidence}
          description={texts.evidenceHint}
          required
          maxLength={2000}
          autosize
          minRows={3}
          value={evidence}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
      </Field>
      <Field at="/reasonCode">
        <TextInput
          label={texts.reasonCode}
          description={texts.reasonCodeHint}
          maxLength={4}
          value={reasonCode}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </Field>
    </ReasonDialog>
  );
}
