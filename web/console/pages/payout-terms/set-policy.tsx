import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { AmountInput } from '../../parts/amount-input.js';
import { Field } from '../../parts/field.js';
import { optionsOf } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';
import { RAILS } from '../payouts/rails.js';
import { basisPoints, policyOf, typedPolicy, type TypedFee, type TypedPolicy } from './policy-form.js';

/** Changes the terms of a currency, for batches drafted from now on. */
export function SetPolicy({ policy }: { policy: Schema<'PayoutPolicyDto'> }) {
  const words = useWords();
  const texts = words.pages.payoutTerms;
  const { currency } = policy;
  const [typed, setTyped] = useState(() => typedPolicy(policy));
  const change = (facts: Partial<TypedPolicy>) => setTyped((before) => ({ ...before, ...facts }));
  const body = policyOf(typed, currency);
  /** Only rails with a fee of their own are sent. */
  const place = (rail: (typeof RAILS)[number]) => body?.railFees?.findIndex((one) => one.rail === rail) ?? -1;
  const action = useAction(
    () => client.PUT('/v1/payout-policies/{currency}', { params: { path: { currency } }, body: body ?? {} }),
    () => texts.saved(currency),
  );
  return (
    <ActionDialog
      label={texts.set}
      title={texts.setTitle(currency)}
      confirm={words.save}
      action={action}
      ready={body !== null}
      button={{ variant: 'default', size: 'compact-md' }}
    >
      <Field at="/minAmount">
        <AmountInput
          label={texts.minimum}
          description={texts.minimumHint}
          asset={currency}
          value={typed.min}
          onChange={(min) => change({ min })}
        />
      </Field>
      <Field at="/maxAmount">
        <AmountInput
          label={texts.maximum}
          description={texts.maximumHint}
          asset={currency}
          value={typed.max}
          onChange={(max) => change({ max })}
        />
      </Field>
      <Field at="/overMaximum">
        <NativeSelect
          label={texts.overMaximum}
          value={typed.overMaximum}
          onChange={(event) => change({ overMaximum: event.currentTarget.value === 'split' ? 'split' : 'skip' })}
          data={optionsOf(words.states.overMaximum)}
        />
      </Field>
      <Field at="/secondApproverAbove">
        <AmountInput
          label={texts.second}
          description={texts.secondHint}
          asset={currency}
          value={typed.second}
          onChange={(second) => change({ second })}
        />
      </Field>
      <FeeFields
        at="/fee"
        label={texts.fee}
        hint={texts.feeHint}
        currency={currency}
        fee={typed.fee}
        onChange={(fee) => change({ fee })}
      />
      <details>
        <summary>{texts.ownFees}</summary>
        {RAILS.map((rail) => (
          <FeeFields
            key={rail}
            at={`/railFees/${place(rail)}`}
            label={texts.feeOver(words.states.rail[rail][0])}
            hint={texts.railFeeHint}
            currency={currency}
            fee={typed.railFees[rail]}
            onChange={(fee) => change({ railFees: { ...typed.railFees, [rail]: fee } })}
          />
        ))}
      </details>
    </ActionDialog>
  );
}

interface FeeProps {
  /** Its place in what is sent. */
  at: string;
  label: string;
  hint: string;
  currency: string;
  fee: TypedFee;
  onChange: (fee: TypedFee) => void;
}

function FeeFields({ at, label, hint, currency, fee, onChange }: FeeProps) {
  const { pages, states } = useWords();
  const texts = pages.payoutTerms;
  const badRate = fee.rate.trim() !== '' && basisPoints(fee.rate) === null;
  return (
    <fieldset className="plain-fieldset">
      <legend>{label}</legend>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
        <Field at={`${at}/amount`}>
          <AmountInput
            label={texts.feeFixed}
            asset={currency}
            value={fee.amount}
            onChange={(amount) => onChange({ ...fee, amount })}
          />
        </Field>
        <Field at={`${at}/rateBps`}>
          <TextInput
            label={texts.feeRate}
            inputMode="decimal"
            value={fee.rate}
            error={badRate && texts.badRate}
            onChange={(event) => onChange({ ...fee, rate: event.currentTarget.value })}
          />
        </Field>
        <Field at={`${at}/chargedTo`}>
          <NativeSelect
            label={texts.chargedTo}
            value={fee.chargedTo}
            onChange={(event) =>
              onChange({ ...fee, chargedTo: event.currentTarget.value === 'merchant' ? 'merchant' : 'platform' })
            }
            data={optionsOf(states.feeBearer)}
          />
        </Field>
      </SimpleGrid>
    </fieldset>
  );
}
