import { NativeSelect, NumberInput, Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { client } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { AmountInput, typedAmount } from '../../parts/amount-input.js';
import { CurrencySelect } from '../../parts/currency-select.js';
import { DiscardDraft } from '../../parts/discard-draft.js';
import { useDraft } from '../../parts/draft.js';
import { Field } from '../../parts/field.js';
import { Form } from '../../parts/form.js';
import { Page } from '../../parts/page.js';
import { RateInput, typedRate } from '../../parts/rate-input.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';

const EMPTY = {
  name: '',
  title: '',
  kind: 'amount-off' as 'amount-off' | 'percent-off',
  currency: 'CNY',
  amount: '',
  rate: '',
  maxAmount: '',
  minimumSpend: '',
  categories: [] as string[],
  excludedCategories: [] as string[],
  validDays: 90 as number | string,
  storefront: '',
};
type Typed = typeof EMPTY;

/** A new kind of coupon; its terms stay as they are. */
export default function NewCouponTemplate() {
  const words = useWords();
  const texts = words.pages.couponTemplates;
  const navigate = useNavigate();
  const storefronts = useStorefronts();
  const [typed, change, kept, clear] = useDraft('coupon-template', EMPTY);
  const action = useAction(
    (headers) => client.POST('/v1/coupon-templates', { headers, body: bodyOf(typed) }),
    ({ name }) => {
      clear();
      void navigate({ to: `/coupon-templates/${encodeURIComponent(name)}` });
      return texts.added(name);
    },
  );
  const field = (name: 'name' | 'title') => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const money = (name: 'amount' | 'maxAmount' | 'minimumSpend') => ({
    asset: typed.currency,
    value: typed[name],
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <Page title={texts.add} text={texts.termsStay}>
      <Form action={action} save={texts.add} also={kept && <DiscardDraft clear={clear} />}>
        <Stack maw={560}>
          <Field at="/name">
            <TextInput
              label={texts.name}
              description={texts.nameHint}
              required
              pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
              {...field('name')}
            />
          </Field>
          <Field at="/title">
            <TextInput label={texts.forPeople} description={texts.forPeopleHint} {...field('title')} />
          </Field>
          <Field at="/currency">
            <CurrencySelect value={typed.currency} onChange={(currency) => change({ currency })} />
          </Field>
          <Radio.Group label={texts.kind} value={typed.kind} onChange={(kind) => change({ kind })}>
            <Stack gap="xs" mt="xs">
              {(['amount-off', 'percent-off'] as const).map((kind) => (
                <Radio
                  key={kind}
                  value={kind}
                  label={words.states.couponKind[kind][0]}
                  description={words.states.couponKind[kind][1]}
                />
              ))}
            </Stack>
          </Radio.Group>
          {typed.kind === 'amount-off' ? (
            <Field at="/amount">
              <AmountInput label={texts.amount} required {...money('amount')} />
            </Field>
          ) : (
            <>
              <Field at="/rateBps">
                <RateInput label={texts.rate} required value={typed.rate} onChange={(rate) => change({ rate })} />
              </Field>
              <Field at="/maxAmount">
                <AmountInput label={texts.maxAmount} description={texts.emptyNoLimit} {...money('maxAmount')} />
              </Field>
            </>
          )}
          <Field at="/minimumSpend">
            <AmountInput label={texts.minimumSpend} description={texts.emptyAny} {...money('minimumSpend')} />
          </Field>
          <Field at="/categories">
            <TagsInput
              label={texts.categories}
              description={texts.emptyEverything}
              value={typed.categories}
              onChange={(categories) => change({ categories })}
            />
          </Field>
          <Field at="/excludedCategories">
            <TagsInput
              label={texts.excluded}
              value={typed.excludedCategories}
              onChange={(excludedCategories) => change({ excludedCategories })}
            />
          </Field>
          <Field at="/storefront">
            <NativeSelect
              label={texts.storefront}
              value={typed.storefront}
              onChange={(event) => change({ storefront: event.currentTarget.value })}
              data={[
                { value: '', label: texts.everyStorefront },
                ...storefronts.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
          <Field at="/validDays">
            <NumberInput
              label={texts.validDays}
              description={texts.validDaysHint}
              min={1}
              allowDecimal={false}
              value={typed.validDays}
              onChange={(validDays) => change({ validDays })}
            />
          </Field>
        </Stack>
      </Form>
    </Page>
  );
}

/** What was typed, as the API takes it; what is not an amount is sent as none, and refused where one is needed. */
function bodyOf(typed: Typed) {
  const { kind, currency } = typed;
  const money = (text: string) => (text.trim() === '' ? null : typedAmount(text, currency));
  return {
    name: typed.name.trim(),
    kind,
    currency,
    title: typed.title.trim() || null,
    storefront: typed.storefront || null,
    minimumSpend: money(typed.minimumSpend),
    categories: typed.categories,
    excludedCategories: typed.excludedCategories,
    validDays: typed.validDays === '' ? null : Number(typed.validDays),
    ...(kind === 'amount-off'
      ? { amount: money(typed.amount) }
      : { rateBps: typedRate(typed.rate), maxAmount: money(typed.maxAmount) }),
  };
}
