import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { AmountInput, typedAmount } from '../../parts/amount-input.js';
import { MerchantPicker } from '../../parts/merchant-picker.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';
import type { Basket } from './who-wins.js';

/** A basket to try rules with, as it is typed. */
interface TypedBasket {
  merchant: { id: string; name: string; group: string | null } | null;
  storefront: string;
  firstOrder: boolean;
  volumeBefore: string;
  lines: { sku: string; category: string; quantity: string; unitPrice: string }[];
}

type Subject = Basket['subject'];

const LINE = { sku: '', category: '', quantity: '1', unitPrice: '' };

export const EMPTY_BASKET: TypedBasket = {
  merchant: null,
  storefront: '',
  firstOrder: false,
  volumeBefore: '',
  lines: [{ ...LINE, sku: 'SKU-1', unitPrice: '100' }],
};

/** What was typed as a basket that rules can be tried with; lines without a price do not count. */
export function basketOf(typed: TypedBasket, storefronts: readonly Schema<'StorefrontNameDto'>[]): Basket {
  const storefront = storefronts.find(({ id }) => id === typed.storefront) ?? storefronts[0];
  const currency = storefront?.currency ?? 'CNY';
  return {
    subject: {
      storefrontId: (storefront?.id ?? '') as Subject['storefrontId'],
      merchantId: (typed.merchant?.id ?? '') as Subject['merchantId'],
      group: typed.merchant?.group ?? null,
    },
    currency,
    firstOrder: typed.firstOrder,
    volumeBefore: BigInt(typedAmount(typed.volumeBefore, currency) ?? 0),
    lines: typed.lines.flatMap(({ sku, category, quantity, unitPrice }) => {
      const price = typedAmount(unitPrice, currency);
      const pieces = typedAmount(quantity, 'POINTS');
      if (price === null || price < 0 || pieces === null || pieces < 1) return [];
      return [{ sku, category: category || null, quantity: pieces, unitPrice: BigInt(price) }];
    }),
  };
}

interface Props {
  typed: TypedBasket;
  onChange: (changed: Partial<TypedBasket>) => void;
  currency: string;
  /** Conditions of reward rules look at more than the lines. */
  forRewards?: boolean;
}

/** Who brought the shopper, at which storefront, and what they buy. */
export function BasketFields({ typed, onChange, currency, forRewards }: Props) {
  const words = useWords();
  const texts = words.pages.rules;
  const storefronts = useStorefronts();
  const { merchant } = typed;
  const change = (place: number, changed: Partial<TypedBasket['lines'][number]>) =>
    onChange({ lines: typed.lines.map((line, at) => (at === place ? { ...line, ...changed } : line)) });
  return (
    <Stack gap="sm">
      <MerchantPicker
        label={texts.broughtBy}
        description={merchant ? undefined : texts.broughtByNobody}
        onPick={({ id, displayName, group }) => onChange({ merchant: { id, name: displayName, group } })}
      />
      {merchant && (
        <Group gap="xs">
          <Text size="sm" role="status">
            {texts.broughtByThis(merchant.name, merchant.group)}
          </Text>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange({ merchant: null })}>
            {words.pages.shared.remove}
          </Button>
        </Group>
      )}
      {storefronts.length > 1 && (
        <NativeSelect
          label={texts.atStorefront}
          value={typed.storefront}
          onChange={(event) => onChange({ storefront: event.currentTarget.value })}
          data={storefronts.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {forRewards && (
        <>
          <Checkbox
            label={texts.isFirstOrder}
            checked={typed.firstOrder}
            onChange={(event) => onChange({ firstOrder: event.currentTarget.checked })}
          />
          <AmountInput
            label={texts.volumeBefore}
            description={texts.volumeBeforeHint}
            asset={currency}
            value={typed.volumeBefore}
            onChange={(volumeBefore) => onChange({ volumeBefore })}
          />
        </>
      )}
      {typed.lines.map((line, place) => (
        <Group key={place} gap="xs" align="flex-end" role="group" aria-label={texts.line(place + 1)}>
          <TextInput
            label={texts.sku}
            flex="2 1 7rem"
            value={line.sku}
            onChange={(event) => change(place, { sku: event.currentTarget.value })}
          />
          <TextInput
            label={texts.category}
            flex="2 1 7rem"
            value={line.category}
            onChange={(event) => change(place, { category: event.currentTarget.value })}
          />
          <TextInput
            label={texts.quantity}
            flex="1 1 4rem"
            inputMode="numeric"
            value={line.quantity}
            onChange={(event) => change(place, { quantity: event.currentTarget.value })}
          />
          <div style={{ flex: '2 1 8rem' }}>
            <AmountInput
              label={forRewards ? texts.paidEach : texts.listPrice}
              asset={currency}
              value={line.unitPrice}
              onChange={(unitPrice) => change(place, { unitPrice })}
            />
          </div>
          {typed.lines.length > 1 && (
            <Button
              variant="subtle"
              aria-label={texts.removeLine(place + 1)}
              onClick={() => onChange({ lines: typed.lines.filter((_, at) => at !== place) })}
            >
              {words.pages.shared.remove}
            </Button>
          )}
        </Group>
      ))}
      <div>
        <Button variant="default" size="compact-md" onClick={() => onChange({ lines: [...typed.lines, { ...LINE }] })}>
          {texts.addLine}
        </Button>
      </div>
    </Stack>
  );
}
