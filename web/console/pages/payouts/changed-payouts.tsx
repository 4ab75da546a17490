import { List, Text } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { amount, count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Note } from '../../parts/note.js';
import { useWords } from '../../words.js';

/** What a refusal says beside its code when payouts cannot be made as drafted. */
interface Refusal {
  payouts: readonly Pick<Schema<'DroppedPayoutDto'>, 'id' | 'merchant' | 'reason'>[];
  /** Absent: nothing would be left. */
  without?: { payoutCount: number; total: number };
}

/** As many as a dialog holds; the count says of how many. */
const SHOWN = 20;

function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && 'payouts' in error;
}

/** The payouts that a refusal is about, each with its merchant and why, and what the batch would be without them. */
export function ChangedPayouts({ error, currency }: { error: unknown; currency: string }) {
  const { pages, states } = useWords();
  const texts = pages.payouts;
  const { language } = useLanguage();
  if (!isRefusal(error)) return null;
  const { without } = error;
  return (
    <Note acts title={texts.staleTitle}>
      <List size="sm">
        {error.payouts.slice(0, SHOWN).map(({ id, merchant, reason }) => (
          <List.Item key={id}>
            <MerchantName id={merchant} /> · {states.skip[reason][0]}
          </List.Item>
        ))}
      </List>
      {error.payouts.length > SHOWN && <Text size="sm">+ {count(error.payouts.length - SHOWN, language)}</Text>}
      <Text size="sm" mt="xs">
        {without
          ? `${texts.staleWithout(count(without.payoutCount, language), amount(without.total, currency, language))} ${texts.staleAdvice}`
          : texts.emptyAdvice}
      </Text>
    </Note>
  );
}
