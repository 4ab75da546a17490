import { Textarea, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Field } from './field.js';
import { useWords } from '../words.js';
import { ActionDialog, useAction } from './action.js';

type Answer<Result> = Promise<{ data?: Result; error?: unknown; response: Response }>;

interface Props<Result> {
  label: string;
  title: string;
  confirm?: string;
  /** Who reads the reason. */
  hint: string;
  send: (reason: string, headers: { 'Idempotency-Key': string }) => Answer<Result>;
  done: string | ((result: Result) => string);
  /** False while something that it takes is not chosen yet. */
  ready?: boolean;
  button?: ButtonProps;
  children?: ReactNode;
}

/** Something that a person does with a reason, which is kept. */
export function ReasonDialog<Result>({
  label,
  title,
  confirm,
  hint,
  send,
  done,
  ready,
  button,
  children,
}: Props<Result>) {
  const words = useWords();
  const [reason, setReason] = useState('');
  const action = useAction(
    (headers) => send(reason, headers),
    (result: Result) => {
      setReason('');
      return typeof done === 'string' ? done : done(result);
    },
  );
  return (
    <ActionDialog label={label} title={title} confirm={confirm ?? label} action={action} ready={ready} button={button}>
      {children}
      <Field at="/reason">
        <Textarea
          label={words.reason}
          description={hint}
          required
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}
