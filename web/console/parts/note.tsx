import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title?: string;
  children?: ReactNode;
  /** Set where a person has to act on it. */
  acts?: boolean;
}

/** Something to know before going on: why a thing cannot be done yet, and who can. */
export function Note({ title, children, acts }: Props) {
  return (
    <Alert
      color={acts ? 'orange' : 'gray'}
      title={title}
      variant="light"
      role="note"
      // Orange on light orange is not dark enough to read.
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {children}
    </Alert>
  );
}
