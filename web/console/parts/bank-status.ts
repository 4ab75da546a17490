import { useWords } from '../words.js';

interface Line {
  bankStatus: string | null;
  status: string;
}

/** What the bank's status is called; one that says nothing of a payout is shown as the bank wrote it. */
export function useBankStatus(): (line: Line) => string {
  const words: Partial<Record<string, readonly [string, string]>> = useWords().states.bankStatus;
  return ({ bankStatus, status }) => words[bankStatus ?? '']?.[0] ?? status;
}
