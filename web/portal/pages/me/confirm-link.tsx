import { useState, type SubmitEvent } from 'react';
import { client } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { isCode } from '../../parts/code-field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useMine } from '../../session.js';
import type { WayBack } from '../../sign-in/way-back.js';
import { useWords } from '../../words.js';
import { FreshCode, useFreshCode } from './fresh-code.js';

/** The merchant is back from WeChat: links the account that it named, with a fresh code where one is needed. */
export function ConfirmLink({ back, done }: { back: WayBack; done: () => void }) {
  const texts = useWords().pages.me;
  const params = useMine();
  const { needed, contacts } = useFreshCode();
  const [code, setCode] = useState('');
  const { pending, error, run } = useAction(
    () => client.PUT('/v1/merchants/{id}/wechat', { params, body: { ...back, ...(needed && { confirmation: code }) } }),
    done,
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!pending) void run();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{texts.linkWechatText}</p>
      {needed && <FreshCode contacts={contacts} code={code} onCode={setCode} />}
      {error !== null && <ProblemNotice error={error} />}
      <button type="submit" className="primary" disabled={pending || (needed && !isCode(code))}>
        {texts.confirmLink}
      </button>
      <button type="button" className="plain" onClick={done}>
        {texts.leaveLink}
      </button>
    </form>
  );
}
