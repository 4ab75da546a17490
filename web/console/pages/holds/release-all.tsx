import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { Field } from '../../parts/field.js';
import { MerchantPicker } from '../../parts/merchant-picker.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { optionsOf } from '../../parts/select-filter.js';
import { useWords } from '../../words.js';

type Cause = Schema<'ReleaseHoldsDto'>['cause'];

/** Releases every open hold of a merchant that has one cause: after a suspension that was a mistake, say. */
export function ReleaseAll() {
  const words = useWords();
  const { holds: texts, shared } = words.pages;
  const [merchant, setMerchant] = useState<Schema<'MerchantDto'> | null>(null);
  const [cause, setCause] = useState<Cause>('suspended-merchant');
  return (
    <ReasonDialog
      label={texts.releaseAll}
      confirm={texts.release}
      title={texts.releaseAllTitle}
      hint={shared.forTheRecord}
      ready={merchant !== null}
      button={{ variant: 'default' }}
      done={({ released }: Schema<'ReleasedHoldsDto'>) => texts.releasedAll(released)}
      send={(reason, headers) =>
        client.POST('/v1/merchants/{id}/holds/release', {
          params: { path: { id: merchant?.id ?? '' } },
          headers,
          body: { reason, cause },
        })
      }
    >
      <Text size="sm">{texts.releaseAllText}</Text>
      <MerchantPicker label={shared.merchant} description={shared.merchantCodeOrWechat} onPick={setMerchant} />
      {merchant && (
        <Text fw={600}>
          {merchant.displayName} · {merchant.code}
        </Text>
      )}
      <Field at="/cause">
        <NativeSelect
          label={texts.cause}
          value={cause}
          onChange={(event) => setCause(event.currentTarget.value as Cause)}
          data={optionsOf(words.states.holdCause)}
        />
      </Field>
    </ReasonDialog>
  );
}
