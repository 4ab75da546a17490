import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { newIdempotencyKey } from '../../api/client.js';
import { noticeEndOfSession, queries } from '../queries.js';
import { useWords } from '../words.js';
import { Fields } from './field.js';
import { ProblemNotice } from './problem-notice.js';

interface Action {
  /** Whether it is under way: its button takes no second press. */
  pending: boolean;
  /** Why the last attempt was refused; what was typed stays. */
  error: unknown;
  /** Whether it was done. */
  run: () => Promise<boolean>;
  reset: () => void;
}

/**
 * Something that a person does. `send` gets a key under which a repeat after a lost connection counts once. Afterwards
 * every list and figure on the page is read anew.
 */
export function useAction<Result>(
  send: (headers: { 'Idempotency-Key': string }) => Promise<{ data?: Result; error?: unknown; response: Response }>,
  done?: (result: Result) => string | undefined,
): Action {
  const { close } = useWords();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [conflict, setConflict] = useState(false);
  const [key, setKey] = useState(newIdempotencyKey);
  const run = async () => {
    setPending(true);
    setError(null);
    const answer = await send({ 'Idempotency-Key': key });
    setPending(false);
    if (answer.error !== undefined) {
      setError(answer.error);
      // Refused: what comes next is another attempt. Not answered: it is the same one.
      if (answer.response.status < 500) setKey(newIdempotencyKey());
      noticeEndOfSession(answer.error);
      setConflict(answer.response.status === 409);
      return false;
    }
    setKey(newIdempotencyKey());
    const message = done?.(answer.data as Result);
    if (message) notifications.show({ message, closeButtonProps: { 'aria-label': close } });
    await queries.invalidateQueries();
    return true;
  };
  const reset = () => {
    setError(null);
    // Another person was faster: what they did is read once the refusal has been, which would else go with its button.
    if (conflict) void queries.invalidateQueries();
    setConflict(false);
  };
  return { pending, error, run, reset };
}

interface DialogProps {
  /** On the button that opens it. */
  label: string;
  title: string;
  /** What is done, and to what: count, sum, who. */
  children?: ReactNode;
  /** On the button that does it; with the sum where money moves. */
  confirm: string;
  action: Action;
  disabled?: boolean;
  /** False while something that it takes is not chosen yet. */
  ready?: boolean;
  button?: ButtonProps;
  /** A letter that opens it, together with Alt. */
  hotkey?: string;
}

/** A button that opens a dialog, which says what will be done and takes the second press. */
export function ActionDialog(props: DialogProps) {
  const { label, title, children, confirm, action, disabled, ready = true, button, hotkey } = props;
  const words = useWords();
  const [opened, setOpened] = useState(false);
  const open = () => setOpened(true);
  useHotkeys(hotkey && !disabled ? [[`alt+Key${hotkey}`, open, { usePhysicalKeys: true }]] : [], []);
  const close = () => {
    setOpened(false);
    action.reset();
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await action.run()) setOpened(false);
  };
  return (
    <>
      <Button {...button} disabled={disabled} onClick={open} aria-keyshortcuts={hotkey && `Alt+${hotkey}`}>
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={<Text fw={600}>{title}</Text>}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Fields error={action.error}>
              {children}
              {action.error !== null && <ProblemNotice error={action.error} />}
            </Fields>
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {words.cancel}
              </Button>
              <Button type="submit" loading={action.pending} disabled={!ready} color={button?.color ?? undefined}>
                {confirm}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
