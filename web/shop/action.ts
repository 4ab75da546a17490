import { useState } from 'react';
import { refusalText, useWords } from './words.js';

/** Something that a button does: one press at a time; a refusal is told in words. */
export function useAction(): {
  busy: boolean;
  refusal: string | null;
  act: (work: () => Promise<void>) => void;
} {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return {
    busy,
    refusal: error === null ? null : refusalText(error, words),
    act(work) {
      if (busy) return;
      setBusy(true);
      setError(null);
      work()
        .catch(setError)
        .finally(() => {
          setBusy(false);
        });
    },
  };
}
