import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { amount } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';
import { minorOfLine, useLineAmount } from './line-amount.js';
import type { Line } from './line-columns.js';

/** Says which payout a line is about; of another amount it takes a reason and a checker. */
function useMatch(line: Line, payout: string, reason: string) {
  const texts = useWords().pages.bankReports;
  return useAction(
    (headers) =>
      client.POST('/v1/bank-report-lines/{id}/match', {
        params: { path: { id: line.id } },
        headers,
        body: { payout, ...(reason.trim() ? { reason } : {}) },
      }),
    ({ result }) => (result === 'matched' ? texts.matched : texts.proposed),
  );
}

export function Match({ line, payout }: { line: Line; payout: Schema<'PayoutDto'> }) {
  const words = useWords();
  const texts = words.pages.bankReports;
  const { language } = useLanguage();
  const [reason, setReason] = useState('');
  const action = useMatch(line, payout.id, reason);
  const sum = amount(payout.sentAmount, payout.currency, language);
  const same = minorOfLine(line) === payout.sentAmount && line.currency === payout.currency;
  const lineSum = useLineAmount()(line);
  return (
    <ActionDialog
      label={texts.match}
      title={texts.matchTitle(payout.beneficiary.holder, sum)}
      confirm={same ? `${texts.match} ${sum}` : texts.propose}
      action={action}
      button={{ size: 'compact-md', variant: same ? 'filled' : 'default' }}
    >
      <Text>{same ? texts.matchText : texts.otherAmountText(lineSum, sum)}</Text>
      {!same && (
        <Field at="/reason">
          <Textarea
            label={words.reason}
            required
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
      )}
    </ActionDialog>
  );
}

export function MatchByNumber({ line }: { line: Line }) {
  const texts = useWords().pages.bankReports;
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const action = useMatch(line, numberOf(typed), reason);
  return (
    <ActionDialog
      label={texts.byNumber}
      title={texts.matchByNumberTitle}
      confirm={texts.matchByNumber}
      action={action}
      button={{ variant: 'default', style: { alignSelf: 'flex-start' } }}
    >
      <Text>{texts.matchText}</Text>
      <Field at="/payout">
        <TextInput
          label={texts.byNumber}
          description={texts.byNumberHint}
          required
          maxLength={40}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
      <Field at="/reason">
        <Textarea
          label={texts.differsReason}
          description={texts.differsHint}
          maxLength={500}
          autosize
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}

/** A payout's reference is its number without the prefix, in capitals. */
function numberOf(typed: string): string {
  const text = typed.trim().toLowerCase();
  return text.startsWith('pay_') ? text : `pay_${text}`;
}
