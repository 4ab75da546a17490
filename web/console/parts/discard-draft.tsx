import { Button } from '@mantine/core';
import { useWords } from '../words.js';

/** Forgets what was typed into a form and not saved. */
export function DiscardDraft({ clear }: { clear: () => void }) {
  return (
    <Button variant="subtle" onClick={clear}>
      {useWords().pages.rules.discard}
    </Button>
  );
}
