import { List, Text } from '@mantine/core';
import { useWords } from '../../words.js';
import { DRAFT } from './versions.js';
import type { Loser, PriceRuleVersion, RewardRuleVersion } from './who-wins.js';
import { PageLink } from '../../parts/page-link.js';

interface NameProps {
  rule: { ruleId: string; name: string | null; version: number };
  /** Where rules of this kind are. */
  at: string;
}

/** A rule by its name and version, leading to it; the draft is what is being typed. */
export function RuleName({ rule: { ruleId, name, version }, at }: NameProps) {
  const texts = useWords().pages.rules;
  if (ruleId === DRAFT.id) return <strong>{texts.thisDraft}</strong>;
  return <PageLink to={`${at}/${ruleId}`}>{texts.named(name ?? `…${ruleId.slice(-6)}`, version)}</PageLink>;
}

interface Props {
  losers: readonly Loser<PriceRuleVersion | RewardRuleVersion>[];
  at: string;
}

/** Rules that cover a line too, and why each does not win it. */
export function Losers({ losers, at }: Props) {
  const texts = useWords().pages.rules;
  if (losers.length === 0) return null;
  return (
    <List size="sm">
      {losers.map(({ rule, loss }) => (
        <List.Item key={`${rule.ruleId} ${rule.version.toString()} ${loss}`}>
          <RuleName rule={rule} at={at} />
          <Text span size="sm" c="dimmed">
            {' – '}
            {texts.losses[loss]}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
