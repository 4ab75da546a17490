import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { amount } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { useDraft } from '../../parts/draft.js';
import { Section } from '../../parts/section.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';
import { BasketFields, basketOf, EMPTY_BASKET } from '../rules/basket.js';
import { useEveryPriceRule } from '../rules/every-rule.js';
import { Losers, RuleName } from '../rules/losers.js';
import { DRAFT, priceVersion } from '../rules/versions.js';
import { winningPrices, type PricedLineAndLosers, type PriceRuleVersion } from '../rules/who-wins.js';

interface Props {
  draft: Schema<'PriceRuleTermsDto'>;
  /** The rule that the draft is a version of. */
  of: Schema<'PriceRuleDetailDto'> | undefined;
}

/** A basket, and which rule prices each of its lines, the draft among them. */
export function PriceTrial({ draft, of: rule }: Props) {
  const texts = useWords().pages.rules;
  const every = useEveryPriceRule();
  const storefronts = useStorefronts();
  const [typed, change] = useDraft('basket', EMPTY_BASKET);
  const basket = basketOf(typed, storefronts);
  const version = draftVersion(draft);
  // A version stands in for the rule's others from its moment on.
  const others = every?.versions.filter(({ ruleId }) => ruleId !== rule?.id) ?? [];
  const begins = new Date(draft.validFrom);
  const at = begins > new Date() ? begins : new Date();
  const priced = every && winningPrices(version ? [...others, version] : others, basket, at);
  return (
    <Section title={texts.tryTitle}>
      <Text c="dimmed" size="sm">
        {texts.tryText}
      </Text>
      <BasketFields typed={typed} onChange={change} currency={basket.currency} />
      {!version && <Text size="sm">{texts.draftIncomplete}</Text>}
      <Stack role="status" gap="sm">
        {priced ? (
          priced.lines.map((line, place) => <Line key={place} line={line} currency={basket.currency} />)
        ) : (
          <Skeleton h={80} />
        )}
      </Stack>
    </Section>
  );
}

function draftVersion(draft: Props['draft']): PriceRuleVersion | null {
  try {
    return priceVersion(draft, DRAFT);
  } catch {
    return null; // not filled in yet
  }
}

function Line({ line, currency }: { line: PricedLineAndLosers; currency: string }) {
  const { rules: texts, priceRules } = useWords().pages;
  const { language } = useLanguage();
  const money = (minor: bigint) => amount(Number(minor), currency, language);
  return (
    <Paper withBorder p="sm">
      <Text fw={600}>
        {priceRules.priced(line.sku, line.quantity, money(line.unitPrice), money(line.listUnitPrice))}
      </Text>
      <Text size="sm">
        {priceRules.by} {line.rule ? <RuleName rule={line.rule} at="/price-rules" /> : texts.noRule}
      </Text>
      {line.losers.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {texts.alsoCover}
        </Text>
      )}
      <Losers losers={line.losers} at="/price-rules" />
    </Paper>
  );
}
