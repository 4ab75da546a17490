import { NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { amount, isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { AmountInput, typedAmount } from '../../parts/amount-input.js';
import { useAssetName } from '../../parts/asset.js';
import { Field } from '../../parts/field.js';
import { MerchantPicker } from '../../parts/merchant-picker.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useWords } from '../../words.js';

type Merchant = Schema<'MerchantDto'>;

interface Chosen {
  what: 'reward' | 'balance';
  reward: string;
  merchant: Merchant | null;
  asset: string;
  part: boolean;
  typed: string;
}

const FIRST: Chosen = { what: 'balance', reward: '', merchant: null, asset: 'CNY', part: false, typed: '' };

/** Puts a reward, or what a merchant has available, on hold until another person has reviewed it. */
export function OpenHold() {
  const texts = useWords().pages.holds;
  const { language } = useLanguage();
  const nameOf = useAssetName();
  const [chosen, setChosen] = useState(FIRST);
  const change = (facts: Partial<Chosen>) => setChosen((before) => ({ ...before, ...facts }));
  return (
    <ReasonDialog
      label={texts.open}
      confirm={texts.open}
      title={texts.openTitle}
      hint={texts.reasonHint}
      ready={
        chosen.what === 'reward' ||
        (chosen.merchant !== null && (!chosen.part || (typedAmount(chosen.typed, chosen.asset) ?? 0) > 0))
      }
      done={(hold: Schema<'HoldDto'>) => {
        setChosen(FIRST);
        const text = amount(hold.amount, hold.asset, language);
        return texts.opened(isMoney(hold.asset) ? text : `${text} ${nameOf(hold.asset)}`);
      }}
      send={(reason, headers) => client.POST('/v1/holds', { headers, body: bodyOf(chosen, reason) })}
    >
      <Text size="sm">{texts.openText}</Text>
      <Radio.Group
        label={texts.what}
        value={chosen.what}
        onChange={(what) => change({ what: what === 'reward' ? 'reward' : 'balance' })}
      >
        <Stack gap={4}>
          <Radio value="balance" label={texts.balance} />
          <Radio value="reward" label={texts.oneReward} />
        </Stack>
      </Radio.Group>
      {chosen.what === 'reward' ? (
        <Field at="/reward">
          <TextInput
            label={texts.rewardNumber}
            required
            maxLength={40}
            value={chosen.reward}
            onChange={(event) => change({ reward: event.currentTarget.value })}
          />
        </Field>
      ) : (
        <OfBalance chosen={chosen} change={change} />
      )}
    </ReasonDialog>
  );
}

function bodyOf({ what, reward, merchant, asset, part, typed }: Chosen, reason: string): Schema<'OpenHoldDto'> {
  if (what === 'reward') return { reward: reward.trim(), reason };
  return { merchant: merchant?.id, asset, amount: part ? (typedAmount(typed, asset) ?? undefined) : 'all', reason };
}

function OfBalance({ chosen, change }: { chosen: Chosen; change: (facts: Partial<Chosen>) => void }) {
  const { holds: texts, shared } = useWords().pages;
  const nameOf = useAssetName();
  const { merchant, asset, part, typed } = chosen;
  const balances = api.useQuery(
    'get',
    '/v1/merchants/{id}/balances',
    { params: { path: { id: merchant?.id ?? '' } } },
    { enabled: merchant !== null },
  );
  return (
    <>
      <MerchantPicker
        label={shared.merchant}
        description={shared.merchantCodeOrWechat}
        onPick={(found) => change({ merchant: found })}
      />
      {merchant && (
        <>
          <Text fw={600}>
            {merchant.displayName} · {merchant.code}
          </Text>
          <Field at="/asset">
            <NativeSelect
              label={texts.asset}
              value={asset}
              onChange={(event) => change({ asset: event.currentTarget.value })}
              data={(balances.data?.items ?? []).map((one) => ({ value: one.asset, label: nameOf(one.asset) }))}
            />
          </Field>
          <Radio.Group
            label={shared.amount}
            value={part ? 'part' : 'all'}
            onChange={(next) => change({ part: next === 'part' })}
          >
            <Stack gap={4}>
              <Radio value="all" label={texts.all} />
              <Radio value="part" label={texts.part} />
            </Stack>
          </Radio.Group>
          {part && (
            <Field at="/amount">
              <AmountInput
                label={shared.amount}
                asset={asset}
                required
                value={typed}
                onChange={(next) => change({ typed: next })}
              />
            </Field>
          )}
        </>
      )}
    </>
  );
}
