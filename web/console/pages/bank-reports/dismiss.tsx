import { Text } from '@mantine/core';
import { client } from '../../../api/client.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useWords } from '../../words.js';
import { useLineAmount } from './line-amount.js';
import type { Line } from './line-columns.js';

/** Says that a line needs nothing, and why. */
export function Dismiss({ line }: { line: Line }) {
  const { bankReports: texts, shared } = useWords().pages;
  const amountOf = useLineAmount();
  return (
    <ReasonDialog
      label={texts.dismiss}
      confirm={texts.dismiss}
      title={texts.dismissTitle(amountOf(line))}
      hint={shared.forTheRecord}
      button={{ variant: 'default' }}
      done={texts.dismissed}
      send={(reason, headers) =>
        client.POST('/v1/bank-report-lines/{id}/dismiss', {
          params: { path: { id: line.id } },
          headers,
          body: { reason },
        })
      }
    >
      <Text>{texts.dismissText}</Text>
    </ReasonDialog>
  );
}
