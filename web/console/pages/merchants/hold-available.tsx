import { NativeSelect, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { amount as amountText, isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { AmountInput, typedAmount } from '../../parts/amount-input.js';
import { useAssetName } from '../../parts/asset.js';
import { Field } from '../../parts/field.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

/** Puts what a merchant has available on hold, all of it or a part, until another person has reviewed it. */
export function HoldAvailable({ merchant: { id, displayName } }: { merchant: Schema<'MerchantDto'> }) {
  const may = useMay('finance-maker', 'reviewer');
  const { data } = api.useQuery('get', '/v1/merchants/{id}/balances', { params: { path: { id } } });
  const available = data?.items.filter((balance) => balance.available > 0) ?? [];
  if (!may || available.length === 0) return null;
  return <HoldDialog id={id} displayName={displayName} available={available} />;
}

interface Props {
  id: string;
  displayName: string;
  available: readonly Schema<'BalanceDto'>[];
}

function HoldDialog({ id, displayName, available }: Props) {
  const words = useWords();
  const texts = words.pages.merchants;
  const { language } = useLanguage();
  const name = useAssetName();
  const [asset, setAsset] = useState(available[0]!.asset);
  const [all, setAll] = useState(true);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const balance = available.find((one) => one.asset === asset) ?? available[0]!;
  const amount = all ? ('all' as const) : typedAmount(typed, balance.asset);
  const sum = amountText(amount === 'all' ? balance.available : (amount ?? 0), balance.asset, language);
  const action = useAction(
    (headers) =>
      client.POST('/v1/holds', {
        headers,
        body: { merchant: id, asset: balance.asset, amount: amount ?? undefined, reason },
      }),
    () => texts.onHold(displayName),
  );
  return (
    <ActionDialog
      label={texts.hold}
      title={texts.holdTitle(displayName)}
      confirm={texts.holdConfirm(isMoney(balance.asset) ? sum : `${sum} ${name(balance.asset)}`)}
      action={action}
      ready={amount !== null}
      button={{ variant: 'default' }}
    >
      <Field at="/asset">
        <NativeSelect
          label={texts.asset}
          value={balance.asset}
          onChange={(event) => setAsset(event.currentTarget.value)}
          data={available.map((one) => ({
            value: one.asset,
            label: `${name(one.asset)} ${amountText(one.available, one.asset, language)}`,
          }))}
        />
      </Field>
      <Radio.Group label={texts.howMuch} value={all ? 'all' : 'part'} onChange={(next) => setAll(next === 'all')}>
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={texts.allAvailable} />
          <Radio value="part" label={texts.aPart} />
        </Stack>
      </Radio.Group>
      {!all && (
        <Field at="/amount">
          <AmountInput label={texts.amount} asset={balance.asset} value={typed} onChange={setTyped} required />
        </Field>
      )}
      <Field at="/reason">
        <Textarea
          label={words.reason}
          description={texts.holdReason}
          required
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </ActionDialog>
  );
}
