import { Paper, Skeleton, Stack, Text } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { AssetAmount, useAssetName } from '../../parts/asset.js';
import { useDraft } from '../../parts/draft.js';
import { Section } from '../../parts/section.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';
import { BasketFields, basketOf, EMPTY_BASKET } from '../rules/basket.js';
import { useEveryRewardRule } from '../rules/every-rule.js';
import { Losers, RuleName } from '../rules/losers.js';
import { DRAFT, rewardVersion } from '../rules/versions.js';
import { winningRewards, type LineAsset, type RewardRuleVersion } from '../rules/who-wins.js';

interface Props {
  draft: Schema<'RewardRuleTermsDto'>;
  /** The rule that the draft is a version of. */
  of: Schema<'RewardRuleDetailDto'> | undefined;
}

/** A basket, and which rules reward each of its lines, the draft among them. */
export function RewardTrial({ draft, of: rule }: Props) {
  const { rules: texts, rewardRules } = useWords().pages;
  const every = useEveryRewardRule();
  const storefronts = useStorefronts();
  const [typed, change] = useDraft('basket', EMPTY_BASKET);
  const basket = basketOf(typed, storefronts);
  const version = draftVersion(draft);
  // A version stands in for the rule's others from its moment on.
  const others = every?.versions.filter(({ ruleId }) => ruleId !== rule?.id) ?? [];
  const begins = new Date(draft.validFrom);
  const at = begins > new Date() ? begins : new Date();
  const result = every && winningRewards(version ? [...others, version] : others, basket, at);
  return (
    <Section title={texts.tryTitle}>
      <Text c="dimmed" size="sm">
        {texts.tryText} {rewardRules.tryBudgets}
      </Text>
      <BasketFields typed={typed} onChange={change} currency={basket.currency} forRewards />
      {!version && <Text size="sm">{texts.draftIncomplete}</Text>}
      <Stack role="status" gap="sm">
        {!result && <Skeleton h={80} />}
        {result && (
          <Text fw={600}>
            {rewardRules.earns}{' '}
            {result.earned.length === 0
              ? rewardRules.nothing
              : result.earned.map(({ asset, amount }, place) => (
                  <span key={asset}>
                    {place > 0 && ' · '}
                    <AssetAmount minor={Number(amount)} asset={asset} />
                  </span>
                ))}
          </Text>
        )}
        {result?.lines.map(({ line, assets }, place) => (
          <Paper key={place} withBorder p="sm">
            <Text fw={600}>{rewardRules.lineOf(line.sku, line.quantity)}</Text>
            {assets.length === 0 && <Text size="sm">{texts.noRule}</Text>}
            {assets.map((found) => (
              <AssetResult key={found.asset} found={found} />
            ))}
          </Paper>
        ))}
      </Stack>
    </Section>
  );
}

function AssetResult({ found: { asset, winner, bonuses, losers } }: { found: LineAsset }) {
  const { rules: texts, rewardRules } = useWords().pages;
  const name = useAssetName();
  return (
    <Stack gap={0} mt="xs">
      <Text size="sm">
        {rewardRules.assetBy(name(asset))} {winner ? <RuleName rule={winner.rule} at="/reward-rules" /> : texts.noRule}
        {bonuses.map(({ rule }) => (
          <span key={rule.ruleId}>
            {' + '}
            <RuleName rule={rule} at="/reward-rules" />
          </span>
        ))}
      </Text>
      {losers.length > 0 && (
        <Text size="sm" c="dimmed">
          {texts.alsoCover}
        </Text>
      )}
      <Losers losers={losers} at="/reward-rules" />
    </Stack>
  );
}

function draftVersion(draft: Props['draft']): RewardRuleVersion | null {
  try {
    return rewardVersion(draft, DRAFT);
  } catch {
    return null; // not filled in yet
  }
}
