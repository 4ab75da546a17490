import { Button, Checkbox, Group, NativeSelect, Progress as Bar, Stack, Text, TextInput } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { dayOf } from '../../parts/days.js';
import { useDraft } from '../../parts/draft.js';
import { Note } from '../../parts/note.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';
import { useEveryRewardRule } from '../rules/every-rule.js';
import { validityOf, versionNow } from '../rules/validity.js';
import { SimulationResult } from './simulation-result.js';
import { useSimulation } from './use-simulation.js';

type Terms = Schema<'RewardRuleTermsDto'>;
type Rule = Schema<'RewardRuleDetailDto'>;

interface Props {
  draft: Terms;
  /** The rule that the draft is a version of. */
  of: Rule | undefined;
  /** False: something that was typed cannot be read. */
  ready: boolean;
}

/** The last three months, this one included. */
const FIRST = { from: month(2), to: month(0), storefront: '', alone: false };

/** The draft on past orders: what it would have cost, against what was granted. Nothing is posted. */
export function Simulation({ draft, of: rule, ready }: Props) {
  const texts = useWords().pages.rewardRules.simulation;
  const { language } = useLanguage();
  const storefronts = useStorefronts();
  const every = useEveryRewardRule();
  const [chosen, choose] = useDraft('simulation', FIRST);
  const { from, to, storefront, alone } = chosen;
  const { asked, result, progress, error, start, again, stop } = useSimulation();
  const mine = draftOf(draft);
  const run = () => {
    const period = periodOf(from, to);
    const beside = alone ? [] : besides(every?.rules ?? [], rule?.id, new Date(period.from));
    start({ ...period, storefront: storefront || null, rules: [...beside, mine], replaceExisting: true });
  };
  const changed = asked !== undefined && JSON.stringify(asked.rules.at(-1)) !== JSON.stringify(mine);
  const part = progress && progress.of > 0 ? (progress.orders * 100) / progress.of : 0;
  return (
    <Section title={texts.title}>
      <Text c="dimmed" size="sm">
        {texts.text} {!alone && texts.othersText}
      </Text>
      <Group align="flex-end">
        <TextInput
          label={texts.from}
          type="month"
          required
          value={from}
          onChange={(event) => choose({ from: event.currentTarget.value })}
        />
        <TextInput
          label={texts.to}
          type="month"
          required
          value={to}
          onChange={(event) => choose({ to: event.currentTarget.value })}
        />
        <NativeSelect
          label={texts.storefront}
          value={storefront}
          onChange={(event) => choose({ storefront: event.currentTarget.value })}
          data={[{ value: '', label: texts.all }, ...storefronts.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      </Group>
      <Checkbox
        label={texts.alone}
        description={texts.aloneHint}
        checked={alone}
        onChange={(event) => choose({ alone: event.currentTarget.checked })}
      />
      <Group>
        <Button
          variant="outline"
          disabled={!ready || progress !== null || !from || !to || (!alone && !every)}
          onClick={run}
        >
          {texts.run}
        </Button>
        {progress && (
          <Button variant="subtle" onClick={stop}>
            {texts.stop}
          </Button>
        )}
      </Group>
      <Stack role="status" gap="xs">
        {progress && (
          <>
            <Bar value={part} aria-label={texts.title} />
            <Text size="sm">{texts.progress(count(progress.orders, language), count(progress.of, language))}</Text>
          </>
        )}
      </Stack>
      {error !== null && <ProblemNotice error={error} retry={again} />}
      {result && changed && <Note acts title={texts.changed} />}
      {result && <SimulationResult result={result} />}
    </Section>
  );
}

/**
 * The other rules as they are now, so that the draft stands in for its own rule alone. They begin before the period and
 * one after the other, in the order in which they took effect: so the latest of them wins where they are as specific,
 * and the draft, which begins with the period, wins against each.
 */
function besides(rules: readonly Rule[], id: string | undefined, begin: Date): Schema<'DraftRuleDto'>[] {
  const now = new Date();
  const current = rules
    .filter((rule) => rule.id !== id)
    .map((rule) => ({ ...versionNow(rule.versions, now), id: rule.id, endedAt: rule.endedAt }))
    .filter((version) => validityOf(version, now) === 'current')
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom) || a.version - b.version || (a.id < b.id ? -1 : 1));
  return current.map((version, place) => ({
    ...draftOf(version),
    validFrom: new Date(begin.getTime() - (current.length - place) * 1_000).toISOString(),
  }));
}

/** What a version says as a draft, which holds for the whole period. */
function draftOf(terms: Terms | Schema<'RewardRuleVersionDto'>): Schema<'DraftRuleDto'> {
  const { name, scope, storefront, posting, holdDays, grants, minPaid, include, exclude, firstOrder, bonus } = terms;
  return { name, scope, storefront, posting, holdDays, grants, minPaid, include, exclude, firstOrder, bonus };
}

/** The month so many months ago, as `2026-09`. */
function month(back: number): string {
  const now = new Date();
  return dayOf(new Date(now.getFullYear(), now.getMonth() - back, 1)).slice(0, 7);
}

/** From the first moment of a month to the last one of another, in the person's time zone. */
function periodOf(from: string, to: string) {
  const [year = 0, month = 0] = to.split('-').map(Number);
  return { from: new Date(`${from}-01T00:00`).toISOString(), to: new Date(year, month, 1).toISOString() };
}
