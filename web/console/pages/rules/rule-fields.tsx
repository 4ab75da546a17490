import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { Field } from '../../parts/field.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { MerchantPicker } from '../../parts/merchant-picker.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';

const WHO = ['everyone', 'group', 'merchant'] as const;
const WHAT = ['everything', 'category', 'product'] as const;

/** What price rules and reward rules have in common, as it is typed. */
export interface TypedRule {
  name: string;
  who: (typeof WHO)[number];
  /** A group's name, or a merchant's id. */
  whom: string;
  what: (typeof WHAT)[number];
  /** A category, or a sku. */
  which: string;
  storefront: string;
  /** As `datetime-local` writes it, in the person's own time zone; empty: at once. */
  from: string;
  /** Empty: until it is replaced or ended. */
  to: string;
}

export const EMPTY_RULE: TypedRule = {
  name: '',
  who: 'everyone',
  whom: '',
  what: 'everything',
  which: '',
  storefront: '',
  from: '',
  to: '',
};

interface Said {
  name: string | null;
  scope: { merchant?: string | null; group?: string | null; product?: string | null; category?: string | null };
  storefront: string | null;
}

/** What a version says, to be changed in the next one, which begins at a moment of its own. */
export function typedRuleOf({ name, scope, storefront }: Said): TypedRule {
  const { merchant, group, product, category } = scope;
  return {
    ...EMPTY_RULE,
    name: name ?? '',
    ...(merchant ? { who: 'merchant', whom: merchant } : group ? { who: 'group', whom: group } : {}),
    ...(product ? { what: 'product', which: product } : category ? { what: 'category', which: category } : {}),
    storefront: storefront ?? '',
  };
}

/** What was typed, as the API takes it. */
export function ruleTermsOf(typed: TypedRule, now: Date) {
  return {
    name: typed.name.trim() || null,
    scope: {
      ...(typed.who !== 'everyone' && { [typed.who]: typed.whom.trim() }),
      ...(typed.what !== 'everything' && { [typed.what]: typed.which.trim() }),
    },
    storefront: typed.storefront || null,
    validFrom: momentOf(typed.from) ?? now.toISOString(),
    validTo: momentOf(typed.to),
  };
}

function momentOf(local: string): string | null {
  return local === '' ? null : new Date(local).toISOString();
}

interface Props {
  typed: TypedRule;
  onChange: (changed: Partial<TypedRule>) => void;
}

/** Name, scope, storefront and time of a rule. */
export function RuleFields({ typed, onChange }: Props) {
  const texts = useWords().pages.rules;
  const storefronts = useStorefronts();
  const text = (name: 'name' | 'whom' | 'which' | 'from' | 'to') => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <Field at="/name">
        <TextInput label={texts.name} description={texts.nameHint} maxLength={200} {...text('name')} />
      </Field>
      <Group align="flex-end" grow preventGrowOverflow={false}>
        <NativeSelect
          label={texts.who}
          value={typed.who}
          onChange={(event) => onChange({ who: event.currentTarget.value as TypedRule['who'], whom: '' })}
          data={WHO.map((value) => ({ value, label: texts.whoOf[value] }))}
        />
        {typed.who === 'group' && (
          <Field at="/scope/group">
            <TextInput label={texts.group} required maxLength={64} {...text('whom')} />
          </Field>
        )}
      </Group>
      {typed.who === 'merchant' && (
        <>
          <MerchantPicker label={texts.whoOf.merchant} onPick={({ id }) => onChange({ whom: id })} />
          <Text size="sm" role="status">
            {typed.whom ? (
              <>
                {texts.chosen} <MerchantName id={typed.whom} />
              </>
            ) : (
              texts.noneChosen
            )}
          </Text>
        </>
      )}
      <Group align="flex-end" grow preventGrowOverflow={false}>
        <NativeSelect
          label={texts.what}
          value={typed.what}
          onChange={(event) => onChange({ what: event.currentTarget.value as TypedRule['what'], which: '' })}
          data={WHAT.map((value) => ({ value, label: texts.whatOf[value] }))}
        />
        {typed.what !== 'everything' && (
          <Field at={`/scope/${typed.what}`}>
            <TextInput label={texts.whatOf[typed.what]} required maxLength={128} {...text('which')} />
          </Field>
        )}
      </Group>
      <Field at="/storefront">
        <NativeSelect
          label={texts.storefront}
          value={typed.storefront}
          onChange={(event) => onChange({ storefront: event.currentTarget.value })}
          data={[
            { value: '', label: texts.everyStorefront },
            ...storefronts.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Field>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <Field at="/validFrom">
          <TextInput label={texts.from} description={texts.fromHint} type="datetime-local" {...text('from')} />
        </Field>
        <Field at="/validTo">
          <TextInput label={texts.to} description={texts.toHint} type="datetime-local" {...text('to')} />
        </Field>
      </Group>
    </>
  );
}
