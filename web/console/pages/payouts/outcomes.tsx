import { Group } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useWords } from '../../words.js';

/** Of these a person has something to do. */
const TO_LOOK_AT: readonly string[] = ['failed', 'returned', 'unknown'];

/** How many payouts of a batch are in which state, once it was approved. */
export function Outcomes({ batch }: { batch: Schema<'PayoutBatchDto'> }) {
  const { pages, states } = useWords();
  const { language } = useLanguage();
  if (batch.submittedAt === null) return null;
  return (
    <Group gap={4} component="span" wrap="wrap">
      {batch.outcomes.map((one) => (
        <span
          key={one.state}
          className="state"
          data-acts={TO_LOOK_AT.includes(one.state) || undefined}
          title={states.payout[one.state][1]}
        >
          {pages.payouts.countOf(count(one.count, language), states.payout[one.state][0])}
        </span>
      ))}
    </Group>
  );
}
