import { Text } from '@mantine/core';
import { client, type Schema } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

type Merchant = Schema<'MerchantDto'>;

/** Suspends, reactivates or closes a merchant; a closed one stays closed. */
export function StateActions({ merchant }: { merchant: Merchant }) {
  const may = useMay('reviewer', 'admin');
  if (!may || merchant.state === 'closed') return null;
  return (
    <>
      {merchant.state === 'active' ? <Suspend merchant={merchant} /> : <Reactivate merchant={merchant} />}
      <Close merchant={merchant} />
    </>
  );
}

function Suspend({ merchant: { id, displayName } }: { merchant: Merchant }) {
  const texts = useWords().pages.merchants;
  return (
    <ReasonDialog
      label={texts.suspend}
      title={texts.suspendTitle(displayName)}
      hint={texts.merchantReads}
      done={texts.suspended(displayName)}
      button={{ variant: 'default' }}
      send={(reason, headers) =>
        client.POST('/v1/merchants/{id}/suspend', { params: { path: { id } }, headers, body: { reason } })
      }
    >
      <Text size="sm">{texts.suspendText}</Text>
    </ReasonDialog>
  );
}

function Reactivate({ merchant: { id, displayName } }: { merchant: Merchant }) {
  const texts = useWords().pages.merchants;
  const action = useAction(
    (headers) => client.POST('/v1/merchants/{id}/reactivate', { params: { path: { id } }, headers }),
    () => texts.reactivated(displayName),
  );
  return (
    <ActionDialog
      label={texts.reactivate}
      title={texts.reactivateTitle(displayName)}
      confirm={texts.reactivate}
      action={action}
    >
      <Text size="sm">{texts.reactivateText}</Text>
    </ActionDialog>
  );
}

function Close({ merchant: { id, displayName } }: { merchant: Merchant }) {
  const texts = useWords().pages.merchants;
  return (
    <ReasonDialog
      label={texts.close}
      title={texts.closeTitle(displayName)}
      confirm={texts.closeConfirm(displayName)}
      hint={texts.merchantReads}
      done={texts.closed(displayName)}
      button={{ variant: 'default' }}
      send={(reason, headers) =>
        client.POST('/v1/merchants/{id}/close', { params: { path: { id } }, headers, body: { reason } })
      }
    >
      <Text size="sm">{texts.closeText}</Text>
    </ReasonDialog>
  );
}
