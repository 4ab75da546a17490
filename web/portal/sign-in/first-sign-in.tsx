import { client } from '../../api/client.js';
import { useLanguage } from '../../ui/language.js';
import { useAction } from '../parts/action.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { useWords } from '../words.js';
import { forgetApplicationToken } from './application-token.js';

/** The first time, by the link of the application; a press, because the link works once. */
export function FirstSignIn({ token, byCode }: { token: string; byCode: () => void }) {
  const words = useWords();
  const { language } = useLanguage();
  const { pending, error, run } = useAction(
    () => client.POST('/v1/merchants/sessions', { body: { applicationToken: token, language } }),
    forgetApplicationToken,
  );
  return (
    <div className="stack">
      <p>{words.signInForm.first}</p>
      {error !== null && <ProblemNotice error={error} />}
      <button type="button" className="primary" disabled={pending} onClick={() => void run()}>
        {words.signInForm.enter}
      </button>
      <button type="button" className="plain" onClick={byCode}>
        {words.signInForm.byCode}
      </button>
    </div>
  );
}
