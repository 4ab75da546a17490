import { client } from '../../../api/client.js';
import { forgetLastKnown } from '../../last-known.js';
import { useAction } from '../../parts/action.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';

/** Ends the session; nothing of the merchant's stays on the phone. */
export function SignOut() {
  const words = useWords();
  const { pending, error, run } = useAction(
    () => client.DELETE('/v1/merchants/sessions/current'),
    () => {
      forgetLastKnown();
      location.assign('/portal/');
    },
  );
  return (
    <>
      {error !== null && <ProblemNotice error={error} />}
      <button type="button" disabled={pending} onClick={() => void run()}>
        {words.signOut}
      </button>
    </>
  );
}
