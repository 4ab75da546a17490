import { NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { amount } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { AmountInput, typedAmount } from '../../parts/amount-input.js';
import { useAssetName } from '../../parts/asset.js';
import { Field } from '../../parts/field.js';
import { MerchantPicker } from '../../parts/merchant-picker.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useWords } from '../../words.js';

/** Proposes to give a merchant something, or to take it. */
export function Propose() {
  const { adjustments: texts, shared } = useWords().pages;
  const { language } = useLanguage();
  const nameOf = useAssetName();
  const [merchant, setMerchant] = useState<Schema<'MerchantDto'> | null>(null);
  const [chosen, setAsset] = useState<string>();
  const [takes, setTakes] = useState(false);
  const [typed, setTyped] = useState('');
  const balances = api.useQuery(
    'get',
    '/v1/merchants/{id}/balances',
    { params: { path: { id: merchant?.id ?? '' } } },
    { enabled: merchant !== null },
  ).data?.items;
  const asset = chosen ?? balances?.[0]?.asset ?? 'CNY';
  const available = balances?.find((one) => one.asset === asset)?.available ?? 0;
  const minor = Math.abs(typedAmount(typed, asset) ?? 0);
  return (
    <ReasonDialog
      label={texts.propose}
      confirm={texts.propose}
      title={texts.proposeTitle}
      hint={texts.reasonHint}
      ready={merchant !== null && minor > 0}
      done={() => {
        setTyped('');
        return texts.proposed;
      }}
      send={(reason, headers) =>
        client.POST('/v1/merchants/{id}/adjustments', {
          params: { path: { id: merchant?.id ?? '' } },
          headers,
          body: { asset, amount: takes ? -minor : minor, reason },
        })
      }
    >
      <MerchantPicker label={shared.merchant} description={shared.merchantCodeOrWechat} onPick={setMerchant} />
      {merchant && (
        <>
          <Text fw={600}>
            {merchant.displayName} · {merchant.code}
          </Text>
          <SegmentedControl
            aria-label={texts.direction}
            value={takes ? 'take' : 'give'}
            onChange={(next) => setTakes(next === 'take')}
            data={[
              { value: 'give', label: texts.give },
              { value: 'take', label: texts.take },
            ]}
          />
          <Field at="/asset">
            <NativeSelect
              label={texts.asset}
              description={texts.available(amount(available, asset, language))}
              value={asset}
              onChange={(event) => setAsset(event.currentTarget.value)}
              data={(balances ?? []).map((one) => ({ value: one.asset, label: nameOf(one.asset) }))}
            />
          </Field>
          <Field at="/amount">
            <AmountInput label={shared.amount} asset={asset} required value={typed} onChange={setTyped} />
          </Field>
        </>
      )}
    </ReasonDialog>
  );
}
