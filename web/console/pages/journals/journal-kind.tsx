import { useWords } from '../../words.js';

/** The kind of a journal in words; a kind that the pages do not know yet as it is. */
export function JournalKind({ is: kind }: { is: string }) {
  const known: Readonly<Record<string, readonly [string, string] | undefined>> = useWords().states.journal;
  const [word, explanation] = known[kind] ?? [kind, ''];
  return <span title={explanation}>{word}</span>;
}
