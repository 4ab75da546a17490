import { useState } from 'react';
import type { Schema } from '../../../api/client.js';
import { inWechat } from '../../parts/wechat.js';
import { queries } from '../../queries.js';
import { useWords } from '../../words.js';
import { confirmTransfer } from './wechat.js';

/** The merchant's agreement to a transfer, which WeChat alone can ask for. */
export function ConfirmTransfer({ confirmation }: { confirmation: Schema<'TransferConfirmationDto'> }) {
  const texts = useWords().pages.payouts;
  const [pending, setPending] = useState(false);
  const [closed, setClosed] = useState(false);
  if (!inWechat) return <p className="notice">{texts.openInWechat}</p>;
  const confirm = async () => {
    setPending(true);
    setClosed(!(await confirmTransfer(confirmation)));
    setPending(false);
    await queries.invalidateQueries();
  };
  return (
    <div className="stack">
      <button type="button" className="primary" disabled={pending} onClick={() => void confirm()}>
        {texts.confirm}
      </button>
      <p role="status" className="fine">
        {closed && texts.notConfirmed}
      </p>
    </div>
  );
}
