import { client, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { EraseDialog } from '../../parts/erase-dialog.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

/** Takes out for good what is personal of a closed merchant. */
export function Erase({ merchant }: { merchant: Schema<'MerchantDto'> }) {
  const texts = useWords().pages.merchants;
  const may = useMay('admin');
  const { id, code, displayName, state, erasedAt } = merchant;
  const action = useAction(
    (headers) => client.POST('/v1/merchants/{id}/erase', { params: { path: { id } }, headers, body: {} }),
    () => texts.erased(code),
  );
  if (!may || state !== 'closed' || erasedAt !== null) return null;
  return (
    <EraseDialog
      name={displayName}
      proof={{ value: code, label: texts.eraseType(code) }}
      goes={texts.eraseGoes}
      stays={texts.eraseStays}
      download={`/v1/merchants/${id}/personal-data`}
      action={action}
    />
  );
}
