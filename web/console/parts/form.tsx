import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import type { useAction } from './action.js';
import { Fields } from './field.js';
import { ProblemNotice } from './problem-notice.js';

interface Props {
  action: ReturnType<typeof useAction>;
  /** On the button that saves. */
  save: string;
  /** Beside it. */
  also?: ReactNode;
  disabled?: boolean;
  children: ReactNode;
}

/** A form on a page of its own; why it was refused stands beside the button. */
export function Form({ action, save, also, disabled, children }: Props) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void action.run();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Fields error={action.error}>
          {children}
          {action.error !== null && <ProblemNotice error={action.error} />}
        </Fields>
        <Group>
          <Button type="submit" loading={action.pending} disabled={disabled}>
            {save}
          </Button>
          {also}
        </Group>
      </Stack>
    </form>
  );
}
