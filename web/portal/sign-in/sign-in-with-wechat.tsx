import { useEffect, useState } from 'react';
import { api, client } from '../../api/client.js';
import { useLanguage } from '../../ui/language.js';
import { useAction } from '../parts/action.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { inWechat } from '../parts/wechat.js';
import { useWords } from '../words.js';
import { takeWayBack } from './way-back.js';

/** In WeChat, leads there and back; who comes back is signed in at once if they have linked their account. */
export function SignInWithWechat() {
  const words = useWords();
  const { language } = useLanguage();
  const { data: methods } = api.useQuery('get', '/v1/merchants/sign-in-methods', {}, { staleTime: Infinity });
  const going = useAction(
    () => client.POST('/v1/merchants/wechat-authorizations'),
    ({ url }) => location.assign(url),
  );
  const [wechat] = useState(() => takeWayBack('sign-in'));
  const back = useAction(() => client.POST('/v1/merchants/sessions', { body: { wechat, language } }));
  useEffect(() => {
    if (wechat !== null) void back.run();
  }, [wechat]);
  if (!inWechat || methods?.wechat !== true) return null;
  const error = going.error ?? back.error;
  const pending = going.pending || back.pending;
  return (
    <div className="stack">
      {error !== null && <ProblemNotice error={error} />}
      <button type="button" className="primary" disabled={pending} onClick={() => void going.run()}>
        {words.signInForm.wechat}
      </button>
    </div>
  );
}
