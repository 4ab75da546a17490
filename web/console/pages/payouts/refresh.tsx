import { List, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { useWords } from '../../words.js';

type Refreshed = Schema<'RefreshedPayoutBatchDto'>;

/** Drops what can no longer be paid, and says what was dropped and why. */
export function Refresh({ batch: { id } }: { batch: Schema<'PayoutBatchDto'> }) {
  const words = useWords();
  const texts = words.pages.payouts;
  const [result, setResult] = useState<Refreshed | null>(null);
  const action = useAction(
    (headers) => client.POST('/v1/payout-batches/{id}/refresh', { params: { path: { id } }, headers }),
    (refreshed) => {
      if (refreshed.droppedCount === 0) return texts.refreshed;
      setResult(refreshed);
      return undefined;
    },
  );
  return (
    <>
      <ActionDialog
        label={texts.refresh}
        title={texts.refreshTitle}
        confirm={texts.refresh}
        action={action}
        button={{ variant: 'default' }}
      >
        <Text>{texts.refreshText}</Text>
      </ActionDialog>
      <Modal
        opened={result !== null}
        onClose={() => setResult(null)}
        title={<Text fw={600}>{result && texts.dropped(result.droppedCount)}</Text>}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <List size="sm">
          {result?.dropped.map((payout) => (
            <List.Item key={payout.id}>
              <MerchantName id={payout.merchant} /> · <Amount minor={payout.amount} asset={result.currency} /> ·{' '}
              {words.states.skip[payout.reason][0]}
            </List.Item>
          ))}
        </List>
        <Text mt="md">{texts.droppedText}</Text>
      </Modal>
    </>
  );
}
