import { Radio, SimpleGrid, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { client, type Schema } from '../../../api/client.js';
import { decimal, decimalsOf } from '../../../ui/format.js';
import { useAction } from '../../parts/action.js';
import { AmountInput, typedAmount } from '../../parts/amount-input.js';
import { CurrencySelect } from '../../parts/currency-select.js';
import { DiscardDraft } from '../../parts/discard-draft.js';
import { useDraft } from '../../parts/draft.js';
import { Field } from '../../parts/field.js';
import { Form } from '../../parts/form.js';
import { Page } from '../../parts/page.js';
import { RateInput, rateText, typedRate } from '../../parts/rate-input.js';
import { useWords } from '../../words.js';
import { EMPTY_RULE, RuleFields, ruleTermsOf, typedRuleOf, type TypedRule } from '../rules/rule-fields.js';
import { PriceTrial } from './price-trial.js';

type Terms = Schema<'PriceRuleTermsDto'>;
const KINDS = ['percent-off', 'amount-off', 'fixed-price'] as const;

interface Typed extends TypedRule {
  kind: Terms['kind'];
  rate: string;
  amount: string;
  currency: string;
  floor: string;
}

const EMPTY: Typed = { ...EMPTY_RULE, kind: 'percent-off', rate: '', amount: '', currency: 'CNY', floor: '' };

/** What a version says, as it is typed. */
function typedOf(version: Schema<'PriceRuleVersionDto'>): Typed {
  const currency = version.currency ?? 'CNY';
  const text = (minor: number | null) => (minor === null ? '' : decimal(minor, decimalsOf(currency)));
  return {
    ...typedRuleOf(version),
    kind: version.kind,
    rate: version.rateBps === null ? '' : rateText(version.rateBps),
    amount: text(version.amount),
    currency,
    floor: text(version.floor),
  };
}

function termsOf(typed: Typed, now: Date): Terms {
  const { kind, currency } = typed;
  const money = (text: string) => (text.trim() === '' ? null : typedAmount(text, currency));
  return {
    ...ruleTermsOf(typed, now),
    kind,
    floor: money(typed.floor),
    ...(kind === 'percent-off' ? { rateBps: typedRate(typed.rate) } : { amount: money(typed.amount), currency }),
  };
}

/** A new price rule, or the next version of one, beside a basket that shows who wins. */
export function PriceEditor({ rule }: { rule?: Schema<'PriceRuleDetailDto'> }) {
  const { pages, states } = useWords();
  const { rules: texts, priceRules } = pages;
  const navigate = useNavigate();
  const latest = rule?.versions.at(-1);
  const [typed, change, kept, clear] = useDraft(`price-rule.${rule?.id ?? 'new'}`, latest ? typedOf(latest) : EMPTY);
  const name = latest?.name ?? texts.unnamed(rule?.id.slice(-6) ?? '');
  const action = useAction<Schema<'PriceRuleDetailDto'>>(
    (headers) => {
      const body = termsOf(typed, new Date());
      return rule
        ? client.POST('/v1/price-rules/{id}/versions', { params: { path: { id: rule.id } }, headers, body })
        : client.POST('/v1/price-rules', { headers, body });
    },
    ({ id }) => {
      clear();
      void navigate({ to: `/price-rules/${id}` });
      return rule ? texts.versionSaved : priceRules.added;
    },
  );
  const money = (field: 'amount' | 'floor') => ({
    asset: typed.currency,
    value: typed[field],
    onChange: (value: string) => change({ [field]: value }),
  });
  return (
    <Page title={rule ? texts.newVersionOf(name) : priceRules.add} text={priceRules.editorText}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Form
          action={action}
          save={rule ? texts.saveVersion : priceRules.save}
          also={kept && <DiscardDraft clear={clear} />}
        >
          <RuleFields typed={typed} onChange={change} />
          <Radio.Group label={priceRules.kind} value={typed.kind} onChange={(kind) => change({ kind: kind })}>
            <Stack gap="xs" mt="xs">
              {KINDS.map((kind) => (
                <Radio
                  key={kind}
                  value={kind}
                  label={states.priceRule[kind][0]}
                  description={states.priceRule[kind][1]}
                />
              ))}
            </Stack>
          </Radio.Group>
          {typed.kind === 'percent-off' ? (
            <Field at="/rateBps">
              <RateInput label={priceRules.rate} required value={typed.rate} onChange={(rate) => change({ rate })} />
            </Field>
          ) : (
            <>
              <Field at="/currency">
                <CurrencySelect
                  description={priceRules.currencyHint}
                  value={typed.currency}
                  onChange={(currency) => change({ currency })}
                />
              </Field>
              <Field at="/amount">
                <AmountInput
                  label={typed.kind === 'amount-off' ? priceRules.amountOffOne : priceRules.priceOfOne}
                  required
                  {...money('amount')}
                />
              </Field>
            </>
          )}
          <Field at="/floor">
            <AmountInput label={priceRules.floor} description={priceRules.floorHint} {...money('floor')} />
          </Field>
        </Form>
        <PriceTrial draft={termsOf(typed, new Date())} of={rule} />
      </SimpleGrid>
    </Page>
  );
}
