import { Button, Checkbox, NumberInput, Radio, Stack, TagsInput } from '@mantine/core';
import { AmountInput } from '../../parts/amount-input.js';
import { Field } from '../../parts/field.js';
import { useWords } from '../../words.js';
import { RuleFields } from '../rules/rule-fields.js';
import { GrantFields } from './grant-fields.js';
import { EMPTY_GRANT } from './typed-grant.js';
import type { TypedReward } from './typed-reward.js';

interface Props {
  typed: TypedReward;
  onChange: (changed: Partial<TypedReward>) => void;
  /** Of the orders that the rule is for. */
  currency: string;
}

/** Everything that a reward rule says. */
export function RewardFields({ typed, onChange, currency }: Props) {
  const words = useWords();
  const texts = words.pages.rewardRules;
  const { grants } = typed;
  const tags = (field: 'includeCategories' | 'includeProducts' | 'excludeCategories' | 'excludeProducts') => ({
    label: texts.filters[field],
    value: typed[field],
    onChange: (value: string[]) => onChange({ [field]: value }),
  });
  return (
    <>
      <RuleFields typed={typed} onChange={onChange} />
      {grants.map((grant, place) => (
        <GrantFields
          key={place}
          at={`/grants/${place}`}
          typed={grant}
          currency={currency}
          onChange={(changed) =>
            onChange({ grants: grants.map((one, at) => (at === place ? { ...one, ...changed } : one)) })
          }
          remove={grants.length > 1 ? () => onChange({ grants: grants.filter((_, at) => at !== place) }) : undefined}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="compact-md"
          onClick={() => onChange({ grants: [...grants, { ...EMPTY_GRANT, asset: 'POINTS', kind: 'per-amount' }] })}
        >
          {texts.addGrant}
        </Button>
      </div>
      <Radio.Group label={texts.posting} value={typed.posting} onChange={(posting) => onChange({ posting: posting })}>
        <Stack gap="xs" mt="xs">
          {(['pending', 'direct'] as const).map((posting) => (
            <Radio
              key={posting}
              value={posting}
              label={words.states.posting[posting][0]}
              description={words.states.posting[posting][1]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {typed.posting === 'pending' && (
        <Field at="/holdDays">
          <NumberInput
            label={texts.holdDays}
            required
            min={0}
            allowDecimal={false}
            value={typed.holdDays}
            onChange={(holdDays) => onChange({ holdDays })}
          />
        </Field>
      )}
      <Field at="/minPaid">
        <AmountInput
          label={texts.minPaid}
          description={texts.emptyAny}
          asset={currency}
          value={typed.minPaid}
          onChange={(minPaid) => onChange({ minPaid })}
        />
      </Field>
      <Checkbox
        label={texts.firstOrder}
        description={texts.firstOrderHint}
        checked={typed.firstOrder}
        onChange={(event) => onChange({ firstOrder: event.currentTarget.checked })}
      />
      <Checkbox
        label={texts.bonus}
        description={texts.bonusHint}
        checked={typed.bonus}
        onChange={(event) => onChange({ bonus: event.currentTarget.checked })}
      />
      <Field at="/include/categories">
        <TagsInput {...tags('includeCategories')} description={texts.tagsHint} />
      </Field>
      <Field at="/include/products">
        <TagsInput {...tags('includeProducts')} />
      </Field>
      <Field at="/exclude/categories">
        <TagsInput {...tags('excludeCategories')} />
      </Field>
      <Field at="/exclude/products">
        <TagsInput {...tags('excludeProducts')} />
      </Field>
    </>
  );
}
