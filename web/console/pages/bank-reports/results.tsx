import { Group } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';

type Result = keyof Schema<'BankReportResultsDto'>;

/** What a person has to look at comes first. */
const ORDER: readonly Result[] = [
  'unmatched',
  'contradicting',
  'second',
  'applied',
  'matched',
  'dismissed',
  'duplicate',
  'late',
  'noted',
];

/** Results that wait for a person. */
export const OPEN: readonly Result[] = ['unmatched', 'contradicting', 'second'];

/** How many lines of a report came to what. */
export function Results({ results }: { results: Schema<'BankReportResultsDto'> }) {
  const { pages, states } = useWords();
  const { language } = useLanguage();
  return (
    <Group gap={4} component="span" display="inline-flex">
      {ORDER.filter((result) => results[result] > 0).map((result) => (
        <span
          key={result}
          className="state"
          data-acts={OPEN.includes(result) || undefined}
          title={states.bankLine[result][1]}
        >
          {pages.shared.countOf(states.bankLine[result][0], count(results[result], language))}
        </span>
      ))}
    </Group>
  );
}
