import { Button, Fieldset, Group, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { client } from '../../../api/client.js';
import { isMoney } from '../../../ui/format.js';
import { AmountInput } from '../../parts/amount-input.js';
import { useAssetName } from '../../parts/asset.js';
import { Field } from '../../parts/field.js';
import { useAll } from '../../parts/load-all.js';
import { RateInput } from '../../parts/rate-input.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';
import { kindsOf, type TypedGrant } from './typed-grant.js';

interface Props {
  /** Its place in what is sent: `/grants/0`. */
  at: string;
  typed: TypedGrant;
  onChange: (changed: Partial<TypedGrant>) => void;
  /** Of the orders. */
  currency: string;
  /** Absent: it is the only grant of the rule. */
  remove?: () => void;
}

/** What can be granted: the storefronts' currencies, points, and coupons of templates that have not ended. */
function useAssets(): string[] {
  const storefronts = useStorefronts();
  const { data: templates } = useAll(['/v1/coupon-templates'], (cursor) =>
    client.GET('/v1/coupon-templates', { params: { query: { limit: 200, cursor } } }),
  );
  const coupons = (templates ?? []).filter(({ endedAt }) => endedAt === null).map(({ name }) => `COUPON:${name}`);
  return [...new Set([...storefronts.map(({ currency }) => currency), 'POINTS', ...coupons])];
}

/** One grant of a reward rule. */
export function GrantFields({ at, typed, onChange, currency, remove }: Props) {
  const words = useWords();
  const texts = words.pages.rewardRules;
  const name = useAssetName();
  const assets = useAssets();
  const kinds = kindsOf(typed.asset);
  const money = isMoney(typed.asset) ? typed.asset : currency;
  const choose = (asset: string) => {
    const possible = kindsOf(asset);
    onChange({ asset, kind: possible.includes(typed.kind) ? typed.kind : possible[0]! });
  };
  const field = (field: 'amount' | 'cap' | 'monthBudget' | 'ruleBudget') => ({
    asset: typed.asset,
    value: typed[field],
    onChange: (value: string) => onChange({ [field]: value }),
  });
  return (
    <Fieldset legend={texts.grant}>
      <Stack>
        <Group grow preventGrowOverflow={false} align="flex-end">
          <Field at={`${at}/asset`}>
            <NativeSelect
              label={words.pages.shared.asset}
              value={typed.asset}
              onChange={(event) => choose(event.currentTarget.value)}
              data={[...new Set([typed.asset, ...assets])].map((value) => ({ value, label: name(value) }))}
            />
          </Field>
          <Field at={`${at}/kind`}>
            <NativeSelect
              label={texts.kind}
              value={typed.kind}
              onChange={(event) => onChange({ kind: event.currentTarget.value as TypedGrant['kind'] })}
              data={kinds.map((value) => ({ value, label: words.states.grant[value][0] }))}
            />
          </Field>
        </Group>
        {typed.kind === 'percent' && (
          <Field at={`${at}/rateBps`}>
            <RateInput label={texts.rate} required value={typed.rate} onChange={(rate) => onChange({ rate })} />
          </Field>
        )}
        {typed.kind === 'fixed' && (
          <Field at={`${at}/amount`}>
            <AmountInput label={texts.amountAnOrder} required {...field('amount')} />
          </Field>
        )}
        {typed.kind === 'per-amount' && (
          <Group grow preventGrowOverflow={false} align="flex-end">
            <Field at={`${at}/units`}>
              <TextInput
                label={texts.units}
                required
                inputMode="numeric"
                value={typed.units}
                onChange={(event) => onChange({ units: event.currentTarget.value })}
              />
            </Field>
            <Field at={`${at}/per`}>
              <AmountInput
                label={texts.per}
                required
                asset={money}
                value={typed.per}
                onChange={(per) => onChange({ per })}
              />
            </Field>
          </Group>
        )}
        {typed.kind === 'tiered' && <TierFields at={at} typed={typed} onChange={onChange} currency={money} />}
        <Field at={`${at}/cap`}>
          <AmountInput label={texts.capAnOrder} description={texts.emptyNoLimit} {...field('cap')} />
        </Field>
        <Field at={`${at}/budgets/perMerchantMonth`}>
          <AmountInput label={texts.monthBudgetOf} description={texts.emptyNoLimit} {...field('monthBudget')} />
        </Field>
        <Field at={`${at}/budgets/perRule`}>
          <AmountInput label={texts.ruleBudgetOf} description={texts.emptyNoLimit} {...field('ruleBudget')} />
        </Field>
        {remove && (
          <div>
            <Button variant="subtle" onClick={remove}>
              {texts.removeGrant}
            </Button>
          </div>
        )}
      </Stack>
    </Fieldset>
  );
}

function TierFields({ at, typed, onChange, currency }: Omit<Props, 'remove'>) {
  const words = useWords();
  const texts = words.pages.rewardRules;
  const { tiers } = typed;
  const change = (place: number, changed: Partial<TypedGrant['tiers'][number]>) =>
    onChange({ tiers: tiers.map((tier, other) => (other === place ? { ...tier, ...changed } : tier)) });
  return (
    <>
      <Radio.Group label={texts.mode} value={typed.mode} onChange={(mode) => onChange({ mode: mode })}>
        <Stack gap="xs" mt="xs">
          {(['marginal', 'whole'] as const).map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={words.states.tierMode[mode][0]}
              description={words.states.tierMode[mode][1]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {tiers.map((tier, place) => (
        <Group
          key={place}
          grow
          preventGrowOverflow={false}
          align="flex-end"
          role="group"
          aria-label={texts.tierOf(place + 1)}
        >
          <Field at={`${at}/tiers/${place}/from`}>
            <AmountInput
              label={texts.tierFrom}
              required
              asset={currency}
              value={tier.from}
              onChange={(from) => change(place, { from })}
            />
          </Field>
          <Field at={`${at}/tiers/${place}/rateBps`}>
            <RateInput label={texts.rate} required value={tier.rate} onChange={(rate) => change(place, { rate })} />
          </Field>
          {tiers.length > 1 && (
            <Button
              variant="subtle"
              aria-label={texts.removeTier(place + 1)}
              onClick={() => onChange({ tiers: tiers.filter((_, other) => other !== place) })}
            >
              {words.pages.shared.remove}
            </Button>
          )}
        </Group>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-md"
          onClick={() => onChange({ tiers: [...tiers, { from: '', rate: '' }] })}
        >
          {texts.addTier}
        </Button>
      </div>
    </>
  );
}
