import { client, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { EraseDialog } from '../../parts/erase-dialog.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';

/** Takes out for good what is personal of a rejected application. */
export function Erase({ application }: { application: Schema<'ApplicationDto'> }) {
  const texts = useWords().pages.applications;
  const may = useMay('admin');
  const { id, displayName, wechatId, state, erasedAt } = application;
  const action = useAction(
    (headers) => client.POST('/v1/merchant-applications/{id}/erase', { params: { path: { id } }, headers }),
    () => texts.erased,
  );
  if (!may || state !== 'rejected' || erasedAt !== null) return null;
  return (
    <EraseDialog
      name={displayName}
      proof={{ value: wechatId, label: texts.eraseType(wechatId) }}
      goes={texts.eraseGoes}
      stays={texts.eraseStays}
      download={`/v1/merchant-applications/${id}/personal-data`}
      action={action}
    />
  );
}
