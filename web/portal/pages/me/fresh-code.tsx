import { useState } from 'react';
import { api, client } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { CodeField } from '../../parts/code-field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { SendAgain } from '../../parts/send-again.js';
import { useMine, useSession } from '../../session.js';
import { useWords } from '../../words.js';

type Via = 'email' | 'phone';

/** Whether a code has to be given before what others could misuse, and over what it can be sent. */
export function useFreshCode(): { needed: boolean; contacts: readonly Via[] } {
  const { session } = useSession();
  const { data } = api.useQuery('get', '/v1/merchants/{id}', { params: useMine() });
  const contacts = (['email', 'phone'] as const).filter((via) => data?.[via]);
  return { needed: session?.fresh === false && contacts.length > 0, contacts };
}

interface Props {
  contacts: readonly Via[];
  code: string;
  onCode: (code: string) => void;
}

/** Asks for a code to one of the merchant's own contacts, and takes it. */
export function FreshCode({ contacts, code, onCode }: Props) {
  const words = useWords();
  const texts = words.pages.me;
  const [via, setVia] = useState<Via>();
  const send = (by: Via) => client.POST('/v1/merchants/sessions/current/codes', { body: { via: by } });
  return (
    <fieldset className="stack">
      <legend>{texts.freshCode}</legend>
      <p className="quiet">{texts.freshCodeText}</p>
      {via === undefined ? (
        contacts.map((each) => (
          <SendCode key={each} label={texts.sendTo[each]} send={() => send(each)} sent={() => setVia(each)} />
        ))
      ) : (
        <>
          <CodeField value={code} onValue={onCode} />
          <SendAgain send={() => send(via)} />
        </>
      )}
    </fieldset>
  );
}

function SendCode({ label, send, sent }: { label: string; send: Parameters<typeof useAction>[0]; sent: () => void }) {
  const { pending, error, run } = useAction(send, sent);
  return (
    <>
      {error !== null && <ProblemNotice error={error} />}
      <button type="button" disabled={pending} onClick={() => void run()}>
        {label}
      </button>
    </>
  );
}
