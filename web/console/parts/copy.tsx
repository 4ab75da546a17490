import { Button, CopyButton, type ButtonProps } from '@mantine/core';
import { useWords } from '../words.js';

/** A button that copies a text, and says that it did. */
export function Copy({ text, label, ...button }: { text: string; label?: string } & ButtonProps) {
  const { problem } = useWords();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" {...button} onClick={copy} aria-live="polite">
          {copied ? problem.copied : (label ?? problem.copy)}
        </Button>
      )}
    </CopyButton>
  );
}
