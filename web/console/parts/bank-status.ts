import { useWords } from '../words.js';

/** What a bank's line says, in the page's words; a status that says nothing of the outcome as the bank wrote it. */
export function useBankStatus(): (line: { bankStatus: string | null; status: string }) => string {
  const known: Readonly<Record<string, readonly [string, string] | undefined>> = useWords().states.bankStatus;
  return ({ bankStatus, status }) => known[bankStatus ?? '']?.[0] ?? status;
}
