import { SimpleGrid } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { client, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { DiscardDraft } from '../../parts/discard-draft.js';
import { useDraft } from '../../parts/draft.js';
import { Form } from '../../parts/form.js';
import { Page } from '../../parts/page.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';
import { RewardFields } from './reward-fields.js';
import { RewardTrial } from './reward-trial.js';
import { Simulation } from './simulation.js';
import { currencyOf, EMPTY_REWARD, isReadable, rewardTermsOf, typedRewardOf } from './typed-reward.js';

type Rule = Schema<'RewardRuleDetailDto'>;

/** A new reward rule, or the next version of one, beside a basket that shows who wins and past orders to try it on. */
export function RewardEditor({ rule }: { rule?: Rule }) {
  const { rules: texts, rewardRules } = useWords().pages;
  const navigate = useNavigate();
  const storefronts = useStorefronts();
  const latest = rule?.versions.at(-1);
  const [typed, change, kept, clear] = useDraft(
    `reward-rule.${rule?.id ?? 'new'}`,
    latest ? typedRewardOf(latest, storefronts) : EMPTY_REWARD,
  );
  const action = useAction<Rule>(
    (headers) => {
      const body = rewardTermsOf(typed, storefronts, new Date());
      return rule
        ? client.POST('/v1/reward-rules/{id}/versions', { params: { path: { id: rule.id } }, headers, body })
        : client.POST('/v1/reward-rules', { headers, body });
    },
    ({ id }) => {
      clear();
      void navigate({ to: `/reward-rules/${id}` });
      return rule ? texts.versionSaved : rewardRules.added;
    },
  );
  const currency = currencyOf(typed.storefront || null, storefronts);
  const draft = rewardTermsOf(typed, storefronts, new Date());
  const name = latest?.name ?? texts.unnamed(rule?.id.slice(-6) ?? '');
  return (
    <Page title={rule ? texts.newVersionOf(name) : rewardRules.add} text={rewardRules.editorText}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Form
          action={action}
          save={rule ? texts.saveVersion : rewardRules.save}
          also={kept && <DiscardDraft clear={clear} />}
        >
          <RewardFields typed={typed} onChange={change} currency={currency} />
        </Form>
        <div>
          <RewardTrial draft={draft} of={rule} />
          <Simulation draft={draft} of={rule} ready={isReadable(typed, currency)} />
        </div>
      </SimpleGrid>
    </Page>
  );
}
